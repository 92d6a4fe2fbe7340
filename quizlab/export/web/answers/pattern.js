// Regular expressions as Python reads them, and used as Python uses them. They come from quizlab/answers: there
// \w, \d, \s, \b, $ and the dot are Unicode's, and ignoring case knows İ, ı, ſ and the Kelvin sign.

const WORD = String.raw`\p{L}\p{N}_`;
const LETTER = String.raw`\p{L}\p{Nl}\p{No}_`;
const OUTSIDE = {
  "\\w": `[${WORD}]`,
  "\\W": `[^${WORD}]`,
  "\\d": String.raw`\p{Nd}`,
  "\\s": `[${SPACES}]`,
  "\\S": `[^${SPACES}]`,
  "\\b": `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
};
const INSIDE = { "\\w": WORD, "\\d": String.raw`\p{Nd}`, "\\s": SPACES };
const ALSO = { i: "İı", s: "ſ", k: "\u212a", å: "\u212b" };
const PIECE = /\[(?:\\[^]|[^\]\\])+\]|\(\?P?<[A-Za-z]\w*>|\(\?(?:<?[=!]|:)|\\[^]|[^]/gu;

/** Every case of a letter that Python lets stand for it. */
function cases(char) {
  const lower = char.toLowerCase();
  const upper = char.toUpperCase();
  return lower === upper || size(upper) > 1 ? char : lower + upper + (ALSO[lower] ?? "");
}

/** A class in brackets. What is no \W and no \d either is a letter, or a number that is no digit. */
function bracketed(piece, fold) {
  const negated = /^\[\^\\W(\\d)?/.exec(piece);
  const body = piece.slice(negated ? negated[0].length : 1, -1);
  const plain = body.replace(/\\[^]|[^]/gu, (one) => INSIDE[one] ?? (fold ? cases(one) : one));
  if (!negated) return `[${plain}]`;
  const kinds = `[${negated[1] ? LETTER : WORD}]`;
  return plain ? `(?:(?![${plain}])${kinds})` : kinds;
}

function translated(pattern, { fold = false, dotall = false } = {}) {
  return pattern.replace(PIECE, (piece) => {
    if (piece.length > 1 && piece[0] === "[") return bracketed(piece, fold);
    if (piece.startsWith("(?P<")) return `(?<${piece.slice(4)}`;
    if (piece === ".") return dotall ? "[^]" : "[^\\n]";
    if (piece === "$") return "(?=\\n?$)";
    const spread = fold && size(piece) === 1 ? cases(piece) : piece;
    return OUTSIDE[piece] ?? (spread === piece ? piece : `[${spread}]`);
  });
}

const REGEXES = new Map();

/** A pattern of Python's, its flags (?is) before it, as JavaScript's RegExp; it may have to be the whole text. */
function regex(pattern, flags = "", whole = false) {
  const form = whole ? "whole" : flags;
  if (!(REGEXES.get(form)?.size < 500)) REGEXES.set(form, new Map());
  const known = REGEXES.get(form);
  if (!known.has(pattern)) {
    const own = /^\(\?([is]+)\)/.exec(pattern) ?? ["", ""];
    const body = translated(pattern.slice(own[0].length), { fold: own[1].includes("i"), dotall: own[1].includes("s") });
    known.set(pattern, new RegExp(whole ? `^(?:${body})$` : body, `u${flags}`));
  }
  return known.get(pattern);
}

const fullmatch = (pattern, text) => regex(pattern, "", true).exec(text);
const search = (pattern, text) => regex(pattern).exec(text);
const matchesIn = (pattern, text) => [...text.matchAll(regex(pattern, "g"))];
const replaced = (pattern, by, text) => text.replace(regex(pattern, "g"), by);
const splitAt = (pattern, text) => text.split(regex(pattern));

/** What a pattern matches at a place; the match knows its `end`. */
function matchAt(pattern, text, at = 0) {
  const sticky = regex(pattern, "y");
  sticky.lastIndex = at;
  const found = sticky.exec(text);
  if (found) found.end = sticky.lastIndex;
  return found;
}
