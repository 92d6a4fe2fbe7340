// What reading an answer gives: a reading {kind, value, shown}, or an unreadable {code, args, part}.

const isUnreadable = (found) => found !== null && typeof found === "object" && "code" in found;

/** What was typed, safe to show: short, with one mark for each character that cannot be shown. */
function excerpt(typed) {
  const chars = Array.from(typed).slice(0, py.reading.EXCERPT + 1);
  const safe = chars.map((char) => (isPrintable(char) ? char : "\ufffd"));
  return safe.length <= py.reading.EXCERPT ? safe.join("") : `${safe.slice(0, py.reading.EXCERPT).join("")}…`;
}

/** An unreadable with exactly the arguments that its code has. */
function unreadable(code, typed = "", given = {}) {
  const args = {};
  for (const name of py.reading.UNREADABLE_CODES.get(code)) {
    if (name !== "known") args[name] = excerpt(name === "typed" ? typed : given[name]);
  }
  if ("known" in given) args.known = given.known;
  return { code, args, part: 0 };
}

const reading = (kind, value, shown) => ({ kind, value, shown });
