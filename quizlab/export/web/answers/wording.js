// Texts of a bank with parameters in them: {c_in} becomes 32. Nothing else in braces means anything.

/** The text with every known placeholder replaced by its value; unknown ones stay as they are. */
function filled(text, params) {
  return replaced(py.texts.PLACEHOLDER, (all, name) => (params.has(name) ? setNumber(params.get(name)) : all), text);
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
