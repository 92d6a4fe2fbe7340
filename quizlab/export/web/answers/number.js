// Numbers: counts, exact at any size, and real numbers, compared to the precision that was typed.

/** Reads a count, or a real number where the part asks for one. */
function readNumber(text, part, params) {
  const names = new Names([...part.symbols, ...numeric(params).keys()]);
  const plain = replaced(py.number.BRACKET_EQUALS, "( ", signs(text));
  const side = (piece) => numberSide(text, piece, names, part, params);
  return settle(plain, names, side, (one, other) => sameNumbers(one, other, params));
}

function numberSide(text, piece, names, part, params) {
  let plain = replaced(py.number.LABELLED, "", spoken(piece, names, part));
  const explained = fullmatch(py.number.EXPLAINED, strip(plain)) ?? fullmatch(py.number.COUNTED_SO, words(plain));
  if (explained) return explainedNumber(text, explained.groups, names, part, params);
  const again = restated(plain);
  const saidAgain = again && numberAgain(text, again, names, part, params);
  if (saidAgain) return saidAgain;
  if (part.real && names.one("e") === null) plain = oneLiteral(plain);
  let step = part.real && fullmatch(py.number.LITERAL, strip(plain)) ? stepOf(plain) : 0;
  const percent = part.real ? fullmatch(py.number.PERCENT, strip(plain)) : null;
  if (percent) [plain, step] = [`(${strip(percent[1])})/100`, stepOf(percent[1]) / 100];
  const formula = parse(plain, names, !part.real);
  if (isUnreadable(formula)) {
    const vague = ["unexpected", "unfinished", "unknown_symbol"].includes(formula.code);
    return vague && !part.symbols.length && !params.size ? unreadable("not_a_number", text) : formula;
  }
  if (formula.names.some((name) => part.symbols.includes(name))) {
    return reading("number", quantity(formula, part.real), formula.shown);
  }
  return valued(text, formula, step, part, params);
}

const quantity = (formula, real, step = 0) => ({ type: "quantity", formula, real, step });

/** The piece without the words around a number, and words for small ones as digits. */
function spoken(piece, names, part) {
  let plain = rstrip(piece, " ,;");
  for (const opening of part.real ? [py.number.OPENING, py.number.ABOUT] : [py.number.OPENING]) {
    const found = matchAt(opening, plain);
    if (found && names.one(strip(plain)) === null) plain = padded(plain.slice(found.end), size(plain));
  }
  const folded = words(plain);
  if (names.one(strip(plain)) === null) {
    const counted = fullmatch(py.number.COUNTED, folded);
    if (counted) return py.number.WORDS.get(counted[1]);
    const number = spelledNumber(folded);
    if (number !== null) return number;
    const said = order(folded, names.one("d") === null);
    if (said) return said;
  }
  const unit = search(py.number.UNIT, folded);
  if (!unit) return plain;
  return casefold(plain).endsWith(folded)
    ? plain.slice(0, Math.max(0, plain.length + unit.index - folded.length))
    : folded.slice(0, unit.index);
}

/** A number and how it came about, ``9312 (9216 + 96)``; what is in brackets must come to the same. */
function explainedNumber(text, { number, inside }, names, part, params) {
  const said = numberSide(text, number, names, part, params);
  const other = numberSide(text, inside, names, part, params);
  if (!isUnreadable(said) && !isUnreadable(other) && sameNumbers(said, other, params)) return said;
  return unreadable("unexpected", text, { symbol: "(", position: placeOf(text, text.indexOf("(")) });
}

/** A sum and, in brackets behind it, what it or its last term comes to; null where the brackets multiply. */
function numberAgain(text, again, names, part, params) {
  const [before, inside] = again.map((piece) => numberSide(text, piece, names, part, params));
  if (isUnreadable(before) || isUnreadable(inside)) return null;
  const terms = cut(strip(again[0]), py.number.ADDED);
  const last = terms.length > 1 ? numberSide(text, terms[terms.length - 1], names, part, params) : before;
  if ([before, last].some((one) => !isUnreadable(one) && sameNumbers(one, inside, params))) return before;
  if (terms.length === 1) return null;
  return unreadable("unexpected", text, { symbol: "(", position: placeOf(text, text.lastIndexOf("(")) });
}

/** Whether two readings of one answer come to the same; a rounded number needs only agree in its digits. */
function sameNumbers({ value: one }, { value: other }, params) {
  const env = numeric(params);
  const [a, b] = [numberAt(one, env), numberAt(other, env)];
  if (a === null || b === null) return alike(one.formula, other.formula);
  return holdsNumber(one, b, env) || holdsNumber(other, a, env);
}

function valued(text, formula, step, part, params) {
  const value = evaluate(formula, numeric(params));
  if (value === null) return unreadable("no_value", text);
  if (part.real) {
    const shown = step ? show(value, step) : show(computed(value));
    return reading("number", quantity(formula, true, step), shown);
  }
  const count = wholeOf(value);
  if (!isWhole(count)) return unreadable("not_a_count", text);
  return reading("number", quantity(formula, false), show(count));
}

/** 4,1 · 10⁻⁶ as 4,1e-6, so that it is rounded once and its last digit weighs what was typed. */
function oneLiteral(plain) {
  const found = fullmatch(py.number.SCIENTIFIC, strip(plain));
  const power = found ? (found[2] ?? mapped(found[3], py.number.LOWERED)) : "0";
  return Number(power) ? `${strip(found[1])}e${power}` : plain;
}

function stepOf(plain) {
  const found = interpret(lstrip(strip(plain), "+- "), false);
  return isUnreadable(found) ? 0 : found.step;
}

/** Counts are equal exactly; real numbers to the precision typed. */
function holdsNumber(value, measured, env) {
  const said = evaluate(value.formula, env);
  if (said === null || !isNumber(measured)) return false;
  if (!value.real) return sameValue(wholeOf(said), wholeOf(measured));
  if (!value.step || bothWhole(said, measured)) return equal(said, measured);
  return isNear(said, measured, value.step);
}

/** Whether two numbers are the same; == compares a BigInt with a Number exactly, as Python does, and === never. */
const sameValue = (a, b) => a == b;

const absolute = (a) => (isWhole(a) ? magnitude(a) : Math.abs(a));

function isNear(said, measured, step) {
  if (sameValue(said, 0)) return absolute(measured) <= 1e-9;
  const finest = 1.2e-7 * real(absolute(said));
  const three = 0.5 * Number(`1e${magnitudeOf(absolute(said)) - 2}`);
  const apart = less(said, measured);
  return absolute(apart) <= Math.max(Math.min(step / 2, three) * (1 + 1e-9), finest);
}

/** Whether a real number typed in at least two digits is a known one, rounded to the last of them. */
function isRounded(question, { value }, known) {
  if (question.kind !== "number" || !value.step) return false;
  const said = evaluate(value.formula, new Map());
  const other = compared(question, known)[0]?.value ?? null;
  if (said === null || other === null || absolute(said) < 10 * value.step) return false;
  return Math.abs(Number(said) - Number(other)) <= (value.step / 2) * (1 + 1e-9);
}

/** The number, with the names bound; null where it has none. */
function numberAt(value, env) {
  const found = evaluate(value.formula, env);
  return found === null || value.real ? found : wholeOf(found);
}
