// Choices: by letter, by place, by the text of an option or other words for it, or by words that only it can mean.
// A letter is never taken for a text. A digit is the place of an option, unless some option is itself a number:
// there ``1`` means the option 1, and a number that is not offered is asked again. In an option with signs of
// arithmetic every sign and accent counts, for there ``y − ŷ`` and ``ŷ − y`` differ.

const DECIMALS = /^\p{Nd}+$/u;

/** Reads the letters (or the texts) of the options; ``options`` maps each letter to its text and the words for it. */
function readOptions(text, options, several, prompt) {
  let letters = lettersOf(text, options);
  const known = [...options.keys()].join(", ");
  const lettered = letters ? null : fullmatch(py.options.SURELY, text);
  if (lettered) {
    letters = agreed(lettered, options, prompt, several);
    if (letters && !letters.length) return unreadable("not_an_option", text, { known });
  }
  if (!letters) {
    letters = saidOf(text, options, prompt, several) ?? explainedOf(text, options, prompt, several);
    if (letters && letters.length > 1 && !several) return unreadable("several_options", text, { known: letters.join(", ") });
  }
  if (!letters && several) {
    const plain = stripOf(words(text), " .!?");
    if (py.options.ALL.includes(plain)) letters = [...options.keys()];
    else if (py.options.NONE.includes(plain)) letters = [];
  }
  if (!letters) return unreadable("not_an_option", text, { known });
  const picked = [...options.keys()].filter((letter) => letters.includes(letter));
  if (!several && picked.length !== 1) return unreadable("one_option_only", text, { known });
  return reading(several ? "multi" : "choice", { type: "picked", letters: picked }, picked.join(", ") || "-");
}

/** The letter before a text that says the same; none where the text is another option's. */
function agreed(found, options, prompt, several) {
  const letter = [...options.keys()].find((each) => casefold(each) === casefold(found[1]));
  const said = letter ? saidOf(found[2], options, prompt, several) : null;
  if (!said) return null;
  if (said.join() === letter) return said;
  return said.includes(letter) && !several ? [letter] : [];
}

/** The letters that a text means; several where it must be one are all that it could mean. */
function saidOf(text, options, prompt, several) {
  const one = byText(text, options) ?? theFormula(text, options) ?? numbered(text, options);
  if (one) return [one];
  const found = meant(text, options, prompt);
  if (several) return byTexts(text, options, prompt) ?? (found.length === 1 ? found : byWords(text, options, prompt));
  return found.length ? found : null;
}

/** The letter of the option that is the number which a text comes to: ``784 dimenzije``, ``28*28``. */
function numbered(text, options) {
  const decimal = [...options].filter(([, texts]) => DECIMALS.test(fold(texts[0])));
  const values = new Map(decimal.map(([letter, texts]) => [BigInt(fold(texts[0])), letter]));
  if (!values.size) return null;
  const part = { kind: "number", name: "", symbols: [], batch: "", real: false, accept: [], words: {} };
  const found = readNumber(text, part, new Map());
  const said = isUnreadable(found) ? null : numberAt(found.value, new Map());
  return isWhole(said) ? values.get(BigInt(said)) ?? null : null;
}

/** What is said before an explanation, unless that says something else. */
function explainedOf(text, options, prompt, several) {
  const bare = replaced(py.options.DIGITS, "", text);
  const plain = bare === text ? null : saidOf(bare, options, prompt, several);
  if (plain) return several || plain.length === 1 ? plain : null;
  for (const way of ways(text)) {
    const before = saidOf(way.answer, options, prompt, several);
    const letter = before ? null : lettersOf(way.answer, options);
    const behind = saidOf(saidBehind(way), options, prompt, several);
    if (letter && behind && behind.join() === letter.join()) return letter;
    if (before && (several || before.length === 1)) {
      const why = !",;".includes(way.sign) || fullmatch(py.options.BECAUSE, ` ${way.rest}`) !== null;
      const other = mentioned(way.rest, before, options, prompt, why);
      return (!behind && !other) || before.every((one) => behind?.includes(one)) ? before : null;
    }
  }
  return null;
}

function lettersOf(text, options) {
  const letters = [...options.keys()].map((letter) => [casefold(letter), letter]);
  const known = new Map([...letters, ...placesOf(options)]);
  const plain = stripOf(words(replaced(py.options.BECAUSE, "", text)), "\"'„“”«»?! ");
  const tokens = splitAt(py.options.SEPARATORS, plain);
  const found = tokens.filter((token) => token && (known.has(token) || !py.options.FILLERS.includes(token)));
  const offered = [...options.values()].flat().map(fold);
  const apart = found.flatMap((part) => (known.has(part) || offered.includes(part) ? [part] : Array.from(part)));
  if (!apart.length || apart.length > Math.max(found.length, 2 * options.size)) return null;
  return apart.every((token) => known.has(token)) ? apart.map((token) => known.get(token)) : null;
}

/** Each digit and the option in that place; none where an option is a number itself. */
function placesOf(options) {
  if ([...options.values()].some(([text]) => DECIMALS.test(fold(text)))) return [];
  return [...options.keys()].slice(0, 9).map((letter, at) => [String(at + 1), letter]);
}

/** The letter of the one option whose text this is, with or without its letter before it. */
function byText(text, options) {
  const one = exactly(text, options);
  if (one) return one;
  const lettered = matchAt(py.options.LETTERED, text);
  if (!lettered) return null;
  const letter = [...options.keys()].find((each) => casefold(each) === casefold(lettered[1]));
  return letter && options.get(letter).some((one) => sameText(lettered[2], one)) ? letter : null;
}

function exactly(text, options) {
  let same = [...options.keys()].filter((letter) => options.get(letter).some((one) => sameText(text, one)));
  if (same.length > 1) same = same.filter((letter) => options.get(letter).some((one) => tight(one) === tight(text)));
  return same.length === 1 ? same[0] : null;
}

function sameText(text, option) {
  if (tight(text) === tight(option)) return true;
  const folded = fold(worded(text));
  return folded !== "" && folded === fold(option) && !search(py.options.ARITHMETIC, option);
}

/** Several options, each named by one word: ``pad unk``. */
function byWords(text, options, prompt) {
  const said = split(words(text)).filter((word) => !py.options.FILLERS.includes(stripOf(word, ".,;:")));
  const letters = said.map((word) => onlyOne(word, options, prompt));
  return said.length > 1 && letters.every(Boolean) ? letters : null;
}

/** The letter of the only option that a text can mean. */
function onlyOne(text, options, prompt) {
  const found = meant(text, options, prompt);
  return byText(text, options) || (found.length === 1 ? found[0] : null);
}

const ALL_SPACES = new RegExp(`[${SPACES}]+`, "gu");

/** The text in lower case without spaces, every sign and accent kept. */
const tight = (text) => rstrip(casefold(signs(worded(text))).replace(ALL_SPACES, ""), ".");

function byTexts(text, options, prompt) {
  for (const separator of py.options.BETWEEN) {
    const found = splitAt(separator, text).map(strip).filter((piece) => piece);
    const letters = found.map((piece) => onlyOne(piece, options, prompt));
    if (found.length > 1 && letters.every(Boolean)) return letters;
  }
  return null;
}
