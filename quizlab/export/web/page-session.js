// A practice session without a screen: which question comes next, with which numbers, its options in which order.

const GAP = 3; // a question answered wrongly returns after at least so many others
const RETURNS = 2; // and at most so many times

const QUESTIONS = new Map(DATA.questions.map((each) => [each.question.id, each]));
const NAMES = new Map(
  DATA.questions.flatMap((each) => (each.question.aliases || []).map((alias) => [alias, each.question.id])),
);

const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const pick = (list) => list[Math.floor(Math.random() * list.length)];

function shuffle(list) {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

/** Parameters as JSON, as the terminal logs them; numbers that JSON would change come marked ({$float: "1.0"}). */
function numbersText(params) {
  const values = Object.entries(params).map(([name, value]) => {
    const text = isObject(value) ? value.$float || value.$int : JSON.stringify(value);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${values.join(",")}}`;
}

const hasOptions = (question) => question.kind === "choice" || question.kind === "multi";

/** The letters of the bank in the order to show them; the key comes to a place that was right least often. */
function drawOrder(question, places) {
  if (!hasOptions(question)) return "";
  const letters = Object.keys(question.options);
  const last = letters.filter((letter) => question.options[letter].last);
  const free = shuffle(letters.filter((letter) => !last.includes(letter)));
  if (question.kind === "choice" && free.includes(question.answer)) {
    const used = free.map((_, place) => places.filter((each) => each === place).length);
    const least = Math.min(...used);
    free.splice(free.indexOf(question.answer), 1);
    free.splice(pick([...used.keys()].filter((place) => used[place] === least)), 0, question.answer);
  }
  return [...free, ...last].join("");
}

/** The question with its options in that order, lettered anew from a on; key and dispute follow them. */
function reordered(question, order) {
  if (!order) return question;
  const names = Object.keys(question.options);
  const letters = Object.fromEntries([...order].map((old, at) => [old, names[at]]));
  const options = Object.fromEntries([...order].map((old, at) => [names[at], question.options[old]]));
  if (question.kind === "multi") return { ...question, options, answer: question.answer.map((old) => letters[old]) };
  const dispute = question.dispute && { ...question.dispute, option: letters[question.dispute.option] };
  return { ...question, options, dispute, answer: letters[question.answer] };
}

/** The question as an item of a session asks it. */
function posedAs(item) {
  const found = QUESTIONS.get(item.question);
  const numbers = item.variant < 0 ? found.question : { ...found.question, ...found.variants[item.variant] };
  return reordered(numbers, item.order);
}

/** One posing of a question; the numbers of earlier ones are avoided while there are others. */
function compose(id, others, before) {
  const found = QUESTIONS.get(id);
  let variant = -1;
  if (others && found.variants.length) {
    const used = before.filter((item) => item.question === id).map((item) => item.variant);
    const all = found.variants.map((_, index) => index);
    const free = all.filter((index) => !used.includes(index));
    variant = pick(free.length ? free : all.filter((index) => all.length < 2 || index !== used[used.length - 1]));
  }
  const item = { question: id, variant, order: "" };
  const question = posedAs(item);
  const order = drawOrder(
    question,
    before.map((each) => each.place).filter((place) => place >= 0),
  );
  return { ...item, order, place: question.kind === "choice" ? order.indexOf(question.answer) : -1 };
}

/** How soon a question comes, by its last answer; less is sooner. */
const RANKS = {
  wrong: (last) => [!last ? 1 : last.outcome === "right" ? 2 : 0, last ? Date.parse(last.at) : 0],
  new: (last) => [!last ? 0 : last.outcome === "right" ? 2 : 1, last ? Date.parse(last.at) : 0],
  old: (last) => [last ? 0 : 1, last ? Date.parse(last.at) : 0],
};

class Session {
  constructor(plan, store) {
    this.plan = plan; // {pool, limit, order, numbers}
    this.store = store;
    this.id = `web-${randomId()}`;
    this.done = [];
    this.current = null;
    this.hints = 0;
    const latest = store.latest();
    const ranked = shuffle(plan.pool).map((id) => [id, RANKS[plan.order](latest.get(id))]);
    ranked.sort(([, one], [, other]) => one[0] - other[0] || one[1] - other[1]);
    this.queue = ranked.slice(0, plan.limit || undefined).map(([id]) => id);
    this.advance();
  }

  /** A practice that was kept, from where it was cut short: the question that was asked is asked again as it was. */
  static resumed(kept, store) {
    const session = new Session(kept.plan, store);
    Object.assign(session, { id: kept.id, done: kept.done, queue: kept.queue });
    if (kept.current) Object.assign(session, { current: kept.current, hints: kept.hints });
    else session.advance();
    return session;
  }

  /** The questions that are to return, each with how many others were met since. */
  waiting() {
    const found = new Map();
    for (const [index, each] of this.done.entries()) {
      const times = this.done.filter((one) => one.item.question === each.item.question).length;
      found.delete(each.item.question);
      if (["wrong", "partial"].includes(each.outcome) && times <= RETURNS)
        found.set(each.item.question, this.done.length - 1 - index);
    }
    return found;
  }

  advance() {
    const returning = [...this.waiting()].sort(([, one], [, other]) => other - one);
    const met = new Set(this.done.map((each) => each.item.question));
    const fresh = this.queue.filter((id) => !met.has(id));
    const ripe = returning.filter(([, since]) => since >= GAP);
    const next = ripe.length ? ripe[0][0] : fresh.length ? fresh[0] : returning.length ? returning[0][0] : null;
    this.ask(next);
  }

  ask(id, others = false) {
    this.hints = 0;
    this.current = null;
    if (id === null) return;
    const before = this.done.map((each) => each.item);
    const again = before.some((item) => item.question === id);
    const rule = { asked: false, other: true, auto: this.store.latest().has(id) }[this.plan.numbers];
    this.current = compose(id, others || again || rule, before);
  }

  /** Which question of how many is being asked, as far as can be known now. */
  place() {
    const met = new Set(this.done.map((each) => each.item.question));
    const waiting = this.waiting();
    const extra = this.current && met.has(this.current.question) && !waiting.has(this.current.question);
    const fresh = this.queue.filter((id) => !met.has(id)).length;
    return [this.done.length + 1, this.done.length + fresh + waiting.size + (extra ? 1 : 0)];
  }

  /** Log an answer before anybody sees how it came out. */
  answered(question, typed, result, seconds) {
    const right = result.outcome === "right";
    const entry = {
      at: new Date().toISOString().replace("Z", "+00:00"),
      session: this.id,
      question: question.id,
      params: numbersText(question.params),
      typed,
      understood: result.understood,
      outcome: result.outcome,
      tag: result.tag || "",
      seconds: Math.min(1e6, Math.round(seconds * 10) / 10),
      order: this.current.order,
      share: result.share || 0,
      sure: "",
      hints: Math.min(1000, this.hints),
      mode: "practice",
    };
    this.store.append(entry);
    this.done.push({
      item: this.current,
      outcome: result.outcome,
      says: right ? "" : result.says || "",
      seconds: entry.seconds,
      entry,
    });
    this.current = null;
    return entry;
  }

  skip() {
    this.done.push({ item: this.current, outcome: "skipped", says: "", seconds: 0, entry: null });
    this.advance();
  }

  /** Take back what was done last: its question is asked again as it was. */
  undo() {
    const last = this.done.pop();
    if (!last) return null;
    if (last.entry) this.store.withdraw(last.entry);
    this.current = last.item;
    this.hints = 0;
    return last;
  }
}
