// Answers written as equations: ``y' = 1 − tanh²(x)``, ``9·32·32 + 96 = 9312``.
// A left side that is only a name for the answer is dropped. Where several sides have a value, all must have the
// same one; then the last is the answer, and otherwise nobody can know which of them is.

/** Reads each side with ``read``; they must agree by ``same``. */
function settle(text, names, read, same) {
  const sides = sidesOf(text, names);
  if (sides.length > py.equation.MOST || !sides.every(strip)) {
    return unreadable("unexpected", text, { symbol: "=", position: placeOf(text, text.indexOf("=")) });
  }
  const found = sides.map(read);
  if (found.length > 1 && isUnreadable(found[0]) && fullmatch(py.equation.NAMING, sides[0])) found.shift();
  const trouble = found.find(isUnreadable);
  if (trouble) return trouble;
  const last = found[found.length - 1];
  const differs = found.slice(0, -1).find((other) => !same(other, last));
  return differs ? unreadable("sides_differ", text, { one: differs.shown, other: last.shown }) : last;
}

/** What stands between the equals signs, each in its place, without a name for the answer. */
function sidesOf(given, names) {
  const colon = matchAt(py.equation.COLON, given);
  const rest = colon ? given.slice(colon.end) : "";
  const labelled = colon && strip(rest) && !isDivided(rstrip(colon[0], " :"), names);
  const text = labelled ? padded(rest, size(given)) : given;
  const sides = [];
  let start = 0;
  for (const sign of matchesIn(py.equation.SIGN, text)) {
    sides.push(placed(text, start, sign.index));
    start = sign.index + sign[0].length;
  }
  sides.push(placed(text, start, text.length));
  return sides.length > 1 && isLabel(sides[0], names) ? sides.slice(1) : sides;
}

const placed = (text, start, end) => " ".repeat(size(text.slice(0, start))) + text.slice(start, end);

/** Whether words before a colon are what is divided: K:2. */
const isDivided = (text, names) => split(text).every((word) => names.split(word));

function isLabel(side, names) {
  const word = search(py.equation.WORDS, side);
  return fullmatch(py.equation.LABEL, side) && !(word && side.includes("(") && names.function(word[0]));
}
