// Answers written as equations: ``y' = 1 − tanh²(x)``, ``9·32·32 + 96 = 9312``.
// A left side that is only a name for the answer is dropped. Where several sides have a value, all must have the
// same one; then the last is the answer, and otherwise nobody can know which of them is.

const EQUALS = anywhere("(?<![<>!:=])=(?!=)|:=(?!=)|←", {}, "g");
const COLON = starting(String.raw`\s*[^\W\d][\w\s]{0,40}:(?!=)`);
const ANSWER_LABEL = whole(String.raw`\s*(?:[^\W\d][\w\s]{0,40}?(?:\([^()=]{0,40}\)\s*)?)?`);
const NAMING = whole(String.raw`[^0-9,;]*[^\W\d][^0-9,;]*`);
const FIRST_WORD = anywhere(String.raw`[^\W\d]\w*`);
const MOST_SIDES = 6;

/** Reads each side with ``read``; they must agree by ``same``. */
function settle(text, names, read, same) {
  const sides = sidesOf(text, names);
  if (sides.length > MOST_SIDES || !sides.every(strip)) {
    return unreadable("unexpected", text, { symbol: "=", position: placeOf(text, text.indexOf("=")) });
  }
  const found = sides.map(read);
  if (found.length > 1 && isUnreadable(found[0]) && NAMING.test(sides[0])) found.shift();
  const trouble = found.find(isUnreadable);
  if (trouble) return trouble;
  const last = found[found.length - 1];
  const differs = found.slice(0, -1).find((other) => !same(other, last));
  return differs ? unreadable("sides_differ", text, { one: differs.shown, other: last.shown }) : last;
}

/** What stands between the equals signs, each in its place, without a name for the answer. */
function sidesOf(given, names) {
  const colon = matchAt(COLON, given);
  const rest = colon ? given.slice(colon.end) : "";
  const labelled = colon && strip(rest) && !isDivided(rstrip(colon[0], " :"), names);
  const text = labelled ? padded(rest, size(given)) : given;
  const sides = [];
  let start = 0;
  for (const sign of text.matchAll(EQUALS)) {
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
  const word = FIRST_WORD.exec(side);
  return ANSWER_LABEL.test(side) && !(word && side.includes("(") && names.function(word[0]));
}
