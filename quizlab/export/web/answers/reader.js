// Reads what was typed for a question or a part of one, and tells whether it holds in a measured case.

const READERS = new Map([
  ["number", readNumber],
  ["shape", readShape],
  ["type", readType],
  ["formula", readFormula],
  ["interval", readInterval],
  ["text", readPhrase],
]);
const HOLDERS = new Map([
  ["quantity", holdsNumber],
  ["formula", holdsFormula],
  ["dims", holdsShape],
  ["type", holdsType],
  ["span", holdsInterval],
  ["phrase", holdsPhrase],
]);
const VALUES = new Map([
  ["quantity", numberAt],
  ["formula", evaluate],
  ["dims", shapeAt],
  ["type", typeShown],
  ["span", ({ low, high, lowClosed, highClosed }) => [low, high, lowClosed, highClosed]],
  ["phrase", ({ shown }) => shown],
]);

/** How one answer is read; for a text the key itself joins the synonyms, so that each of them stands for all. */
function partOf(given, key) {
  const { kind, name = "", symbols = [], batch = "", real = false, accept = [] } = given;
  const joined = kind === "text" && accept.length ? [str(key), ...accept] : accept;
  return { kind, name, symbols, batch, real, accept: joined };
}

/** The parts of a question: its own, or the question itself as the only one. */
function partsOf(question) {
  if (question.kind !== "tuple") return [{ ...partOf(question, question.answer), name: "" }];
  return question.parts.map((part, at) => partOf(part, question.answer[at]));
}

/** Reads an answer to the question as a person types it. */
function read(question, typed, params) {
  const text = clean(typed);
  if (isUnreadable(text)) return text;
  if (READERS.has(question.kind)) return readPart(text, partsOf(question)[0], params);
  const found = readWhole(question, text, params);
  return isUnreadable(found) && givenUp(text) ? unreadable("given_up", text) : found;
}

function readWhole(question, text, params) {
  if (question.kind === "tuple") {
    const found = readParts(tidy(text), partsOf(question), params, readPart);
    return isUnreadable(found) ? found : echoed(found, text);
  }
  if (question.kind === "open") return readPoints(text, question.points.length);
  const texts = Object.entries(question.options).map(([letter, option]) => [letter, option.text]);
  return readOptions(text, new Map(texts), question.kind === "multi");
}

/** Reads the clean text of a simple answer as the part asks. */
function readPart(text, part, params) {
  if (!strip(text)) return unreadable("empty");
  if (givenUp(text) && !part.accept.includes(text)) return unreadable("given_up", strip(text));
  const found = READERS.get(part.kind)(part.kind === "text" ? strip(text) : tidy(text), part, params);
  if (!isUnreadable(found)) return echoed(found, text);
  if (!("typed" in found.args)) return found;
  return { ...found, args: { ...found.args, typed: excerpt(strip(text)) } };
}

/** The reading, unless its echo is too long to be read again. */
function echoed(found, text) {
  const length = size(found.shown);
  return length <= LIMIT ? found : unreadable("too_long", text, { length: String(length), limit: String(LIMIT) });
}

/** Reads an answer as a bank holds it: a key, an accepted form, with each part of a tuple apart. */
function readAnswer(question, answer, params) {
  if (question.kind === "tuple" && Array.isArray(answer) && answer.length === question.parts.length) {
    const texts = answer.map((one) => clean(written(one)));
    return texts.find(isUnreadable) ?? together(texts, partsOf(question), params, readPart);
  }
  return read(question, written(answer), params);
}

/** A plain value as a person would type it, so that it reads back as itself. */
function written(answer) {
  if (Array.isArray(answer)) return answer.map(written).join("; ");
  return typeof answer === "number" && !Number.isInteger(answer) ? show(answer) : str(answer);
}

/** Whether what was read is the value measured in the environment; what has no value there does not hold. */
function holds({ value }, measured, env) {
  if (!Array.isArray(value)) return HOLDERS.get(value.type)(value, measured, env);
  const alike = Array.isArray(measured) && measured.length === value.length;
  return alike && value.every((one, at) => holds(one, measured[at], env));
}

/** The value of what was read, with the names bound; null where it has none. */
function valueAt({ value }, env) {
  if (!Array.isArray(value)) return VALUES.get(value.type)(value, env);
  const values = value.map((one) => valueAt(one, env));
  return values.includes(null) ? null : values;
}
