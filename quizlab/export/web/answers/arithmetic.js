// Python's arithmetic: a whole number is a BigInt, a real one a Number, and what Python raises is thrown.

class Trouble extends Error {}
class Overflow extends Trouble {}
class TooBig extends Trouble {}

const BITS = 4096;

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
  if (bitLength(a) + bitLength(b) > BITS) throw new TooBig();
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
  if (!bothWhole(a, b)) return flooredReal(real(a), real(b));
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Python's own way of dividing real numbers without a rest. */
function flooredReal(a, b) {
  let rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) {
    rest += b;
    quotient -= 1;
  }
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const down = Math.floor(quotient);
  return quotient - down > 0.5 ? down + 1 : down;
}

function power(a, b) {
  const whole = bothWhole(a, b);
  if (whole && magnitude(a) > 1n && bitLength(a) * Number(magnitude(b)) > BITS) throw new TooBig();
  if (a < 0 && !isWhole(b) && !Number.isInteger(b)) throw new Trouble();
  if (whole && b >= 0n) return wholePower(a, b);
  try {
    return realPower(real(a), real(b));
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
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  const found = Number.isInteger(y) && Math.abs(y) <= 64 ? repeated(x, y) : precisePower(x, y);
  if (!Number.isFinite(found)) throw new Overflow();
  return found;
}

/** A power with a small whole exponent, rounded once. */
function repeated(x, y) {
  const [above, below] = fraction(x);
  const times = BigInt(Math.abs(y));
  const [top, bottom] = y < 0 ? [below ** times, above ** times] : [above ** times, below ** times];
  return ratio(top, bottom);
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
