// A question as it comes in JSON, made ready: whole numbers as BigInt, parameters as a Map.
// JSON.parse cannot tell 1.0 from 1 nor keep long numbers; Python writes those as {"$float": …} and {"$int": …}.

/** A plain value as Python has it. */
function atom(value) {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(atom);
  return "$float" in value ? Number(value.$float) : BigInt(value.$int);
}

const atoms = (params) => new Map(Object.entries(params ?? {}).map(([name, value]) => [name, atom(value)]));

const PREPARED = new WeakMap();

function prepared(question) {
  if (!PREPARED.has(question)) {
    const mistakes = (question.mistakes ?? []).map((one) => ({ ...one, unless: atoms(one.unless) }));
    const accept = question.kind === "tuple" ? atom(question.accept ?? []) : (question.accept ?? []);
    const params = atoms(question.params);
    PREPARED.set(question, { ...question, params, mistakes, accept, answer: atom(question.answer ?? "") });
  }
  return PREPARED.get(question);
}

/** Whether the question has these numbers already. */
const hasNumbers = ({ params }, values) =>
  [...values].every(([name, value]) => params.has(name) && sameAtom(params.get(name), value));

/** Python's equality of plain values: True is 1. */
function sameAtom(a, b) {
  const [one, other] = [a, b].map((value) => (typeof value === "boolean" ? BigInt(value) : value));
  return isNumber(one) && isNumber(other) ? sameValue(one, other) : one === other;
}

/** The mistakes that can be made with the numbers that the question has. */
const mistakesOf = (question) =>
  question.mistakes.filter(({ unless }) => !unless.size || !hasNumbers(question, unless));
