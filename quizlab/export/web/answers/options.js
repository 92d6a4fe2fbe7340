// Choices: by letter, by place, or by the text of exactly one option or words that only it has.
// A letter is never taken for a text. A digit is the place of an option, unless some option is itself a number:
// there ``1`` means the option 1, and a number that is not offered is asked again. In an option with signs of
// arithmetic every sign and accent counts, for there ``y − ŷ`` and ``ŷ − y`` differ.

const DECIMALS = /^\p{Nd}+$/u;

/** Reads the letters (or the texts) of the options; ``options`` maps each letter to its text. */
function readOptions(text, options, several) {
  let letters = lettersOf(text, options) ?? textsOf(text, options, several);
  if (!letters && several) {
    const plain = stripOf(words(text), " .!?");
    if (py.options.ALL.includes(plain)) letters = [...options.keys()];
    else if (py.options.NONE.includes(plain)) letters = [];
  }
  if (!letters) {
    const part = byPart(text, options);
    letters = part ? [part] : several ? byWords(text, options) : null;
  }
  const known = [...options.keys()].join(", ");
  if (!letters) return unreadable("not_an_option", text, { known });
  const picked = [...options.keys()].filter((letter) => letters.includes(letter));
  if (!several && picked.length !== 1) return unreadable("one_option_only", text, { known });
  return reading(several ? "multi" : "choice", { type: "picked", letters: picked }, picked.join(", ") || "-");
}

function textsOf(text, options, several) {
  const one = byText(text, options);
  return one ? [one] : several ? byTexts(text, options) : null;
}

function lettersOf(text, options) {
  const letters = [...options.keys()].map((letter) => [casefold(letter), letter]);
  const known = new Map([...letters, ...placesOf(options)]);
  const plain = stripOf(words(replaced(py.options.BECAUSE, "", text)), "\"'„“”«»?! ");
  const tokens = splitAt(py.options.SEPARATORS, plain);
  const found = tokens.filter((token) => token && (known.has(token) || !py.options.FILLERS.includes(token)));
  const offered = [...options.values()].map(fold);
  const apart = found.flatMap((part) => (known.has(part) || offered.includes(part) ? [part] : Array.from(part)));
  if (!apart.length || apart.length > Math.max(found.length, 2 * options.size)) return null;
  return apart.every((token) => known.has(token)) ? apart.map((token) => known.get(token)) : null;
}

/** Each digit and the option in that place; none where an option is a number itself. */
function placesOf(options) {
  if ([...options.values()].some((text) => DECIMALS.test(fold(text)))) return [];
  return [...options.keys()].slice(0, 9).map((letter, at) => [String(at + 1), letter]);
}

/** The letter of the one option whose text this is, with or without its letter before it. */
function byText(text, options) {
  const one = exactly(text, options);
  if (one) return one;
  const lettered = matchAt(py.options.LETTERED, text);
  if (!lettered) return null;
  const letter = [...options.keys()].find((each) => casefold(each) === casefold(lettered[1]));
  return letter && sameText(lettered[2], options.get(letter)) ? letter : null;
}

function exactly(text, options) {
  let same = [...options.keys()].filter((letter) => sameText(text, options.get(letter)));
  if (same.length > 1) same = same.filter((letter) => tight(options.get(letter)) === tight(text));
  return same.length === 1 ? same[0] : null;
}

function sameText(text, option) {
  if (tight(text) === tight(option)) return true;
  const folded = fold(latex(text));
  return folded !== "" && folded === fold(option) && !search(py.options.ARITHMETIC, option);
}

/** The letter of the one option that has these words, one after another; da and ne only where it begins. */
function byPart(text, options) {
  const said = spelt(text);
  if (!said.length) return null;
  const begins = said.length === 1 && ["da", "ne"].includes(said[0]);
  if (!begins && (size(said.join("")) < py.options.SHORTEST || search(py.options.ARITHMETIC, text))) return null;
  const fits = (whole) => (begins ? whole[0] === said[0] : contains(whole, said));
  const found = [...options.keys()].filter((letter) => fits(spelt(options.get(letter))));
  return found.length === 1 ? found[0] : null;
}

/** Several options, each named by one word: ``pad unk``. */
function byWords(text, options) {
  const said = spelt(text).filter((word) => !py.options.FILLERS.includes(word));
  const letters = said.map((word) => byPart(word, options));
  return said.length > 1 && letters.every(Boolean) ? letters : null;
}

/** The words, without diacritics and the marks around them. */
function spelt(text) {
  const plain = words(signs(latex(text))).replaceAll("-", "");
  return split(plain).map((piece) => stripOf(piece, ".,;:!?()<>[]\"'„“”«»")).filter((word) => word);
}

/** Whether the words stand there and none that denies is left out. */
function contains(whole, part) {
  if (whole.some((word) => py.options.DENYING.includes(word) && !part.includes(word))) return false;
  return whole.some((_, at) => part.every((word, index) => whole[at + index] === word));
}

const ALL_SPACES = new RegExp(`[${SPACES}]+`, "gu");

/** The text in lower case without spaces, every sign and accent kept. */
const tight = (text) => rstrip(casefold(signs(latex(text))).replace(ALL_SPACES, ""), ".");

function byTexts(text, options) {
  for (const separator of py.options.BETWEEN) {
    const found = splitAt(separator, text).map(strip).filter((piece) => piece);
    const letters = found.map((piece) => byText(piece, options) || byPart(piece, options));
    if (found.length > 1 && letters.every(Boolean)) return letters;
  }
  return null;
}
