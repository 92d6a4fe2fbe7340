// Texts of a bank with parameters in them: {c_in} becomes 32. Nothing else in braces means anything. In a formula
// between dollars single braces are LaTeX's; there a parameter stands in two pairs, of which one stays.

/** The text with every known placeholder replaced by its value; unknown ones stay as they are. */
function filled(text, params) {
  const put = (all, name) => (params.has(name) ? setNumber(params.get(name)) : all);
  const pieces = [];
  let at = 0;
  for (const formula of matchesIn(py.texts.FORMULA, text)) {
    const before = text.slice(at, formula.index);
    pieces.push(replaced(py.texts.PLACEHOLDER, put, before), replaced(py.texts.IN_FORMULA, put, formula[0]));
    at = formula.index + formula[0].length;
  }
  return pieces.join("") + replaced(py.texts.PLACEHOLDER, put, text.slice(at));
}

/** A value as text sets it: narrow spaces for thousands from five digits on, a decimal comma. */
function setNumber(value) {
  return isNumber(value) ? typeset(str(value)) : str(value);
}

/** The key as a person reads it: letters, the number of points, or what comes with a question that is typed. */
function keyOf({ kind, answer, points, key }) {
  if (kind === "multi") return [...answer].sort().join(", ");
  return kind === "choice" ? answer : kind === "open" ? String(points.length) : key;
}
