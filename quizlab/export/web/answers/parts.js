// Several answers at once: ``32 i 784``, ``(M−1, (K−1)·M)``, ``(n,q), (q,), (m,q)``, ``U: (n,q); S: (q,)``.
// The first way of cutting that gives as many readable pieces as there are parts wins. Round brackets around
// everything are dropped, except where the parts are shapes and the brackets could belong to one.

/** Reads as many answers as there are parts, each with ``one``. */
function readParts(text, parts, params, one) {
  let first = null;
  let found = 1;
  for (const cutting of cuttings(text, parts)) {
    if (cutting.length !== parts.length) {
      found = found === 1 ? cutting.length : found;
      continue;
    }
    const named = ordered(cutting, parts).map((piece) => unlabelled(piece, parts));
    const result = together(named, parts, params, one);
    if (!isUnreadable(result)) return result;
    first = first ?? result;
  }
  const counts = { expected: String(parts.length), found: String(found), parts: partNames(parts) };
  return first ?? unreadable("wrong_number_of_parts", text, counts);
}

const partNames = (parts) => parts.map((part, at) => part.name || `${at + 1}. dio`).join("; ");

/** Reads each piece as its part. */
function together(texts, parts, params, one) {
  const readings = [];
  for (const [at, part] of parts.entries()) {
    const found = one(texts[at], part, params);
    if (isUnreadable(found)) return { ...found, part: at + 1 };
    readings.push(found);
  }
  return reading("tuple", readings, readings.map((each) => each.shown).join("; "));
}

function cuttings(text, parts) {
  const kinds = new Set(parts.map((part) => part.kind));
  const only = (kind) => kinds.size === 1 && kinds.has(kind);
  const inner = enclosed(text);
  const dropped = inner !== null && !(kinds.has("shape") && !/[([{]/.test(inner));
  const separators = parts.some((part) => part.symbols.includes("i")) ? py.parts.STRONG.slice(0, 1) : [...py.parts.STRONG];
  if (!kinds.has("interval")) separators.push(...py.parts.WEAK);
  if (only("number") && fullmatch(py.parts.ONLY_NUMBERS, signs(text))) separators.push(String.raw`\s+`);
  if (only("shape")) separators.push(py.parts.TOUCHING);
  const texts = dropped ? [inner, text] : [text];
  return texts.flatMap((each) => separators.map((separator) => cut(each, separator)));
}

/** The pieces in the order of the parts, where each piece names its part. */
function ordered(given, parts) {
  const named = given.map((piece) => namedBefore(piece, parts));
  const labels = named.map((piece) => labelOf(piece, parts));
  const names = parts.map((part) => fold(part.name));
  const all = labels.every(Boolean) && [...labels].sort().join("\n") === [...names].sort().join("\n");
  if (!all || new Set(names).size !== names.length) return named;
  return names.map((name) => named[labels.indexOf(name)]);
}

/** The name of a part in any of its forms, or its place: pozitiva, skriveni, prvi, Simple, SME. */
function partPattern(name, place) {
  const [first, ...others] = split(name);
  if (!first) return "";
  const ordinal = py.parts.ORDINALS[place];
  const humps = matchesIn(py.parts.CAMEL, first).map((found) => found[0]);
  const forms = [wordedPart(first, others)];
  if (ordinal) forms.push(String.raw`${ordinal}(?:i|a|o|og|oga|u|om)(?!\w)`);
  if (humps.length > 1) forms.push(...[humps[0], humps.map((hump) => hump[0]).join("")].map((one) => String.raw`${one}(?!\w)`));
  return `(?:${forms.join("|")})`;
}

function wordedPart(first, others) {
  const letters = Array.from(first);
  const stem = letters.length < py.parts.LONG ? escaped(first) : String.raw`${escaped(letters.slice(0, -3).join(""))}\w*`;
  return stem + others.map((other) => String.raw`(?:\s+${escaped(other)})?`).join("");
}

/** The folded name of the part that stands before a colon, written out or shortened; "" where none does. */
function labelOf(piece, parts) {
  const found = matchAt(py.parts.LABEL, signs(piece));
  if (!found) return "";
  const short = parts.find((part, place) => {
    const pattern = part.kind === "text" ? "" : partPattern(part.name, place);
    return pattern && fullmatch(`(?i)${pattern}`, found[1]);
  });
  return fold(short ? short.name : found[1]);
}

function unlabelled(piece, parts) {
  const found = matchAt(py.parts.LABEL, signs(piece));
  const named = found && parts.some((part) => fold(part.name) === labelOf(piece, parts));
  return strip(named ? piece.slice(found.end) : piece);
}

/** The same where an explanation stands behind the name. */
function namedBefore(piece, parts) {
  const tries = [piece, ...ways(piece).map((way) => way.answer)];
  const named = tries.map((one) => [one, namedPiece(one, parts)]).find(([one, other]) => one !== other);
  return named ? named[1] : piece;
}

/** The piece with a colon behind the name of its part, where the name stands apart: ``M − 1 pozitivnih``. */
function namedPiece(piece, parts) {
  for (const [place, part] of parts.entries()) {
    const name = partPattern(part.name, place);
    if (!name || part.symbols.includes(part.name) || part.kind === "text") continue;
    const before = fullmatch(String.raw`(?is)\s*${name}(?=[\s([])\s*(?:(?:je|su|ima)\s+)?(?![\s:=])(.+)`, piece);
    if (before) return `${part.name}: ${before[1]}`;
    const behind = fullmatch(String.raw`(?is)(.*?[\w)\]])\s+(?:za\s+)?${name}\s*`, piece);
    if (behind) return `${part.name}: ${strip(behind[1])}`;
  }
  return piece;
}
