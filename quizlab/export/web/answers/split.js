// Brackets and separators: what stands inside, and what stands between, at the top level.

/** The bracket that is missing and the index of the one without a partner; null if none is. */
function unbalanced(text) {
  const opened = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (py.split.PAIRS.has(char)) opened.push([char, at]);
    else if (py.split.CLOSING.has(char)) {
      const last = opened[opened.length - 1];
      if (!last || last[0] !== py.split.CLOSING.get(char)) {
        return { bracket: last ? py.split.PAIRS.get(last[0]) : py.split.CLOSING.get(char), at };
      }
      opened.pop();
    }
  }
  const last = opened[opened.length - 1];
  return last ? { bracket: py.split.PAIRS.get(last[0]), at: last[1] } : null;
}

const deeper = (char) => Number(py.split.PAIRS.has(char)) - Number(py.split.CLOSING.has(char));

/** What stands inside one pair of brackets around the whole text; null if there is none. */
function enclosed(given) {
  const text = strip(given);
  if (text.length < 2 || !py.split.PAIRS.has(text[0]) || unbalanced(text)) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    depth += deeper(text[at]);
    if (depth === 0) return at === text.length - 1 ? strip(text.slice(1, -1)) : null;
  }
  return null;
}

/** The text cut at each match of the separator that begins outside brackets. */
function cut(text, separator) {
  const found = [];
  let start = 0;
  let at = 0;
  let depth = 0;
  while (at < text.length) {
    depth = Math.max(0, depth + deeper(text[at]));
    const match = depth === 0 ? matchAt(separator, text, at) : null;
    if (match && match.end > at) {
      found.push(text.slice(start, at));
      start = at = match.end;
    } else at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return [...found, text.slice(start)];
}

/** The text cut at each comma and semicolon outside brackets. */
const pieces = (text) => cut(text, "[,;]");

/** What stands before brackets at the end that are set apart, and inside them; null where there are none. */
function restated(text) {
  const plain = rstrip(text);
  let [depth, at] = [0, plain.length];
  while (at && (at === plain.length || depth)) {
    at -= 1;
    depth -= deeper(plain[at]);
  }
  const before = rstrip(plain.slice(0, at));
  if (depth || !plain.endsWith(")") || before === plain.slice(0, at) || !search(py.split.OPERAND, before)) return null;
  return [before, plain.slice(at + 1, -1)];
}
