// Numbers as people write them: with spaces, points, commas and apostrophes between the digits.

/** A number's digits with the marks between them. */
function scanner(commas, spaces) {
  const [marks, spaced] = [commas ? "_'.," : "_'.", spaces ? "| [0-9]{3}(?![0-9])" : ""];
  return `[0-9]*(?:[${marks}][0-9]+${spaced})*`;
}

/** Where the number that begins at ``start`` ends. */
function scan(text, start, { commas, spaces, exponents }) {
  let end = matchAt(scanner(commas, spaces), text, start).end;
  if (end > start && text[end] === ".") end += 1;
  const power = exponents ? matchAt(py.literals.POWER, text, end) : null;
  return power ? power.end : end;
}

/** Decides what the marks inside a number mean: {text, step}, or an unreadable. */
function interpret(typed, count, decimal = false) {
  const { body, exponent } = exponentOf(rstrip(strip(typed), "."));
  const digits = splitAt(py.literals.MARKS, body);
  const marks = body.match(regex(py.literals.MARKS, "g")) ?? [];
  if (!marks.length) return literal(body, "", exponent);
  if (new Set(marks).size === 1 && grouped3(digits)) {
    if (marks.length === 1 && ".,".includes(marks[0])) {
      if (exponent || decimal) return literal(digits[0], digits[1], exponent);
      if (!count) {
        const [one, other] = [digits.join(""), `${digits[0]},${digits[1]}0`];
        return unreadable("ambiguous_number", typed, { one, other });
      }
    }
    return literal(digits.join(""), "", exponent);
  }
  return withFraction(typed, digits, marks, exponent);
}

function withFraction(typed, digits, marks, exponent) {
  const before = marks.slice(0, -1);
  const last = marks[marks.length - 1];
  const whole = digits.slice(0, -1);
  const mixed = before.includes(last) || new Set(before).size > 1 || !grouped3(whole);
  if (!".,".includes(last) || (before.length && mixed) || !digits.join("")) return unreadable("not_a_number", typed);
  return literal(whole.join(""), digits[digits.length - 1], exponent);
}

function exponentOf(text) {
  const plain = text.replaceAll("E", "e");
  const at = plain.indexOf("e");
  return at < 0 ? { body: plain, exponent: 0 } : { body: plain.slice(0, at), exponent: Number(plain.slice(at + 1)) };
}

/** Whether the digits stand in groups of thousands. */
function grouped3([head, ...rest]) {
  return head.length >= 1 && head.length <= 3 && /[^0]/.test(head) && rest.every((group) => group.length === 3);
}

function literal(digits, fraction, exponent) {
  const whole = digits.replace(/^0+/, "") || "0";
  const power = exponent - fraction.length;
  const step = power > -300 && power < 300 ? Number(`1e${power}`) : 0;
  if (!/[^0]/.test(fraction) && exponent === 0) return { text: whole, step };
  const text = fraction ? `${whole}.${fraction}` : whole;
  return { text: exponent ? `${text}e${exponent}` : text, step };
}
