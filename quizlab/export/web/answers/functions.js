// The functions that a formula may call, with Python's errors and its ∞ where a function grows too large.

function unlessInfinite(run) {
  return (a) => {
    const x = real(a);
    if (Math.abs(x) === Infinity) throw new Trouble();
    return run(x);
  };
}

/** A function that is ∞ (``below`` for negative numbers) where it is too large. */
const grown = (grows, below) => (a) => {
  const x = Number(a);
  return Number.isFinite(x) || !isWhole(a) ? grows(x) : x > 0 ? Infinity : below;
};

function root(a) {
  const x = real(a);
  if (x < 0) throw new Trouble();
  return Math.sqrt(x);
}

function logarithm(a) {
  if (!(a > 0) && a === a) throw new Trouble();
  const x = Number(a);
  if (!isWhole(a) || Number.isFinite(x)) return Math.log(x);
  const dropped = bitLength(a) - 64;
  return Math.log(Number(a >> BigInt(dropped))) + dropped * Math.LN2;
}

/** max and min as Python has them: the first of equals, and whatever stands first beside what is no number. */
const outermost = (beats) => (...values) => values.reduce((best, value) => (beats(value, best) ? value : best));

function roundedBy(round) {
  return (a) => {
    const value = wholeOf(a);
    if (isWhole(value)) return value;
    if (!Number.isFinite(value)) throw new Overflow();
    return BigInt(round(value));
  };
}

const half = (a) => (isWhole(a) ? ratio(a, 2n) : a / 2);

const sigmoid = (a) => 0.5 * (1 + Math.tanh(half(a)));

const cosh = grown(Math.cosh, Infinity);
const larger = outermost((value, best) => value > best);

const FUNCTIONS = new Map([
  ["max", larger],
  ["min", outermost((value, best) => value < best)],
  ["abs", (a) => (isWhole(a) ? magnitude(a) : Math.abs(a))],
  ["sqrt", root],
  ["exp", grown(Math.exp, 0)],
  ["log", logarithm],
  ["tanh", (a) => Math.tanh(real(a))],
  ["sinh", grown(Math.sinh, -Infinity)],
  ["cosh", cosh],
  ["sech", (a) => 1 / cosh(a)],
  ["sin", unlessInfinite(Math.sin)],
  ["cos", unlessInfinite(Math.cos)],
  ["tan", unlessInfinite(Math.tan)],
  ["sigmoid", sigmoid],
  ["softmax", (a) => sigmoid(less(a, 1n))],
  ["atan", (a) => Math.atan(real(a))],
  ["softplus", (a) => Math.log1p(Math.exp(-Math.abs(real(a)))) + Math.max(0, real(a))],
  ["relu", (a) => larger(0n, a)],
  ["floor", roundedBy(Math.floor)],
  ["ceil", roundedBy(Math.ceil)],
]);
