// Mathematics as it is pasted and as it is spoken, made plain: LaTeX, and indices of time.

/** The text in plain characters: its fractions, indices and exponents of one character each, and its LaTeX. */
const plain = (text) => hinged(latex(ASCII.test(text) ? text : unraised(text)));

/** With the greater of zero and what stands in brackets for […]_+, the innermost first. */
function hinged(given) {
  let text = given;
  for (let hinges = 0; hinges < py.notation.MOST_HINGES; hinges += 1) {
    const found = search(py.notation.HINGE, text);
    const start = found ? opening(text, found.index) : null;
    if (start === null) break;
    const behind = text.slice(found.index + found[0].length);
    text = `${text.slice(0, start)}max(0; ${text.slice(start + 1, found.index)})${behind}`;
  }
  return text;
}

/** The place of the bracket that is closed there; null if there is none. */
function opening(text, closing) {
  let depth = 0;
  for (let at = closing; at >= 0; at -= 1) {
    depth -= deeper(text[at]);
    if (depth === 0) return py.split.PAIRS.get(text[at]) === text[closing] ? at : null;
  }
  return null;
}

/** The text with LaTeX's commands and braces written plainly; what is not known stays and is refused later. */
function latex(text) {
  if (!search(py.notation.LATEX, text)) return text;
  try {
    return new TexCommands(text).run();
  } catch (error) {
    if (error instanceof Unclear) return text;
    throw error;
  }
}

/** The same where words are read: an unknown command is a word, its backslash is none. */
const worded = (text) => latex(text).replaceAll("\\", " ");

/** Fractions, indices and exponents that are characters of their own, in those that all have. */
function unraised(text) {
  const divided = replaced(py.notation.FRACTION, dividedAs, text);
  const lowered = replaced(py.notation.LOWERED, (all, after) => set("_", all) + (after ? " " : ""), divided);
  return replaced(py.notation.RAISED, (all) => (fullmatch(py.notation.POWER, all) ? all : set("^", all)), lowered);
}

/** A fraction in brackets, with the whole number before it; as it is where it could be a factor. */
function dividedAs(all, whole, part, over, under, at, text) {
  if (search(py.notation.CROWDED, text.slice(0, at))) return all;
  const plainly = (part ?? `${over}/${under}`).normalize("NFKC").replaceAll("⁄", "/");
  return whole ? `(${strip(whole)}+${plainly})` : `(${plainly})`;
}

function set(sign, typed) {
  const inside = typed.normalize("NFKC");
  const closed = inside.startsWith("(") && inside.endsWith(")");
  return closed || (sign === "_" && fullmatch(py.notation.INDEX, inside)) ? `${sign}${inside}` : `${sign}(${inside})`;
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
