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
    const { params, samples = [], right = [], wrong = [] } = question;
    PREPARED.set(question, {
      ...question,
      params: atoms(params),
      samples: samples.map((half) => Object.fromEntries(Object.entries(half).map(([name, all]) => [name, atom(all)]))),
      right: atom(right),
      wrong: atom(wrong),
    });
  }
  return PREPARED.get(question);
}
