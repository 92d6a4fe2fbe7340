// Intervals: (−1, 1), <−1, 1>, ]−1, 1[, [0, ∞), −1 < x ≤ 1, x > 0, ℝ.
// Open and closed ends differ, so a range that does not say which (``od −1 do 1``) is asked again.

/** Reads an interval; its ends may be expressions over the parameters. */
function readInterval(text, part, params) {
  let plain = strip(signs(text));
  const said = matchAt(py.interval.NAMED, plain);
  if (said) plain = strip(plain.slice(said.end)) || plain;
  const member = matchAt(py.interval.MEMBER, plain);
  if (member) plain = plain.slice(member.end);
  plain = strip(plain);
  if (!plain) return unreadable("not_an_interval", text);
  if (py.interval.REALS.includes(words(plain))) return span(-Infinity, Infinity, false, false);
  const ends = { text, names: new Names([...part.symbols, ...numeric(params).keys()]), params };
  const openly = search(py.interval.OPENLY, plain);
  const inside = openly ? betweenEnds(plain.slice(0, openly.index)) : null;
  if (Array.isArray(inside)) return builtInterval(ends, ...inside, false, false);
  const found = bracketedInterval(plain, ends) ?? inequality(plain, ends) ?? unsaid(text, plain, ends);
  if (isUnreadable(found) && found.code === "ends_not_said" && said?.groups.ends) {
    const closed = "zZ".includes(said.groups.ends[0]);
    return builtInterval(ends, ...betweenEnds(plain), closed, closed);
  }
  return found;
}

function bracketedInterval(plain, ends) {
  const [first, last] = [plain[0], plain[plain.length - 1]];
  if (size(plain) > 2 && py.interval.LEFT.has(first) && py.interval.RIGHT.has(last)) {
    const both = middle(plain.slice(1, -1));
    if (isUnreadable(both)) return both;
    if (both !== null) return builtInterval(ends, ...both, py.interval.LEFT.get(first), py.interval.RIGHT.get(last));
  }
  if (py.interval.LEFT.has(first) && middle(plain.slice(1)) && !py.interval.RIGHT.has(last)) {
    return unreadable("missing_bracket", ends.text, { bracket: ")", position: "1" });
  }
  if (py.interval.RIGHT.has(last) && middle(plain.slice(0, -1)) && !py.interval.LEFT.has(first)) {
    return unreadable("missing_bracket", ends.text, { bracket: "(", position: String(size(plain)) });
  }
  return null;
}

function inequality(plain, ends) {
  const within = fullmatch(py.interval.WITHIN, plain);
  if (within) {
    const closed = within.groups.sign !== "<";
    return builtInterval(ends, `-(${within.groups.end})`, within.groups.end, closed, closed);
  }
  const both = fullmatch(py.interval.BETWEEN, plain);
  if (both) return betweenSigns(plain, both, ends);
  const one = fullmatch(py.interval.ONE_SIDE, plain);
  const other = one ? null : fullmatch(py.interval.OTHER_SIDE, plain);
  if (!one && !other) return null;
  const { sign: written, end } = (one ?? other).groups;
  const sign = one ? written : mapped(written, py.interval.TURNED);
  const closed = !"<>".includes(sign);
  const upwards = ">≥".includes(sign[0]);
  return upwards ? builtInterval(ends, end, "∞", closed, false) : builtInterval(ends, "-∞", end, false, closed);
}

function betweenSigns(plain, [, low, first, second, high], ends) {
  if ("<≤".includes(first[0]) !== "<≤".includes(second[0])) return unreadable("not_an_interval", plain);
  const [closed, other] = [!"<>".includes(first), !"<>".includes(second)];
  const falling = ">≥".includes(first[0]);
  return falling ? builtInterval(ends, high, low, other, closed) : builtInterval(ends, low, high, closed, other);
}

function unsaid(text, plain, ends) {
  const both = betweenEnds(plain);
  if (both === null) return unreadable("not_an_interval", text);
  if (isUnreadable(both)) return both;
  const open = builtInterval(ends, ...both, false, false);
  if (isUnreadable(open)) return unreadable("not_an_interval", text);
  if (Math.abs(open.value.low) === Infinity && Math.abs(open.value.high) === Infinity) return open;
  const closed = builtInterval(ends, ...both, true, true);
  return unreadable("ends_not_said", text, { open: open.shown, closed: closed.shown });
}

/** The two ends of what has no brackets: ``−1, 1`` or ``od −1 do 1``. */
function betweenEnds(plain) {
  const both = middle(plain);
  const range = both === null ? fullmatch(py.interval.RANGE, words(plain)) : null;
  return range ? [range[1], range[2]] : both;
}

/** The two ends, separated by a semicolon or by the one comma that is no decimal comma. */
function middle(text) {
  for (const separator of py.interval.SEPARATORS) {
    const found = splitAt(separator, text);
    if (found.length === 2 && found.every(strip)) return found;
    if (separator !== ",") continue;
    if (found.length === 4) return [`${found[0]},${found[1]}`, `${found[2]},${found[3]}`];
    if (found.length === 3) {
      const [a, b, c] = found;
      return unreadable("ambiguous_number", text, { one: `${a},${b}; ${c}`, other: `${a}; ${b},${c}` });
    }
  }
  return null;
}

function builtInterval(ends, low, high, lowClosed, highClosed) {
  const [first, second] = [intervalEnd(ends, low), intervalEnd(ends, high)];
  if (isUnreadable(first)) return first;
  if (isUnreadable(second)) return second;
  return first > second ? unreadable("not_an_interval", ends.text) : span(first, second, lowClosed, highClosed);
}

function intervalEnd({ text, names, params }, end) {
  const infinite = fullmatch(py.interval.INFINITE, words(end));
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  const formula = parse(strip(end), names);
  if (isUnreadable(formula)) return formula;
  const value = evaluate(formula, numeric(params));
  if (value === null) return unreadable("no_value", text);
  const found = Number(value);
  return Number.isFinite(found) ? found : unreadable("too_big", text);
}

function span(low, high, lowClosed, highClosed) {
  const value = tidySpan(low, high, lowClosed, highClosed);
  const ends = [endShown(low), endShown(high)];
  const between = ends.some((end) => end.includes(",")) ? "; " : ", ";
  const [left, right] = [value.lowClosed ? "[" : "(", value.highClosed ? "]" : ")"];
  return reading("interval", value, `${left}${ends.join(between)}${right}`);
}

/** An interval whose infinite ends are open. */
function tidySpan(low, high, lowClosed, highClosed) {
  const [first, second] = [lowClosed && Math.abs(low) !== Infinity, highClosed && Math.abs(high) !== Infinity];
  return { type: "span", low, high, lowClosed: first, highClosed: second };
}

function endShown(end) {
  if (Math.abs(end) === Infinity) return end > 0 ? "∞" : "−∞";
  return show(Number.isInteger(end) ? BigInt(end) : computed(end));
}

/** Whether both ends are the measured ones, and open or closed alike. */
function holdsInterval(value, measured) {
  if (!Array.isArray(measured) || measured.length !== 4 || !measured.slice(0, 2).every(isNumber)) return false;
  const other = tidySpan(...measured);
  const closed = value.lowClosed === other.lowClosed && value.highClosed === other.highClosed;
  return closed && equal(value.low, other.low) && equal(value.high, other.high);
}
