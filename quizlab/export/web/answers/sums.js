// Options that are formulas: ``i_t ⊙ g_t + f_t ⊙ c_{t-1}`` is ``f_t * c_(t-1) + i_t * g_t``.
// Both are written with plain names (an index of time and an accent become letters) and compared by their values.

/** The letter of the only option with a formula of the same values as the typed one, or null. */
function theFormula(text, options) {
  const plain = plainFormula(text);
  if (size(plain) > py.sums.LONGEST || !search(py.sums.SIGN, plain)) return null;
  const offered = [...options].flatMap(([letter, texts]) =>
    texts.filter((one) => search(py.sums.SIGN, one)).map((one) => [letter, plainFormula(one)]),
  );
  const named = offered.flatMap(([, one]) => matchesIn(py.sums.NAME, one).map((found) => found[0]));
  const names = new Names(named.filter((name) => !py.sums.CALLABLE.includes(name)));
  const said = parse(plain, names);
  if (isUnreadable(said) || !said.names.length) return null;
  const same = offered.filter(([, one]) => sameFormula(said, parse(one, names))).map(([letter]) => letter);
  const found = new Set(same);
  return found.size === 1 ? same[0] : null;
}

function sameFormula(said, other) {
  if (isUnreadable(other)) return false;
  const [one, two] = [said, other].map(({ names }) => [...names].sort().join("\n"));
  return one === two && alike(said, other);
}

/** A formula in names of letters and digits alone, without the name of what it gives. */
function plainFormula(text) {
  let put = replaced(py.sums.NAMED, "", signs(plain(text)).normalize("NFD")).replaceAll("−", "-");
  put = replaced(py.sums.MINUS, "-", replaced(py.sums.ACCENT, "hat", put));
  put = replaced(py.sums.DISTANCE, (_, ...pair) => `d${pair.slice(0, 4).map((one) => one ?? "").join("")}`, put);
  put = replaced(py.sums.NOW, "", replaced(py.sums.INDEXED, "prev", put));
  return rstrip(replaced(py.sums.MARGIN, "m", put), ". ");
}
