// From what the keyboard or the clipboard gave to plain characters, before any kind reads them.

const INVISIBLE = "\u200b\u2060\ufeff\u00ad";
const LINE_ENDS = "\r\n\u2028\u2029";
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, "gu");

const SIGNS = new Map(
  [
    ["−–—‒‐‑﹣", "-"],
    ["⋅·•∙∗✱⊙⊗∘", "*"],
    ["✕⨯✖╳", "×"],
    ["÷∕⁄", "/"],
    ["’‘′´`ʼ", "'"],
    ["〈❬‹", "⟨"],
    ["〉❭›", "⟩"],
    ["ˆ", "^"],
    ["∶", ":"],
    ["ς", "σ"],
  ].flatMap(([many, one]) => Array.from(many, (char) => [char, one])),
);

/** Bounds the text, refuses characters nobody can see, and makes compatibility forms and spaces plain. */
function clean(typed) {
  if (size(typed) > LIMIT) return tooLong(typed, typed);
  let kept = "";
  let position = 0;
  for (const char of typed) {
    position += 1;
    if (INVISIBLE.includes(char)) continue;
    if (isSpace(char)) kept += LINE_ENDS.includes(char) ? "\n" : " ";
    else if (isOther(char)) return odd(typed, char, position);
    else kept += isKeptForm(char) ? char : char.normalize("NFKC");
  }
  const text = strip(kept.normalize("NFC"));
  if (!text) return unreadable("empty");
  return size(text) > LIMIT ? tooLong(typed, text) : text;
}

function odd(typed, char, position) {
  const code = char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return unreadable("odd_character", typed, { character: `U+${code}`, position: String(position) });
}

const tooLong = (typed, text) => unreadable("too_long", typed, { length: String(size(text)), limit: String(LIMIT) });

/** One character for each mathematical sign: minus, dot, slash, apostrophe, angle bracket. */
const signs = (text) => (ASCII.test(text) && !text.includes("`") ? text : mapped(text, SIGNS));

const mapped = (text, table) => Array.from(text, (char) => table.get(char) ?? char).join("");

const QUOTED = whole(String.raw`(["'„“”«»${"`"}])(.*)(["'“”«»${"`"}])`, { dotall: true });
const CLOSING = anywhere(String.raw`(?<=[\w)\]}>⟩[²³])(?:\.?\s*\?+|\s*\.|\s*…)$`);
const SIZE_ASKED = anywhere(String.raw`[xX×*,]\s*\?$`);
const QUOTES = /["'„“”‟«»‚‘’`´]/u;
const ALL_QUOTES = new RegExp(QUOTES.source, "gu");

/** The text without quotes around it and without a closing full stop or question mark; places stay the same. */
function tidy(text) {
  let plain = strip(text);
  const quoted = QUOTED.exec(plain);
  if (quoted && strip(quoted[2]) && !QUOTES.test(quoted[2])) plain = ` ${rstrip(quoted[2])}`;
  return SIZE_ASKED.test(plain) ? plain : plain.replace(CLOSING, "");
}

const GIVEN_UP = whole(
  "(?:stvarno |bas |to )?(?:ne ?znam|nez|nemam pojma|pojma nemam|nemam ideju|ideju nemam|ne sjecam se|nz|idk|" +
    "i don ?t know|dont know|dunno)(?: to| bas| stvarno| tocno| odgovor)?",
);
const PAUSES = anywhere(String.raw`[\s.,!?…'’-]+`, {}, "g");
const ONLY_ASKING = whole(String.raw`[?\s]+`);

/** Whether somebody says that they do not know; that is no answer, right or wrong. */
const givenUp = (text) => GIVEN_UP.test(strip(words(text).replace(PAUSES, " "))) || ONLY_ASKING.test(text);

const HYPHENS = anywhere(String.raw`[\s\-_‐‑‒–—−]+`, {}, "g");
const SIGNED = anywhere(String.raw`(?:^|(?<=[\s(,;]))[-−](?=[0-9])`, {}, "g");

const undotted = (text) => text.replaceAll("đ", "d").replaceAll("dj", "d");

/** Forgives case, diacritics, đ/dj/d, hyphens, spaces, quotes and closing punctuation; keeps a sign. */
function fold(text) {
  const seen = text.replace(INVISIBLES, "").normalize("NFKC").replace(ALL_QUOTES, "");
  const joined = seen.replace(SIGNED, "\x00").replace(HYPHENS, "").replaceAll("\x00", "-");
  return stripOf(undotted(bare(joined)), ".,;:!?").replace(/[⋅·×]/gu, "*");
}

/** Like `fold`, but words stay apart: lower case, no diacritics, đ as d, single spaces. */
const words = (text) => split(undotted(bare(text))).join(" ");
