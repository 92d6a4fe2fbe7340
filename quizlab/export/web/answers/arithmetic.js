// Python's arithmetic: a whole number is a BigInt, a real one a Number, and what Python raises is thrown.

class Trouble extends Error {}
class Overflow extends Trouble {}
class TooBig extends Trouble {}

const isWhole = (value) => typeof value === "bigint";
const isNumber = (value) => typeof value === "bigint" || typeof value === "number";
const bothWhole = (a, b) => isWhole(a) && isWhole(b);
const magnitude = (a) => (a < 0n ? -a : a);

function bitLength(a) {
  const digits = magnitude(a).toString(16);
  return a === 0n ? 0 : digits.length * 4 - Math.clz32(parseInt(digits[0], 16)) + 28;
}

/** A number as a real one; a whole number too large for that is an overflow. */
function real(a) {
  const found = Number(a);
  if (isWhole(a) && !Number.isFinite(found)) throw new Overflow();
  return found;
}

const plus = (a, b) => (bothWhole(a, b) ? a + b : real(a) + real(b));
const less = (a, b) => (bothWhole(a, b) ? a - b : real(a) - real(b));

function times(a, b) {
  if (!bothWhole(a, b)) return real(a) * real(b);
  if (bitLength(a) + bitLength(b) > py.evaluate.BITS) throw new TooBig();
  return a * b;
}

function over(a, b) {
  if (isWhole(b) ? b === 0n : b === 0) throw new Trouble();
  if (!bothWhole(a, b)) return real(a) / real(b);
  return a % b === 0n ? a / b : ratio(a, b);
}

const EXACT = 2n ** 53n;

/** The real number nearest to a fraction, however long its parts are. */
function ratio(a, b) {
  if (magnitude(a) < EXACT && magnitude(b) < EXACT) return Number(a) / Number(b);
  const [above, below] = [magnitude(a), magnitude(b)];
  const shift = Math.max(0, 66 - bitLength(above) + bitLength(below));
  const shifted = above << BigInt(shift);
  const quotient = shifted / below;
  const sticky = quotient * below === shifted ? 0n : 1n;
  const size = scaled(Number(quotient | sticky), -shift);
  if (size === Infinity) throw new Overflow();
  return a < 0n !== b < 0n ? -size : size;
}

/** x·2^power, in steps, so that no step is nothing when the result is not. */
function scaled(x, power) {
  let value = x;
  let left = power;
  for (; left < -1000; left += 1000) value *= 2 ** -1000;
  return value * 2 ** left;
}

function floored(a, b) {
  if (isWhole(b) ? b === 0n : b === 0) throw new Trouble();
  if (!bothWhole(a, b)) return flooredReal(wholeOf(real(a) / real(b)));
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function flooredReal(quotient) {
  if (!Number.isFinite(Number(quotient))) throw new Trouble();
  return Math.floor(Number(quotient)) + 0;
}

function power(a, b) {
  const whole = bothWhole(a, b);
  if (whole && magnitude(a) > 1n && bitLength(a) * Number(magnitude(b)) > py.evaluate.BITS) throw new TooBig();
  if (whole && b >= 0n) return wholePower(a, b);
  const exponent = a < 0 ? wholeOf(b) : b;
  if (a < 0 && !isWhole(exponent) && !Number.isInteger(exponent)) throw new Trouble();
  try {
    return realPower(real(a), real(exponent));
  } catch (error) {
    if (error instanceof Overflow) return a > 0 ? Infinity : NaN;
    throw error;
  }
}

function wholePower(a, b) {
  if (magnitude(a) > 1n) return a ** b;
  return a === 0n ? BigInt(b === 0n) : a === 1n || b % 2n === 0n ? 1n : -1n;
}

function realPower(x, y) {
  if (y === 0 || x === 1) return 1;
  if (x === 0 && y < 0 && Number.isFinite(y)) throw new Trouble();
  const found = x ** y;
  if (!Number.isFinite(found) && Number.isFinite(x) && Number.isFinite(y)) throw new Overflow();
  return found;
}

/** A real number as an exact fraction. */
function fraction(x) {
  let below = 1n;
  let value = x;
  while (!Number.isInteger(value)) {
    value *= 2;
    below *= 2n;
  }
  return [BigInt(value), below];
}

/** A number that is whole but for rounding, as a whole one: 216^(1/3) is 6, whoever computes it. */
function wholeOf(value) {
  if (isWhole(value) || !(Math.abs(value) < 2 ** 53)) return value;
  const near = rounded(value);
  const apart = Math.abs(value - Number(near));
  return apart <= Math.min(1e-9 * Math.max(1, Math.abs(value)), 1e-3) ? near : value;
}

/** Rounded to a whole number, a half to the even one, as a BigInt. */
function rounded(value) {
  const down = Math.floor(value);
  const rest = value - down;
  const up = rest > 0.5 || (rest === 0.5 && down % 2 !== 0);
  return BigInt(up ? down + 1 : down);
}

/** A finite real number times 10^places, rounded exactly to a whole number, a half to the even one. */
function roundedAt(value, places) {
  const [above, below] = fraction(Math.abs(value));
  const top = places > 0 ? above * 10n ** BigInt(places) : above;
  const bottom = places < 0 ? below * 10n ** BigInt(-places) : below;
  const [whole, twice] = [top / bottom, (top % bottom) * 2n];
  const found = twice > bottom || (twice === bottom && whole % 2n === 1n) ? whole + 1n : whole;
  return value < 0 ? -found : found;
}
