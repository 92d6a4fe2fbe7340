// exp, log and powers rounded correctly, in fixed point: engines differ in the last bit, and then 216^(1/3) is 6 in
// one and not in another. Python's are all but always the correctly rounded ones.

const PLACES = 160;
const ONE = 1n << BigInt(PLACES);
const shifted = (value, by) => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));
const product = (a, b) => (a * b) >> BigInt(PLACES);
const LN2 = 2n * areaTangent(ONE / 3n);

/** artanh z = z + z³/3 + z⁵/5 + …, for a small z. */
function areaTangent(z) {
  const square = product(z, z);
  let sum = 0n;
  for (let [power, odd] = [z, 1n]; power !== 0n && power !== -1n; odd += 2n) {
    sum += power / odd;
    power = product(power, square);
  }
  return sum;
}

/** The natural logarithm of a positive finite number, in fixed point. */
function logOf(x) {
  const [above, below] = fraction(x);
  let exponent = bitLength(above) - bitLength(below);
  let mantissa = shifted(above, PLACES - exponent - bitLength(below) + 1);
  if (3n * mantissa > 4n * ONE) {
    mantissa >>= 1n;
    exponent += 1;
  }
  return BigInt(exponent) * LN2 + 2n * areaTangent(((mantissa - ONE) << BigInt(PLACES)) / (mantissa + ONE));
}

const HALVINGS = 8;

/** e to a power in fixed point, as a Number. */
function expOf(power) {
  const exponent = (2n * power + LN2) / (2n * LN2) - (2n * power + LN2 < 0n ? 1n : 0n);
  const rest = (power - exponent * LN2) >> BigInt(HALVINGS);
  let sum = ONE;
  for (let [term, count] = [rest, 1n]; term !== 0n && term !== -1n; term = product(term, rest) / count) {
    sum += term;
    count += 1n;
  }
  for (let halving = 0; halving < HALVINGS; halving += 1) sum = product(sum, sum);
  return scaled(Number(sum), Number(exponent) - PLACES);
}

/** A real number in fixed point. */
function fixedPoint(x) {
  const [above, below] = fraction(x);
  return (above << BigInt(PLACES)) / below;
}

function exponential(x) {
  if (!(Math.abs(x) < 746)) return Math.exp(x);
  return expOf(fixedPoint(x));
}

function naturalLog(x) {
  if (!(x > 0 && x < Infinity)) return Math.log(x);
  return ratio(logOf(x), ONE);
}

/** x^y for a finite x ≠ 0 and a finite y that is whole if x is negative. */
function precisePower(x, y) {
  const size = Math.abs(x);
  const odd = Math.abs(y % 2) === 1;
  const rough = y * Math.log(size);
  const found = Math.abs(rough) < 750 ? expOf(product(logOf(size), fixedPoint(y))) : rough > 0 ? Infinity : 0;
  return x < 0 && odd ? -found : found;
}
