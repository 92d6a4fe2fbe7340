// Mathematics as it is pasted and as it is spoken, made plain: LaTeX, and indices of time.

const LATEX = anywhere(String.raw`\\|\$|[_^]\s*\{`);
const UNSEEN = anywhere(String.raw`\$|\\[()\[\],;:! ]|\\(?:left|right|quad|qquad|displaystyle)(?![a-zA-Z])`, {}, "g");
const STYLED = anywhere(String.raw`\\(?:mathrm|text|textrm|mathbf|mathit|operatorname)\s*\{([^{}]*)\}`, {}, "g");
const BELOW = anywhere(String.raw`_\s*\{\s*(\w+)\s*\}`, {}, "g");
const ABOVE = anywhere(String.raw`\^\s*\{\s*([0-9]+|[^\W\d])\s*\}`, {}, "g");
const FRACTION = anywhere(String.raw`\\[dt]?frac\s*(?=\{)`, {}, "g");
const COMMAND = /\\([a-zA-Z]+)/g;
const COMMANDS = new Map([
  ...["cdot", "odot", "ast", "circ"].map((name) => [name, " * "]),
  ["times", " × "],
  ["div", " / "],
  ["infty", "∞"],
  ["le", "≤"],
  ["leq", "≤"],
  ["ge", "≥"],
  ["geq", "≥"],
  ["lt", "<"],
  ["gt", ">"],
  ["langle", "⟨"],
  ["rangle", "⟩"],
  ["in", "∈"],
]);

/** The text with LaTeX's commands and braces written plainly; what is not known stays and is refused later. */
function latex(text) {
  if (!LATEX.test(text)) return text;
  const styled = text.replace(UNSEEN, "").replace(STYLED, (_, inside) => inside);
  const placed = styled.replace(BELOW, (_, index) => `_${index}`).replace(ABOVE, (_, power) => `^${power}`);
  return strip(fractions(placed).replace(COMMAND, (_, name) => COMMANDS.get(name) ?? ` ${name}`));
}

/** Each \frac{a}{b} as ((a)/(b)), the last first, so that what is inside is done already. */
function fractions(given) {
  let text = given;
  for (const found of [...given.matchAll(FRACTION)].reverse()) {
    const start = found.index + found[0].length;
    const above = groupEnd(text, start);
    const below = above && groupEnd(text, above);
    if (!above || !below) continue;
    const [over, under] = [text.slice(start + 1, above - 1), strip(text.slice(above, below)).slice(1, -1)];
    text = `${text.slice(0, found.index)}((${over})/(${under}))${text.slice(below)}`;
  }
  return text;
}

/** The end of the braces that open at a place; 0 if none do, or they never close. */
function groupEnd(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    depth += Number(text[at] === "{") - Number(text[at] === "}");
    if (depth === 0 && !isSpace(text[at])) return text[at] === "}" ? at + 1 : 0;
  }
  return 0;
}

const INDEXED = String.raw`(?<!\w)(?P<name>[^\W\d_]\w*?)(?:_\s*)?`;
const EARLIER = anywhere(String.raw`${INDEXED}(?:[({\[]\s*t\s*-\s*1\s*[)}\]]|(?<=_)t\s*-\s*1(?!\w))`, {}, "g");
const NOW = anywhere(String.raw`${INDEXED}(?:[({\[]\s*t\s*[)}\]]|(?<=_)t(?!\w|\s*-\s*1))`, {}, "g");

/** The text without indices of time, where t stands beside a t − 1 of another name. */
function untimed(text, names) {
  if (names.one("t")) return text;
  const earlier = indexedNames(text, EARLIER, names);
  const now = indexedNames(text, NOW, names);
  if (!earlier.size || [...earlier].some((name) => now.has(name))) return text;
  const dropped = (of) => (all, name) => (of.has(name) ? name : all);
  return text.replace(EARLIER, dropped(earlier)).replace(NOW, dropped(now));
}

function indexedNames(text, pattern, names) {
  const found = [...text.matchAll(pattern)].map((match) => match.groups.name);
  return new Set(found.filter((name) => names.one(name)));
}
