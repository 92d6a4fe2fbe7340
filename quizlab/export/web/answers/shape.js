// Shapes: sizes between brackets, or joined by ×; the batch dimension may have any name.
// Without commas ``64x32``, ``64 × 32`` and ``64 32`` are two sizes. One size alone (``32``) is a shape of one
// dimension, unless it is a product: ``64*32`` could be one size or two and is asked again; ``(64*32,)`` is one.

const DIGITS = /^[0-9]+$/;

/** Reads a shape of any number of dimensions. */
function readShape(text, part, params) {
  let plain = signs(text);
  if (plain.endsWith(").") || plain.endsWith("].")) plain = plain.slice(0, -1);
  if (["skalar", "scalar"].includes(words(plain))) return reading("shape", dims([]), "()");
  plain = unlabelledShape(plain);
  const missing = unbalanced(plain);
  if (missing) {
    const place = Number(placeOf(plain, missing.at)) + indexOfSize(signs(text), plain);
    return unreadable("missing_bracket", text, { bracket: missing.bracket, position: String(place) });
  }
  let inner = enclosed(plain);
  if (inner !== null) inner = enclosed(inner) ?? inner;
  const names = new Names([...part.symbols, part.batch || py.shape.BATCH, ...numeric(params).keys()]);
  const sizes = sizesOf(inner ?? plain, names, part);
  if (inner === "") return reading("shape", dims([]), "()");
  if (sizes.length === 1 && isProduct(plain, sizes[0])) {
    const parts = sizes[0].split(/[*×]/).map(strip);
    return unreadable("ambiguous_shape", text, { one: `(${sizes[0]},)`, other: `(${parts.join(", ")})` });
  }
  return builtShape(text, sizes, names, part, params);
}

const dims = (sizes) => ({ type: "dims", sizes });

function unlabelledShape(text) {
  let plain = text;
  const saying = matchAt(py.shape.SAYING, plain);
  if (saying) plain = plain.slice(saying.end);
  const label = matchAt(py.shape.LABEL, plain);
  if (label) plain = plain.slice(label.end) || plain;
  plain = uncounted(plain);
  const prefix = matchAt(py.shape.PREFIX, plain);
  return prefix ? plain.slice(prefix.end) : plain;
}

/** The sizes without the nouns that they count and without what they hold for; columns before rows stay unread. */
function uncounted(text) {
  if (search(py.shape.COLUMNS_FIRST, text) || search(py.shape.AND_WHY, text)) return text;
  return replaced(py.shape.COUNTED, "", replaced(py.shape.LONG_EACH, " x ", replaced(py.shape.FOR, "", text)));
}

/** How many characters stand before a piece; 0 if it is not there as it stands. */
function indexOfSize(text, piece) {
  const index = text.indexOf(piece);
  return index < 0 ? 0 : size(text.slice(0, index));
}

const isProduct = (plain, one) => one.replaceAll("**", "^").includes("*") && !plain.includes(",");

function sizesOf(given, names, part) {
  const found = pieces(given);
  if (found.length > 1) {
    const last = found[found.length - 1];
    return (strip(last) ? found : found.slice(0, -1)).map(strip);
  }
  const text = split(given).map((word) => apart(word, names, part)).join(" ");
  const multiplied = splitAt(py.shape.TIMES, text).map(strip);
  if (multiplied.length > 1) return multiplied;
  const [first, ...others] = split(text);
  const simple = others.every((piece) => DIGITS.test(piece) || names.one(piece));
  const begins = first && (fullmatch(py.shape.FIRST, first) || py.shape.ANY_BATCH.includes(casefold(first)));
  return others.length && simple && begins ? [first, ...others] : [strip(text)];
}

/** BxCxH with spaces around each x, if every piece is then a size. */
function apart(word, names, part) {
  const found = word.split(/[xX]/);
  if (found.length < 2 || names.one(word)) return word;
  const known = found.map((piece) => DIGITS.test(piece) || names.one(withoutBatch(piece, names)));
  const first = part.batch && fullmatch(py.shape.NAME, found[0]);
  return known.slice(1).every(Boolean) && (known[0] || first) ? found.join(" x ") : word;
}

function builtShape(text, given, names, part, params) {
  const several = (all) => (part.batch ? withBatch(all, names, part.batch) : all.map((one) => withoutBatch(one, names)));
  const sizes = given.length > 1 ? several(given) : given;
  if (sizes.length > py.shape.MOST) return unreadable("not_a_shape", text);
  const found = [];
  for (const one of sizes) {
    const read = readSize(text, one, names, part, params);
    if (isUnreadable(read)) return read;
    found.push(read);
  }
  const shown = found.map((one) => one.echo);
  const inside = shown.length === 1 ? `${shown[0]},` : shown.join(", ");
  return reading("shape", dims(found.map((one) => one.formula)), `(${inside})`);
}

/** One size, as a formula with its echo. */
function readSize(text, given, names, part, params) {
  if (!given) return unreadable("not_a_shape", text);
  if (search(py.shape.LEADING_ZERO, given)) return unreadable("not_a_size", text, { size: given });
  const formula = parse(given, names);
  if (isUnreadable(formula)) return movedTrouble(formula, text, given);
  if (formula.names.some((name) => part.symbols.includes(name) || name === (part.batch || (params.has(py.shape.BATCH) ? "" : py.shape.BATCH)))) {
    return { formula, echo: formula.shown };
  }
  const value = evaluate(formula, numeric(params));
  if (!isWhole(value) || value < 0n) return unreadable("not_a_size", text, { size: given });
  return { formula, echo: String(value) };
}

/** The trouble with one size, its position counted in the whole text. */
function movedTrouble(trouble, text, given) {
  if (!("position" in trouble.args)) return trouble;
  const place = Number(trouble.args.position) + indexOfSize(signs(text), given);
  return { ...trouble, args: { ...trouble.args, position: String(place) }, part: 0 };
}

/** A size of a shape that has no batch; the batch in any of its usual names becomes one symbol. */
const withoutBatch = (one, names) => (py.shape.BATCH_SAID.includes(words(one)) && !names.one(one) ? py.shape.BATCH : one);

/** The sizes with the typed name of the batch dimension replaced by the part's symbol for it. */
function withBatch(sizes, names, batch) {
  const [first, ...others] = sizes;
  if (py.shape.ANY_BATCH.includes(words(first))) return [batch, ...others];
  if (!fullmatch(py.shape.NAME, first) || names.one(first)) return sizes;
  const again = String.raw`(?<!\w)${escaped(first)}(?!\w)`;
  return [batch, ...others.map((one) => replaced(again, () => batch, one))];
}

/** Whether every size is the measured one. */
function holdsShape(value, measured, env) {
  if (!Array.isArray(measured) || !measured.every(isNumber)) return false;
  const sizes = shapeAt(value, env);
  return sizes !== null && sizes.length === measured.length && sizes.every((one, at) => sameValue(one, measured[at]));
}

/** The sizes, with the names bound; null if one is no size. */
function shapeAt(value, env) {
  const sizes = [];
  for (const formula of value.sizes) {
    const found = evaluate(formula, env);
    const one = found === null ? found : wholeOf(found);
    if (!isWhole(one) || one < 0n) return null;
    sizes.push(one);
  }
  return sizes;
}
