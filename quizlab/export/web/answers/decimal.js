// Numbers as text, as Python writes them, and as Croatian text sets them.

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

/** A computed number to twelve digits: what lies behind them is rounding, and differs from machine to machine. */
function computed(value) {
  if (isWhole(value) || value === 0 || !Number.isFinite(value)) return value;
  const exponent = Number(value.toExponential().split("e")[1]);
  return Number(`${roundedAt(value, 11 - exponent)}e${exponent - 11}`);
}

const withoutZero = (text) => (text.endsWith(".0") ? text.slice(0, -2) : text);

/** ⌊log₁₀ x⌋ of a positive number, exact at powers of ten. */
function magnitudeOf(value) {
  if (isWhole(value)) return String(value).length - 1;
  const [mantissa, power] = value.toExponential().split("e");
  return mantissa === "1" ? Number(power) : Math.floor(Math.log10(value));
}

/** A number as Python writes it as text sets it, with all its digits; `apart` puts spaces between its thousands. */
function typeset(text, apart = true) {
  const found = fullmatch(py.numbers.NUMBER, text);
  if (!found) return text === "nan" ? "NaN" : text.replace("-", "−").replace("inf", "∞");
  const [, sign, integer, decimals = "", exponent = "0"] = found;
  const power = Number(exponent);
  const rest = !power && fullmatch(py.numbers.LIKE_THOUSANDS, `${integer}.${decimals}`) ? `${decimals}0` : decimals;
  const minus = sign && /[1-9]/.test(integer + rest) ? "−" : "";
  const digits = (apart ? groupedDigits(integer) : integer) + (rest && `,${rest}`);
  return power ? `${minus}${digits} · 10${mapped(String(power), py.numbers.RAISED)}` : minus + digits;
}

/** Digits in groups of three, from five on. */
const groupedDigits = (digits) => (digits.length < 5 ? digits : digits.replace(/\B(?=([0-9]{3})+$)/g, py.numbers.NARROW));

/** A number with all of its digits and nothing between them, as one would type it. */
const ungrouped = (text) => typeset(withoutZero(text), false);

/** A number with a decimal comma, never so that it could be read as thousands, with the digits typed. */
function show(value, step = 0) {
  if (isWhole(value)) return ungrouped(String(value));
  const places = step ? Math.max(0, -Math.floor(Math.log10(step) + 0.5)) : 0;
  const size = Math.abs(value);
  const text = places > 0 && places <= 17 && size >= 1e-5 && size < 1e16 ? fixed(value, places) : repr(value);
  return ungrouped(text.endsWith("e-05") ? hundredThousandths(text) : text);
}

function hundredThousandths(text) {
  const digits = text.slice(0, -4).replace(/[-.]/g, "");
  return `${text.startsWith("-") ? "-" : ""}0.0000${digits}`;
}

/** A plain value as Python's str writes it. */
function str(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(str).join(", ")}${value.length === 1 ? "," : ""})`;
  return typeof value === "number" ? repr(value) : String(value);
}
