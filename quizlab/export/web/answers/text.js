// Python's view of text: lengths and places in code points, its white space, its strip and split.

const SPACES = UNICODE.spaces;
const EDGES = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "gu");
const GAPS = new RegExp(`[${SPACES}]+`, "u");
const PAIRED = /[\ud800-\udbff][\udc00-\udfff]/;

const isSpace = (char) => GAPS.test(char);

/** How many code points a text has. */
const size = (text) => (PAIRED.test(text) ? Array.from(text).length : text.length);

/** The place of an index as Python counts it, from 1. */
const placeOf = (text, index) => String(size(text.slice(0, Math.max(0, index))) + (index < 0 ? 0 : 1));

const strip = (text) => text.replace(EDGES, "");

/** Without the given characters (white space if none are given) at its end. */
function rstrip(text, chars) {
  let end = text.length;
  while (end > 0 && (chars ? chars.includes(text[end - 1]) : isSpace(text[end - 1]))) end -= 1;
  return text.slice(0, end);
}

function lstrip(text, chars) {
  let start = 0;
  while (start < text.length && chars.includes(text[start])) start += 1;
  return text.slice(start);
}

const stripOf = (text, chars) => rstrip(lstrip(text, chars), chars);

/** The pieces between white space. */
const split = (text) => text.split(GAPS).filter((piece) => piece);

/** The text with spaces before it, until it is as long as another. */
const padded = (text, length) => " ".repeat(Math.max(0, length - size(text))) + text;

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
