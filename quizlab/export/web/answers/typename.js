// Types, in Python's words and in Croatian: int, cijeli broj, torch.Tensor, tuple[Tensor, Tensor, Tensor].
// Less specific is right: ``tuple`` holds where ``tuple[Tensor, Tensor, Tensor]`` was measured, not the reverse.

const OPENED = /[[(]/;

/** Reads the name of a type, with what it holds if that is said. */
function readType(text) {
  const missing = unbalanced(text);
  if (missing) {
    const position = placeOf(text, missing.at);
    return unreadable("missing_bracket", text, { bracket: missing.bracket, position });
  }
  const found = typeOf(text, 0);
  return found ? reading("type", found, typeShown(found)) : unreadable("unknown_type", text, { known: py.typename.KNOWN });
}

const typeName = (name, inner = [], many = false) => ({ type: "type", name, inner, many });

function typeOf(given, depth) {
  let text = rstrip(strip(given), ".");
  const saying = matchAt(py.typename.SAYING, text);
  if (saying) text = text.slice(saying.end);
  const called = fullmatch(py.typename.CLASS, text);
  if (called) text = called[1] || called[2] || "";
  if (depth > py.typename.DEEPEST || !text) return null;
  const inside = enclosed(text);
  if (inside !== null && "([".includes(text[0])) return bareHolding(text, inside, depth);
  const found = OPENED.exec(text);
  if (!found) return oneType(text) ?? countedType(text);
  const outer = oneType(text.slice(0, found.index));
  const [inner, many] = innerTypes(enclosed(text.slice(found.index)) ?? "", depth);
  if (!outer || !inner) return null;
  const explained = found[0] === "(" && inner.length === 1 && inner[0].name === outer.name && !many;
  const some = found[0] === "(" && inner.length === 1 && outer.name === "tuple";
  return explained ? inner[0] : holding(outer.name, inner, many || some);
}

/** What stands in brackets alone: a tuple or a list, or a type in brackets. */
function bareHolding(text, inside, depth) {
  const [inner, many] = innerTypes(inside, depth);
  if (text[0] === "(" && inner?.length === 1 && pieces(inside).length === 1) return inner[0];
  return inner && holding(text[0] === "(" ? "tuple" : "list", inner, many);
}

/** A type with what it holds; a list or a set says only of what, not how many. */
function holding(outer, inner, many) {
  const alike = new Set(inner.map((one) => JSON.stringify(one))).size === 1;
  if (["list", "set", "frozenset"].includes(outer) && alike) return typeName(outer, inner.slice(0, 1));
  return typeName(outer, inner, many);
}

function innerTypes(text, depth) {
  const found = pieces(text).map(strip);
  const many = found.length === 2 && ["...", "…"].includes(found[1]);
  const parsed = (many ? found.slice(0, 1) : found).filter((one) => one).map((one) => typeOf(one, depth + 1));
  return [parsed.length && parsed.every(Boolean) ? parsed : null, many];
}

function oneType(given) {
  const text = strip(given);
  const name = py.typename.NAMES.get(words(text));
  if (name) return typeName(name);
  if (!fullmatch(py.typename.DOTTED, text) || !(text.includes(".") || text !== text.toLowerCase())) return null;
  return typeName(text.replace(/^np\./, "numpy."));
}

/** tri tenzora, n-torka od 3 tenzora, tuple tenzora. */
function countedType(text) {
  const plain = words(text);
  const both = fullmatch(py.typename.COUNTED_AND, plain);
  if (both) {
    const [outer, several, last] = [both.groups.outer || "tuple", both.groups.inner, both.groups.last].map((word) =>
      py.typename.NAMES.get(strip(word)),
    );
    const count = py.typename.COUNTS.get(both.groups.count) ?? Number(both.groups.count);
    if (outer === "tuple" && several && last) return typeName("tuple", [...Array(count).fill(typeName(several)), typeName(last)]);
  }
  const match = fullmatch(py.typename.COUNTED, plain);
  if (match) {
    const outer = py.typename.NAMES.get(strip(match.groups.outer || "tuple"));
    const inner = py.typename.NAMES.get(strip(match.groups.inner));
    const count = py.typename.COUNTS.get(match.groups.count) ?? Number(match.groups.count);
    return outer && inner ? holding(outer, Array(count).fill(typeName(inner)), false) : null;
  }
  for (const gap of matchesIn(py.typename.OF, plain)) {
    const outer = py.typename.NAMES.get(plain.slice(0, gap.index));
    const inner = py.typename.NAMES.get(plain.slice(gap.index + gap[0].length));
    if (["tuple", "list", "set"].includes(outer) && inner) return holding(outer, [typeName(inner)], true);
  }
  return null;
}

function typeShown({ name, inner, many }) {
  return inner.length ? `${name}[${inner.map(typeShown).join(", ")}${many ? ", ..." : ""}]` : name;
}

/** Whether the measured type is this one, or a more precise form of it. */
function holdsType(value, measured) {
  const found = typeof measured === "string" ? typeOf(measured, 0) : null;
  return found !== null && covers(value, found);
}

function covers(said, found) {
  if (!sameType(said.name, found.name)) return false;
  if (!said.inner.length) return true;
  if (said.many) return found.inner.length > 0 && found.inner.every((inner) => covers(said.inner[0], inner));
  const alike = said.inner.length === found.inner.length && !found.many;
  return alike && said.inner.every((one, at) => covers(one, found.inner[at]));
}

/** Equal names; a name without its module stands for the one in any module. */
function sameType(said, found) {
  const [one, other] = [`.${casefold(said)}`, `.${casefold(found)}`];
  return one.endsWith(other) || other.endsWith(one);
}
