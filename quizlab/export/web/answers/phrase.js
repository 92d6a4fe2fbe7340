// Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven.

/** Reads a phrase; one of ``part.accept`` means the same as all the others of it. */
function readPhrase(text, part) {
  const folded = fold(latex(text));
  if (!folded) return unreadable("empty");
  const synonyms = part.accept.map(fold);
  const shown = split(text).join(" ");
  const value = { type: "phrase", folded, shown, synonyms: synonyms.includes(folded) ? synonyms : [] };
  return reading("text", value, shown);
}

/** Whether the measured text is this one or a synonym of it. */
function holdsPhrase(value, measured) {
  if (typeof measured !== "string") return false;
  const folded = fold(latex(measured));
  return folded === value.folded || value.synonyms.includes(folded);
}
