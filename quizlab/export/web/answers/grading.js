// Grades what was typed: the key, the accepted forms, then the known wrong paths.

/**
 * Grades one typed answer; what cannot be read is not wrong, it is "unreadable" with a code and its arguments.
 *
 * @param {object} given the question as it is posed, as Python's `plain` gives it
 * @param {string} typed
 */
function grade(given, typed) {
  const question = prepared(given);
  const { params } = question;
  const found = read(question, typed, params);
  if (isUnreadable(found)) return result({ outcome: "unreadable", ...found });
  const key = keyOf(question);
  if (question.kind === "choice") return gradedChoice(question, found, params);
  if (question.kind === "multi") return gradedMulti(question, found, params, key);
  if (question.kind === "open") return gradedOpen(question, found, key);
  return gradedTyped(question, found, params, key);
}

const NOTHING = { understood: "", key: "", tag: "", says: "", special: {}, missing: [], share: 0 };
const result = (found) => ({ ...NOTHING, code: "", args: {}, part: 0, ...found });

function gradedChoice(question, found, params) {
  const [letter] = found.value.letters;
  const { answer: key, dispute } = question;
  if (letter === key) return result({ outcome: "right", understood: letter, key, share: 1 });
  const camp = dispute && letter === dispute.option;
  const { tag, says } = camp ? dispute : question.options[letter];
  const outcome = camp ? "right" : "wrong";
  return result({ outcome, understood: letter, key, tag, says: filled(says, params), share: Number(Boolean(camp)) });
}

function gradedMulti(question, found, params, key) {
  const chosen = found.value.letters;
  const extra = chosen.filter((letter) => !question.answer.includes(letter)).sort()[0];
  if (extra) {
    const { tag, says } = question.options[extra];
    return result({ outcome: "wrong", understood: found.shown, key, tag, says: filled(says, params) });
  }
  const share = chosen.length / question.answer.length;
  const outcome = share === 1 ? "right" : chosen.length ? "partial" : "wrong";
  return result({ outcome, understood: found.shown, key, share });
}

function gradedOpen(question, found, key) {
  const said = found.value.points;
  const missing = question.points.map((_, at) => at + 1).filter((number) => !said.includes(number));
  const outcome = !missing.length ? "right" : said.length ? "partial" : "wrong";
  return result({ outcome, understood: found.shown, key, missing, share: said.length / question.points.length });
}

function gradedTyped(question, found, params, key) {
  const understood = found.shown;
  const is = (known) => same(question, found, known);
  const right = { outcome: "right", understood, key, share: 1 };
  const [first, ...others] = question.right;
  if (is(first)) return result(right);
  const special = specialCase(found, question);
  if (special) return result({ ...right, special: { [special[0]]: plainNumber(special[1]) } });
  if (others.some(is)) return result(right);
  const mistake = question.mistakes[question.wrong.findIndex((known) => is(known) || isBatched(question, found, known) || isRounded(question, found, known))];
  if (!mistake) return result({ outcome: "wrong", understood, key });
  return result({ outcome: "wrong", understood, key, tag: mistake.tag, says: filled(mistake.says, params) });
}

/** A whole number for whoever called: a Number, or its digits where that would not be exact. */
const plainNumber = (whole) => (Number.isSafeInteger(Number(whole)) ? Number(whole) : String(whole));
