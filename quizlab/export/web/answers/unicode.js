// What Python's Unicode tables say where the browser's own say nothing, or speak of another version of Unicode.
// UNICODE is written into the page by the Python that grades in the terminal, so both refuse the same characters.

/** A set of code points, from runs written as differences: "start length start length …" in base 36. */
function runsOf(packed) {
  const starts = [];
  const ends = [];
  let at = 0;
  packed.split(" ").forEach((step, index) => {
    at += parseInt(step, 36);
    (index % 2 ? ends : starts).push(at);
  });
  return { starts, ends };
}

/** Whether a code point lies in one of the runs; by halving, for there are hundreds of them. */
function inRuns(runs, code) {
  let low = 0;
  let high = runs.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs.starts[middle] <= code) low = middle + 1;
    else high = middle;
  }
  return low > 0 && code < runs.ends[low - 1];
}

const OTHER = runsOf(UNICODE.other);
const COMBINING = runsOf(UNICODE.combining);
const KEPT_FORMS = runsOf(UNICODE.kept);
const FOLDED = new Map(Object.entries(UNICODE.folded));

const ASCII = /^[\x00-\x7f]*$/;
const SEPARATOR = /\p{Z}/u;

/** Whether nobody can see the character: a control, a format mark, a lone surrogate, or nothing at all. */
const isOther = (char) => inRuns(OTHER, char.codePointAt(0));

/** Whether its compatibility form would change a number's meaning: superscripts, fractions, circled digits. */
const isKeptForm = (char) => inRuns(KEPT_FORMS, char.codePointAt(0));

const isPrintable = (char) => char === " " || !(isOther(char) || SEPARATOR.test(char));

/** Python's casefold. Character by character, for a final sigma must not depend on where it stands. */
function casefold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = "";
  for (const char of text) folded += FOLDED.get(char) ?? char.toLowerCase();
  return folded;
}

/** Lower case without diacritics: casefold, then decomposed, then without what combines. */
function bare(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  let plain = "";
  for (const char of casefold(text).normalize("NFKD")) {
    if (!inRuns(COMBINING, char.codePointAt(0))) plain += char;
  }
  return plain;
}
