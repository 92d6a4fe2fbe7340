// Mathematics as it is pasted and as it is spoken, made plain: LaTeX, and indices of time.

/** The text with LaTeX's commands and braces written plainly; what is not known stays and is refused later. */
function latex(text) {
  if (!search(py.notation.LATEX, text)) return text;
  const spaced = replaced(py.notation.ENDS, "} ", replaced(py.notation.SEPARATOR, "$1", replaced(py.notation.DROPPED, "", accented(text))));
  const styled = replaced(py.notation.STYLED, "$1", spaced);
  const placed = replaced(py.notation.ABOVE, "^$1", replaced(py.notation.BELOW, "_$1", styled));
  const rooted = replaced(py.notation.ROOT, "(($2)^(1/$1))", placed);
  return strip(replaced(py.notation.COMMAND, (_, name) => py.notation.MEANS.get(name) ?? ` ${name}`, fractions(rooted)));
}

const accented = (text) =>
  replaced(
    py.notation.ACCENTED,
    (_, accent, braced, bare) => `${braced ?? bare}${py.notation.ACCENTS.get(accent)}`.normalize("NFC"),
    text,
  );

/** Each \frac{a}{b} as ((a)/(b)), the last first, so that what is inside is done already. */
function fractions(given) {
  let text = given;
  for (const found of matchesIn(py.notation.FRACTION, given).reverse()) {
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

/** The text without indices of time, where t stands beside a t − 1 of another name. */
function untimed(text, names) {
  if (names.one("t")) return text;
  const earlier = indexedNames(text, py.notation.EARLIER, names);
  const now = indexedNames(text, py.notation.NOW, names);
  if (!earlier.size || [...earlier].some((name) => now.has(name))) return text;
  const dropped = (of) => (all, name) => (of.has(name) ? name : all);
  return replaced(py.notation.NOW, dropped(now), replaced(py.notation.EARLIER, dropped(earlier), text));
}

function indexedNames(text, pattern, names) {
  const found = matchesIn(pattern, text).map((match) => match.groups.name);
  return new Set(found.filter((name) => names.one(name)));
}
