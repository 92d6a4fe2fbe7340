// Which options some words can mean: part of a text, in another form, in another order, or in the words of a bank.
// Words that name nothing are passed over, and so are common nouns and the small words of the prompt where an option
// does not have them; none of these decides alone. What denies must be said and may not be added.

const denies = (spelled) => spelled.some((word) => py.offered.DENYING.includes(word));
const denials = (spelled) => spelled.filter((word) => py.offered.DENYING.includes(word)).length;
const empty = (word) => word === "da" || py.offered.PASSED.includes(word) || py.offered.DENYING.includes(word);
const common = (word) => py.offered.COMMON.some((one) => word === one || (size(one) > 3 && endsAlike(word, one)));
const distinct = (offered) => [...new Set(offered.map((each) => each.letter))];

function endsAlike(word, one) {
  const [a, b] = [Array.from(word), Array.from(one)];
  const begins = a.slice(0, b.length - 2).join("") === b.slice(0, -2).join("");
  return Math.abs(a.length - b.length) <= 2 && begins && sameWord(word, one);
}

/** The letters of the options that the words can mean; several where the words do not tell them apart. */
function meant(text, options, prompt) {
  if (search(py.offered.SIGNS, text)) return [];
  const [one, other] = [true, false].map((joined) => meantBy(text, options, prompt, joined));
  return one.length === 1 || !other.length ? one : other;
}

/** Whether a text that denies nothing has words that only an option other than these has, or such a one whole. */
function mentioned(text, letters, options, prompt, whole) {
  const said = spelt(text, true);
  if (denies(said)) return false;
  const around = spelt(prompt, true);
  const offered = [...options].flatMap(([letter, texts]) => texts.map((one) => offeredText(letter, one, true)));
  const own = offered.filter((each) => letters.includes(each.letter)).flatMap((each) => each.words);
  return offered.some((each) => {
    if (letters.includes(each.letter) || each.signs) return false;
    const telling = each.words.filter((word) => !empty(word) && !common(word) && !like(word, around));
    const there = telling.filter((word) => like(word, said));
    return there.length > 0 && (!whole || there.length === telling.length) && !there.every((word) => like(word, own));
  });
}

function meantBy(text, options, prompt, joined) {
  const said = spelt(text, joined);
  if (!said.length) return [];
  const offered = [...options].flatMap(([letter, texts]) => texts.map((one) => offeredText(letter, one, joined)));
  const capital = spelt(namedWords(replaced(py.offered.BEGINS, (one) => one.toLowerCase(), prompt)), joined);
  const around = spelt(prompt, joined).filter((word) => !capital.includes(word));
  const bare = said.filter(empty);
  if (said.every((word) => empty(word) || like(word, around)) && (bare.includes("da") || denies(bare))) {
    return distinct(offered.filter((each) => answersBarely(bare, each.words)));
  }
  let fits = offered.filter((each) => fitsOption(said, each, around));
  if (!fits.length) fits = byLetter(offered).map(togetherOffered).filter((each) => fitsOption(said, each, around));
  for (const closer of [saysWhole, inOrder]) {
    const closest = fits.filter((each) => closer(said, each));
    if (distinct(fits).length > 1 && closest.length) fits = closest;
  }
  if (distinct(fits).length === 1) fits = fits.filter((each) => denies(said) === denies(each.words) && !each.signs);
  return distinct(fits);
}

function offeredText(letter, text, joined) {
  const [all, named] = [spelt(text, joined), spelt(namedWords(text), joined)];
  return { letter, words: all, named, alone: all.length === 1 ? all : [], signs: search(py.offered.SIGNS, text) !== null };
}

const byLetter = (offered) =>
  distinct(offered).map((letter) => offered.filter((each) => each.letter === letter && !each.signs))
    .filter((texts) => texts.length);

/** All that is said of one option as one text; what denies is said by its own texts alone. */
function togetherOffered(texts) {
  const plain = texts.filter((each) => !denies(each.words));
  const [all, named, alone] = ["words", "named", "alone"].map((field) => plain.flatMap((each) => each[field]));
  return { letter: texts[0].letter, words: all, named, alone, signs: false };
}

const namedWords = (text) =>
  matchesIn(py.offered.PIECE, text).map((found) => found[0])
    .filter((piece) => piece !== piece.toLowerCase() || /[0-9_]/.test(piece)).join(" ");

/** Whether a bare da, ne or nikad is how a text begins, or what it says. */
const answersBarely = (said, whole) =>
  (whole.length > 0 && whole[0] === said[0]) || (whole[0] === "ne" && said.every((word) => like(word, whole)));

/** Whether all that is said stands in the text, and something of it that is not said of everything. */
function fitsOption(said, offered, around) {
  const whole = offered.words;
  if (["da", "ne"].some((word) => said[0] === word && whole[0] !== word)) return false;
  if (denies(said) && !denies(whole)) return false;
  if (said.some((word) => py.offered.EITHER.includes(word) && !whole.includes(word))) return false;
  if (denials(said) > Math.max(1, denials(whole))) return false;
  const content = said.filter((word) => !empty(word));
  if (!content.every((word) => like(word, whole) || common(word) || like(word, around))) return false;
  return content.some((word) => decides(word, offered, around));
}

function decides(word, offered, around) {
  const short = size(word) < py.offered.SHORTEST && !offered.alone.includes(word);
  if (short || common(word) || !like(word, offered.words)) return false;
  return !like(word, around) || like(word, offered.named);
}

/** Whether nothing of the text is left out but words that name nothing. */
const saysWhole = (said, offered) => offered.words.every((word) => empty(word) || common(word) || like(word, said));

/** Whether the words stand in the text one behind another as they are said. */
function inOrder(said, offered) {
  let at = 0;
  for (const word of said.filter((one) => !empty(one) && like(one, offered.words))) {
    const place = offered.words.findIndex((one, index) => index >= at && sameWord(word, one));
    if (place < 0) return false;
    at = place + 1;
  }
  return true;
}
