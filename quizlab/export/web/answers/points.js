// Key points of an open question, by number: ``1 3``, ``1,3``, ``1-3``, ``sve``, ``ništa``.

/** Reads which of ``count`` points were said. */
function readPoints(text, count) {
  const said = stripOf(words(signs(text)), " .?!\"'„“”«»");
  const every = fullmatch(py.points.EACH_OF, said);
  const all = py.points.ALL.includes(said) || (every && spelledNumber(every[1]) === String(count));
  const plain = replaced(py.points.ORDINAL, (_, stem) => py.points.ORDINALS.get(stem), said);
  if (all) return saidPoints(Array.from({ length: count }, (_, at) => at + 1));
  if (py.options.NONE.includes(plain) || plain === "0") return saidPoints([]);
  const spelled = replaced(py.points.RANGE, (_, first, last) => pointRange(Number(first), Number(last), count), plain);
  let tokens = splitAt(py.points.SEPARATORS, spelled).filter((token) => token && !py.points.FILLERS.includes(token));
  if (tokens.length === 1 && count < 10) tokens = Array.from(tokens[0]);
  const numbers = new Set(tokens.filter((token) => /^[0-9]{1,4}$/.test(token)).map(Number));
  const known = [...numbers].every((number) => number >= 1 && number <= count);
  if (!tokens.length || numbers.size !== new Set(tokens).size || !known) {
    return unreadable("not_a_point", text, { known: `1–${count}` });
  }
  return saidPoints([...numbers].sort((a, b) => a - b));
}

function pointRange(first, last, count) {
  if (!(first >= 1 && first < last && last <= count)) return "0";
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).join(" ");
}

const saidPoints = (points) => reading("open", { type: "said", points }, points.join(", ") || "-");
