// Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven.

/** Reads a phrase; one of ``part.accept`` means the same as all the others of it. */
function readPhrase(text, part) {
  let folded = fold(latex(text));
  if (!folded) return unreadable("empty");
  const synonyms = part.accept.map(fold);
  if (!synonyms.includes(folded)) {
    const tries = [text, ...eitherName(text, part), replaced(py.phrase.CALLED, "", text), ...ways(text).map((way) => way.answer)];
    const named = (one) => part.accept.find((name) => fold(one) === fold(name) || alikeWords(one, name));
    const found = tries.map(named).find((name) => name !== undefined);
    if (found !== undefined) folded = fold(found);
  }
  const shown = split(text).join(" ");
  const value = { type: "phrase", folded, shown, synonyms: synonyms.includes(folded) ? synonyms : [] };
  return reading("text", value, shown);
}

/** One of two names joined by «ili», where both mean the same. */
function eitherName(text, part) {
  const found = splitAt(py.phrase.OR, text);
  const known = found.every((one) => part.accept.some((name) => alikeWords(one, name)));
  return found.length > 1 && known ? found.slice(0, 1) : [];
}

/** Whether the words of both are the same, one after another, but for their endings. */
function alikeWords(text, name) {
  const telling = (each) => spelt(each, true).filter((word) => !py.phrase.PASSED.includes(word));
  const [one, other] = [telling(text), telling(name)];
  return one.length > 0 && one.length === other.length && one.every((word, at) => sameWord(word, other[at]));
}

/** Whether the measured text is this one or a synonym of it. */
function holdsPhrase(value, measured) {
  if (typeof measured !== "string") return false;
  const folded = fold(latex(measured));
  return folded === value.folded || value.synonyms.includes(folded);
}
