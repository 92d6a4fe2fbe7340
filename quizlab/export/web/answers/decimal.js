// Numbers as text, as Python writes them, and as Croatian text sets them.

const NARROW = "\u202f";

/** A real number as Python's repr: the shortest digits that give it back. */
function repr(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [mantissa, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

/** A real number with so many places behind the point, a half rounded to the even digit. */
function fixed(value, places) {
  const digits = String(magnitude(roundedAt(value, places))).padStart(places + 1, "0");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A real number rounded to so many significant digits. */
function significant(value, digits) {
  if (value === 0 || !Number.isFinite(value)) return value;
  const exponent = Number(value.toExponential().split("e")[1]);
  return Number(`${roundedAt(value, digits - 1 - exponent)}e${exponent - digits + 1}`);
}

/** A computed number to twelve digits: what lies behind them is rounding, and differs from machine to machine. */
const computed = (value) => (isWhole(value) ? value : significant(value, 12));

const withoutZero = (text) => (text.endsWith(".0") ? text.slice(0, -2) : text);
const withMinus = (text) => text.replaceAll("-", "−");

/** ⌊log₁₀ x⌋ of a positive number, exact at powers of ten. */
function magnitudeOf(value) {
  if (isWhole(value)) return String(value).length - 1;
  const [mantissa, power] = value.toExponential().split("e");
  return mantissa === "1" ? Number(power) : Math.floor(Math.log10(value));
}

/** A number with a decimal comma, never so that it could be read as thousands, with the digits typed. */
function show(value, step = 0) {
  if (isWhole(value)) return withMinus(String(value));
  const places = step ? Math.max(0, -Math.floor(Math.log10(step) + 0.5)) : 0;
  const size = Math.abs(value);
  let text = places > 0 && places <= 17 && size >= 1e-5 && size < 1e16 ? fixed(value, places) : repr(value);
  if (text.includes("e")) text = powerOfTen(text);
  text = withoutZero(text);
  if (/^-?[1-9][0-9]{0,2}\.[0-9]{3}$/.test(text)) text += "0";
  return withMinus(text.replaceAll(".", ","));
}

function powerOfTen(text) {
  const [mantissa, power] = text.split("e");
  if (power !== "-05") return `${withoutZero(mantissa)}e${Number(power)}`;
  const sign = mantissa.startsWith("-") ? "-" : "";
  return `${sign}0.0000${mantissa.replace(/[-.]/g, "")}`;
}

/** A whole number as Croatian text sets it: narrow spaces between thousands from five digits on. */
function grouped(number) {
  const text = String(number);
  return withMinus(magnitude(number) >= 10000n ? text.replace(/\B(?=([0-9]{3})+$)/g, NARROW) : text);
}

/** A plain value as Python's str writes it. */
function str(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(str).join(", ")}${value.length === 1 ? "," : ""})`;
  return typeof value === "number" ? repr(value) : String(value);
}
