// Texts of a bank with parameters in them: {c_in} becomes 32. Nothing else in braces means anything. In a formula
// between dollars single braces are LaTeX's; there a parameter stands in two pairs, of which one stays.

const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const IN_FORMULA = anywhere(String.raw`(?<=\{)\{([A-Za-z_][A-Za-z0-9_]*)\}(?=\})`, {}, "g");
const FORMULA = anywhere(String.raw`(?<!\\)(\$\$?)(?=\S)([^$\n]{1,500})(?<=[^\s\\])\1(?!\d)`, {}, "g");
const NAME_IN_TEXT = anywhere(String.raw`[A-Za-z_]\w*`, {}, "g");
const FACTOR_ONE = anywhere(String.raw`(?<![\w.)*/])(?<![*/] )1\*(?!\*)`, {}, "g");
const DECIMAL_POINT = anywhere(String.raw`(?<=\d)\.(?=\d)`, {}, "g");

/** The text with every known placeholder replaced by its value; unknown ones stay as they are. */
function filled(text, params) {
  const put = (all, name) => (params.has(name) ? setNumber(params.get(name)) : all);
  const pieces = [];
  let at = 0;
  for (const formula of text.matchAll(FORMULA)) {
    const end = formula.index + formula[0].length;
    pieces.push(text.slice(at, formula.index).replace(PLACEHOLDER, put), formula[0].replace(IN_FORMULA, put));
    at = end;
  }
  return pieces.join("") + text.slice(at).replace(PLACEHOLDER, put);
}

/** A value as text sets it: narrow spaces for thousands from five digits on, a decimal comma. */
function setNumber(value) {
  if (typeof value === "number") return withMinus(repr(value).replaceAll(".", ","));
  return isWhole(value) ? grouped(value) : str(value);
}

/** An expression with its parameters put in; a factor 1 is left out. */
function withNumbers(text, params) {
  const put = (name) => (isNumber(params.get(name)) ? str(params.get(name)) : name);
  return text.replace(NAME_IN_TEXT, put).replace(FACTOR_ONE, "");
}

/** A measured value as plain text: an interval with its brackets. */
function measuredText(value) {
  if (!Array.isArray(value) || value.length !== 4 || typeof value[2] !== "boolean") return str(value);
  const [low, high] = value.map((end) => withoutZero(str(end)));
  return `${value[2] ? "[" : "("}${low}, ${high}${value[3] ? "]" : ")"}`;
}

/** The key as a person reads it: a letter, a number worked out, a formula, or the number of points. */
function keyOf(question) {
  const { kind, answer } = question;
  if (kind === "choice") return answer;
  if (kind === "multi") return [...answer].sort().join(", ");
  if (kind === "open") return String(question.points.length);
  const value = workedOut(question, answer);
  if (value !== null) return answered(question, value);
  const numbers = [answer].flat().map((one) => withNumbers(str(one), question.params));
  const found = readAnswer(question, Array.isArray(answer) ? numbers : numbers[0], question.params);
  return (isUnreadable(found) ? written(answer) : found.shown).replace(DECIMAL_POINT, ",");
}

/** The one value of an answer without free symbols, else null. */
function workedOut(question, answer) {
  const found = readAnswer(question, answer, question.params);
  if (isUnreadable(found)) return null;
  const cases = casesOf(found, question, question.params, new Chance(0));
  return cases.length === 1 && !cases[0].given.size ? cases[0].value : null;
}

/** A value as a person would answer it: the parts one after another, a real number to four digits. */
function answered(question, value) {
  if (question.kind !== "tuple") return roundedText(value);
  const texts = value.map(roundedText);
  return texts.join(texts.some((text) => text.includes(",")) ? "; " : ", ");
}

const roundedText = (value) => (typeof value === "number" ? written(significant(value, 4)) : measuredText(value));
