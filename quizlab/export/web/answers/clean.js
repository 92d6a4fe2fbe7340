// From what the keyboard or the clipboard gave to plain characters, before any kind reads them.

const LINE_ENDS = "\r\n\u2028\u2029";

/** Bounds the text, refuses characters nobody can see, and makes compatibility forms and spaces plain. */
function clean(typed) {
  if (size(typed) > py.reading.LIMIT) return tooLong(typed, typed);
  let kept = "";
  let position = 0;
  for (const char of typed) {
    position += 1;
    if (py.clean.DROPPED.includes(char)) continue;
    if (char === py.clean.UNSEEN_TIMES) kept += "·";
    else if (isSpace(char)) kept += LINE_ENDS.includes(char) ? "\n" : " ";
    else if (isOther(char)) return odd(typed, char, position);
    else kept += isKeptForm(char) ? char : char.normalize("NFKC");
  }
  const text = strip(alikeLetters(kept.normalize("NFC")));
  if (!text) return unreadable("empty");
  return size(text) > py.reading.LIMIT ? tooLong(typed, text) : text;
}

/** Letters of ours for those of other alphabets that look like them; Greek ones only within a word of ours. */
function alikeLetters(text) {
  const called = (word) => py.names.ALIASES.has(casefold(rstrip(word, py.clean.INSIDE)));
  const ours = (word) => (search(py.clean.LATIN, word) && !called(word) ? mapped(word, py.clean.WITHIN) : word);
  return replaced(py.clean.MIXED, ours, mapped(text, py.clean.ALIKE));
}

function odd(typed, char, position) {
  const code = char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return unreadable("odd_character", typed, { character: `U+${code}`, position: String(position) });
}

const tooLong = (typed, text) => unreadable("too_long", typed, { length: String(size(text)), limit: String(py.reading.LIMIT) });

/** One character for each mathematical sign: minus, dot, slash, apostrophe, angle bracket. */
const signs = (text) => (ASCII.test(text) && !text.includes("`") ? text : mapped(text, py.clean.SIGNS));

const mapped = (text, table) => Array.from(text, (char) => table.get(char) ?? char).join("");

/** The text without quotes around it and without a closing full stop or question mark; places stay the same. */
function tidy(text) {
  let plain = strip(text);
  const quoted = fullmatch(py.clean.QUOTED, plain);
  if (quoted && strip(quoted[2]) && !search(py.clean.QUOTES, quoted[2])) plain = ` ${rstrip(quoted[2])}`;
  return search(py.clean.SIZE_ASKED, plain) ? plain : replaced(py.clean.CLOSING, "", plain);
}

/** Whether somebody says that they do not know; that is no answer, right or wrong. */
const givenUp = (text) =>
  Boolean(fullmatch(py.clean.GIVEN_UP, strip(replaced(py.clean.PAUSES, " ", words(text))))) ||
  Boolean(fullmatch(py.clean.ONLY_ASKING, text));

const undotted = (text) => text.replaceAll("đ", "d").replaceAll("dj", "d");

/** Forgives case, diacritics, đ/dj/d, hyphens, spaces, quotes and closing punctuation; keeps a sign. */
function fold(text) {
  const seen = Array.from(text).filter((char) => !py.clean.DROPPED.includes(char)).join("").normalize("NFKC");
  const marked = replaced(py.clean.SIGNED, "\x00", replaced(py.clean.QUOTES, "", seen));
  const joined = replaced(py.clean.GAPS, "", marked).replaceAll("\x00", "-");
  return stripOf(undotted(bare(joined)), ".,;:!?").replace(/[⋅·×]/gu, "*");
}

/** Like `fold`, but words stay apart: lower case, no diacritics, đ as d, single spaces. */
const words = (text) => split(undotted(bare(text))).join(" ");
