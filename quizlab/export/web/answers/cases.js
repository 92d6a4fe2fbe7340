// The values of a known answer at the points that come with the question: what is typed is compared with them as
// with measurements. An answer is [its values at positive points, at points of both signs], null where it has none.

const isSigned = ([positive = []]) => !positive.length;

/** The values of a known answer at one sort of points: [{value, env}]. */
function casesOf({ samples, params }, known, signed) {
  const symbols = Object.entries(samples[Number(signed)]);
  return (known[Number(signed)] ?? []).map((value, at) => {
    const given = symbols.map(([name, column]) => [name, column[at]]);
    return { value, env: new Map([...numeric(params), ...given]) };
  });
}

const compared = (question, known) =>
  casesOf(question, known, isSigned(known)).filter(({ value }) => value !== null).slice(0, py.cases.POINTS);

const callsFunction = ({ value }) => value.type === "formula" && /[a-z]{2,}\(/.test(value.source);

/** Whether an answer has the values of a known one wherever that has some; a formula may have no others either. */
function same(question, answer, known) {
  const cases = compared(question, known);
  if (!cases.length || !cases.every(({ value, env }) => holds(answer, value, env))) return false;
  if (question.kind !== "formula") return true;
  return casesOf(question, known, isSigned(known) || callsFunction(answer)).slice(0, py.cases.POINTS).every(({ value, env }) => {
    const said = evaluate(answer.value, env);
    return said === null || (value !== null && equalFormulas(value, said));
  });
}

/** Whether a shape typed with a batch of any size is a known one with a certain size, (B, 32) like (64, 32). */
function isBatched(question, { value }, known) {
  const batch = py.shape.BATCH;
  if (question.kind !== "shape" || question.parts[0].batch || value.type !== "dims") return false;
  const place = value.sizes.findIndex((one) => one.names.includes(batch));
  if (place < 0 || value.sizes.some((one) => one.names.includes(batch) && one.source !== "v0")) return false;
  const cases = compared(question, known);
  const size = cases[0]?.value[place];
  if (!size || !cases.every((each) => each.value[place] === size)) return false;
  return cases.every((each) => holdsShape(value, each.value, new Map([...each.env, [batch, size]])));
}

/** For shapes: the size of the batch for which the answer is the key, as [symbol, size]; null if there is none. */
function specialCase(answer, question) {
  const [[{ batch }], places] = [question.parts, question.batch];
  if (!places.length || answer.value.type !== "dims") return null;
  const said = answer.value.sizes;
  if (places[places.length - 1] >= said.length || said.some((one) => one.names.includes(batch))) return null;
  const size = shapeAt({ sizes: [said[places[0]]] }, numeric(question.params))?.[0];
  if (!size) return null;
  const concrete = (sizes) => sizes.map((one, at) => (places.includes(at) ? size : one));
  return compared(question, question.right[0]).every(({ value, env }) => holdsShape(answer.value, concrete(value), env))
    ? [batch, size]
    : null;
}
