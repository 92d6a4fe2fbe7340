// Regular expressions as Python reads them. Patterns stand in these files as they stand in quizlab/answers;
// \w, \d, \s, \b, $ and the dot are Unicode's there, and ignoring case knows İ, ı, ſ and the Kelvin sign.

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

/** A pattern to find anywhere; `flags` are JavaScript's. */
const anywhere = (pattern, options = {}, flags = "") => new RegExp(translated(pattern, options), `u${flags}`);

/** A pattern that must be the whole text. */
const whole = (pattern, options = {}) => new RegExp(`^(?:${translated(pattern, options)})$`, "u");

/** A pattern to match where a text begins, or at a place in it. */
const starting = (pattern, options = {}) => anywhere(pattern, options, "y");

/** What a `starting` pattern matches at a place; the match knows its `end`. */
function matchAt(pattern, text, at = 0) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found) found.end = pattern.lastIndex;
  return found;
}
