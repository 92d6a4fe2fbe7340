// Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven.

/** Reads a phrase; one of ``part.accept`` means the same as all the others of it. */
function readPhrase(text, part) {
  let folded = fold(worded(text));
  if (!folded) return unreadable("empty");
  const synonyms = part.accept.map(fold);
  if (!synonyms.includes(folded)) {
    const bare = bareAnswer(tidy(text));
    const tries = [...new Set([text, bare])].flatMap((each) => phraseTries(each, part));
    const found = tries.map((one) => phraseName(one, part)).find(Boolean);
    const mixed = found ? "" : mixedWith(bare, part);
    if (mixed) return unreadable("unknown_word", text, { symbol: mixed });
    if (found) folded = fold(found);
  }
  const shown = split(text).join(" ");
  const value = { type: "phrase", folded, shown, synonyms: synonyms.includes(folded) ? synonyms : [] };
  return reading("text", value, shown);
}

const phraseTries = (text, part) =>
  [text, ...eitherName(text, part), replaced(py.phrase.CALLED, "", text), ...ways(text).map((way) => way.answer)];

/** The name that a text is: one of those that are right, or one for which the question has other words. */
function phraseName(text, part) {
  const known = part.accept.map((name) => [name, name]);
  for (const [name, others] of Object.entries(part.words)) known.push(...[name, ...others].map((other) => [other, name]));
  return known.find(([other]) => fold(text) === fold(other) || alikeWords(text, other))?.[1];
}

const tellingWords = (text) => spelt(text, true).filter((word) => !py.phrase.PASSED.includes(word));

/** What is said besides a right name, which then is neither right nor wrong; "" where there is no such name. */
function mixedWith(text, part) {
  const said = tellingWords(text);
  for (const telling of part.accept.map(tellingWords)) {
    const others = said.filter((word) => !telling.some((one) => sameWord(word, one)));
    const all = telling.every((one) => said.some((word) => sameWord(one, word)));
    if (telling.length && others.length && all) return others[0];
  }
  return "";
}

/** One of two names joined by «ili», where both mean the same. */
function eitherName(text, part) {
  const found = splitAt(py.phrase.OR, text);
  const known = found.every((one) => part.accept.some((name) => alikeWords(one, name)));
  return found.length > 1 && known ? found.slice(0, 1) : [];
}

/** Whether the words of both are the same, one after another, but for their endings. */
function alikeWords(text, name) {
  const [one, other] = [tellingWords(text), tellingWords(name)];
  return one.length > 0 && one.length === other.length && one.every((word, at) => sameWord(word, other[at]));
}

/** Whether the measured text is this one or a synonym of it. */
function holdsPhrase(value, measured) {
  if (typeof measured !== "string") return false;
  const folded = fold(worded(measured));
  return folded === value.folded || value.synonyms.includes(folded);
}
