// A key, evaluated at many points, so that a typed answer is compared with it as with a measurement.

const POINTS = 16;
const TRIES = 400;
const REACHES = [1.2, 0.03, 0.4, 4];
const BATCH_SIZES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n];

/** The values of a reading at random points of its symbols: [{value, given}]. */
function casesOf(found, question, params, chance) {
  const symbols = symbolsOf(found, question, params);
  const bound = numeric(params);
  if (!symbols.length) {
    const value = valueAt(found, bound);
    return value === null ? [] : [{ value, given: new Map() }];
  }
  const whole = !onlyFormulas(found);
  const signed = !whole && callsFunction(found);
  const farthest = symbols.length === 1 ? 40 : 12;
  const cases = new Map();
  for (let trial = 0; trial < TRIES && cases.size < POINTS; trial += 1) {
    const draw = () => (signed ? near(chance, trial, farthest) : drawn(chance, trial, whole));
    const given = new Map(symbols.map((symbol) => [symbol, draw()]));
    const value = valueAt(found, new Map([...bound, ...given]));
    if (value !== null) cases.set([...given.values()].map(Number).join(), { value, given });
  }
  return [...cases.values()];
}

function drawn(chance, trial, whole) {
  if (!whole && trial % 2) return chance.randint(1, 80) / 8 + 1 / 16;
  return BigInt(trial % 4 === 0 && !whole ? chance.randint(1, 12) : chance.randint(2, 97));
}

/** A number of the trial's order of magnitude, in every second trial perhaps a negative one. */
function near(chance, trial, farthest) {
  const reach = [...REACHES, farthest][Math.floor(trial / 2) % (REACHES.length + 1)];
  const value = chance.uniform(reach / 10, reach);
  return trial % 2 && chance.random() < 0.6 ? -value : value;
}

function symbolsOf(found, question, params) {
  const declared = partsOf(question).flatMap((part) => [...part.symbols, part.batch]).filter((name) => name);
  return [...new Set([...declared, ...namesOf(found).filter((name) => !params.has(name))])];
}

function namesOf({ value }) {
  if (Array.isArray(value)) return value.flatMap(namesOf);
  if (value.type === "quantity") return value.formula.names;
  if (value.type === "dims") return value.sizes.flatMap((one) => one.names);
  return value.type === "formula" ? value.names : [];
}

const onlyFormulas = ({ value }) => (Array.isArray(value) ? value.every(onlyFormulas) : value.type === "formula");

const callsFunction = ({ value }) =>
  Array.isArray(value) ? value.some(callsFunction) : value.type === "formula" && /[a-z]{2,}\(/.test(value.source);

/** For shapes: the size of the batch for which the answer is the key, as [symbol, size]; null if there is none. */
function specialCase(answer, key, question, params) {
  const batch = question.batch ?? "";
  if (!batch || answer.value.type !== "dims" || key.value.type !== "dims") return null;
  const [said, right] = [answer.value.sizes, key.value.sizes];
  if (said.length !== right.length || said.some((one) => one.names.includes(batch))) return null;
  const place = right.findIndex(({ names, source }) => names.length === 1 && names[0] === batch && source === "v0");
  if (place < 0) return null;
  const found = shapeAt({ sizes: [said[place]] }, numeric(params));
  if (!found || found[0] < 1n) return null;
  const symbols = symbolsOf(key, question, params);
  const fits = [0, 1, 2].every((shift) => {
    const others = symbols.map((name, at) => [name, BATCH_SIZES[(at + shift) % BATCH_SIZES.length]]);
    const env = new Map([...numeric(params), ...others, [batch, found[0]]]);
    const value = shapeAt(answer.value, env);
    return value !== null && holdsShape(key.value, value, env);
  });
  return fits ? [batch, found[0]] : null;
}
