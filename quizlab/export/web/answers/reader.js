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

/** Reads an answer to the question as a person types it. */
function read(question, typed, params) {
  return shownOnly(readAny(question, typed, params), question.prompt);
}

/** The trouble with an unknown symbol without the names that the question does not show. */
function shownOnly(found, prompt) {
  if (!isUnreadable(found) || found.code !== "unknown_symbol") return found;
  const plain = latex(replaced(py.reader.PLACEHOLDER, "", prompt));
  const isShown = (name) => name && search(String.raw`(?<!\w)${escaped(name)}(?!\w)`, plain);
  const known = found.args.known.split(", ").filter(isShown);
  if (known.length) return { ...found, args: { ...found.args, known: known.join(", ") } };
  const { typed, symbol } = found.args;
  return { code: "unknown_word", args: { typed, symbol }, part: found.part };
}

function readAny(question, typed, params) {
  const text = clean(typed);
  if (isUnreadable(text)) return text;
  if (READERS.has(question.kind)) {
    const [part] = question.parts;
    return asTyped(readPart(part.kind === "text" ? text : plain(text), part, params, question.listed), text);
  }
  const simple = question.kind === "tuple" ? plain(text) : worded(text);
  const found =
    question.kind === "open"
      ? readPoints(simple, question.points.length)
      : orUnsaid(simple, (one) => readWhole(question, one, params));
  return isUnreadable(found) && givenUp(text) ? unreadable("given_up", text) : asTyped(found, text);
}

/** The trouble with what was typed, not with what became of it, and its place there. */
function asTyped(found, text) {
  if (!isUnreadable(found) || found.part || !("typed" in found.args)) return found;
  const args = { ...found.args, typed: excerpt(strip(text)) };
  const index = "symbol" in args && "position" in args ? text.indexOf(args.symbol) : -1;
  if (args.typed !== found.args.typed && index >= 0) args.position = placeOf(text, index);
  return { ...found, args };
}

function readWhole(question, text, params) {
  if (question.kind === "tuple") {
    const found = readParts(tidy(text), question.parts, params, (one, part) => readPart(one, part, params, question.listed));
    return isUnreadable(found) ? found : echoed(found, text);
  }
  const texts = Object.entries(question.options).map(([letter, option]) => [letter, [option.text, ...option.words]]);
  return readOptions(text, new Map(texts), question.kind === "multi", question.prompt);
}

/** The reading of a text or, where it has none, of the answer without what is said around it. */
function orUnsaid(text, readOne) {
  const found = readOne(text);
  const bare = bareAnswer(tidy(text));
  if (!isUnreadable(found) || ["empty", "given_up", "too_long"].includes(found.code) || bare === text) return found;
  const again = readOne(bare);
  return isUnreadable(again) ? found : again;
}

/** Reads the clean text of a simple answer as the part asks, with or without what is said around it. */
function readPart(text, part, params, listed) {
  const count = part.kind === "number" && !part.real;
  const dashed = py.reader.SIGNED.includes(part.kind) ? signed(unlisted(text, listed && count)) : text;
  const found = orUnsaid(dashed, (one) => readExplained(one, part, params));
  if (!isUnreadable(found) || !py.reader.MEASURED.includes(part.kind)) return found;
  for (const one of conclusions(tidy(text))) {
    const again = readExplained(one, part, params);
    if (!isUnreadable(again)) return again;
  }
  return found;
}

/** Reads a simple answer, or what stands before an explanation of it. */
function readExplained(text, part, params) {
  const found = readAlone(text, part, params);
  if (!isUnreadable(found) || ["empty", "given_up", "too_long"].includes(found.code)) return found;
  for (const way of ways(text)) {
    const before = readAlone(way.answer, part, params);
    if (!isUnreadable(before)) return explains(way, before, readAlone(saidBehind(way), part, params)) ? before : found;
  }
  return found;
}

function readAlone(text, part, params) {
  if (!strip(text)) return unreadable("empty");
  if (givenUp(text) && !part.accept.includes(text)) return unreadable("given_up", strip(text));
  const found = READERS.get(part.kind)(part.kind === "text" ? strip(text) : renamed(tidy(text), part.words), part, params);
  if (!isUnreadable(found)) return echoed(found, text);
  if (!("typed" in found.args)) return found;
  return { ...found, args: { ...found.args, typed: excerpt(strip(text)) } };
}

/** The reading, unless its echo is too long to be read again. */
function echoed(found, text) {
  const length = size(found.shown);
  return length <= py.reading.LIMIT ? found : unreadable("too_long", text, { length: String(length), limit: String(py.reading.LIMIT) });
}

/** Whether what was read is the value measured in the environment; what has no value there does not hold. */
function holds({ value }, measured, env) {
  if (!Array.isArray(value)) return HOLDERS.get(value.type)(value, measured, env);
  const alike = Array.isArray(measured) && measured.length === value.length;
  return alike && value.every((one, at) => holds(one, measured[at], env));
}
