// An answer and, behind it, why: ``1 (crno-bijele slike)``, ``2, jer …``, ``9312 - s pristranostima``.
// What stands behind may explain and nothing else: it is no second answer, no «ili», no «plus još».

/** The ways to take the end of a text for an explanation, the shortest explanation first. */
function ways(given) {
  const text = signs(given);
  const found = [];
  for (const place of matchesIn(py.explained.BEHIND, text).slice(-py.explained.MOST).reverse()) {
    const rest = strip(text.slice(place.index + place[0].length));
    const answer = rstrip(text.slice(0, place.index), " ,;:");
    const sign = rest.startsWith("(") ? "(" : strip(place[0]) || "jer";
    if (strip(answer) && canExplain(rest, sign) && !cutsBracket(answer)) found.push({ answer, rest, sign });
  }
  return found;
}

function canExplain(rest, sign) {
  const plain = words(signs(rest));
  if (sign === "(" && enclosed(rstrip(rest, ".")) === null) return false;
  if (search(py.explained.OTHER, plain) || matchAt(py.explained.ADDING, plain)) return false;
  if (!search(sign === "(" ? py.explained.NAMES : py.explained.WORD, rest)) return false;
  if (sign === "(" || matchAt(py.explained.WHY, plain) || matchAt(py.explained.THAT_IS, rest)) return true;
  return Boolean(matchAt(py.explained.SOON, rest)) && !/[0-9]/.test(rest);
}

/** What stands behind, without its brackets and without what leads to it. */
function saidBehind({ rest, sign }) {
  const whole = rstrip(strip(rest), ".");
  const inside = sign === "(" ? whole.slice(1, -1) : whole;
  const lead = search(py.explained.THAT_IS, inside);
  return strip(lead ? inside.slice(0, lead.index) + inside.slice(lead.index + lead[0].length) : inside) || "-";
}

/** Whether what stands behind explains the answer before it, and is no other answer. */
function explains(way, before, behind) {
  const plain = words(signs(way.rest));
  if ("-:".includes(way.sign) && (before.kind === "formula" || !search(py.explained.CLOSED, way.answer))) return false;
  const { value } = before;
  const bracketed = /[)\]]$/.test(rstrip(way.answer));
  if (value.type === "dims" && value.sizes.length < 2 && !bracketed) return false;
  if (value.type === "span") {
    const { lowClosed: low, highClosed: high } = value;
    if (plain.includes("zatvoren") && !(low && high)) return false;
    if (search(py.explained.OPEN, plain) && (low || high)) return false;
  }
  const label = way.sign === "(" && fullmatch(py.explained.NAME, saidBehind(way));
  if (isUnreadable(behind) || matchAt(py.explained.WHY, plain) || label) return true;
  if (value.type === "dims" && behind.value.type === "dims") {
    return way.sign === "(" && behind.value.sizes.every((each) => value.sizes.some((one) => alike(each, one)));
  }
  const [one, other] = [before, behind].map(formulaOf);
  return Boolean(one && other) && alike(one, other);
}

const formulaOf = ({ value }) => (value.type === "quantity" ? value.formula : value.type === "formula" ? value : null);

const cutsBracket = (answer) =>
  ["()", "[]", "{}"].some(([opening, closing]) => answer.split(opening).length > answer.split(closing).length);
