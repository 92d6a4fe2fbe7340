// A practice cut short: kept in the browser until it is finished, and taken up again with the same questions.

const KEPT = "quizlab:vjezbanje:1:"; // and the id of the practice: tabs never write over each other
const ASKED = "quizlab:tko-vjezba:1"; // written to ask other tabs which practices they are at
const MINE = "quizlab:moje-vjezbanje:1"; // what this tab was at; it outlives a reload, not the tab
const MOST = 5; // so many practices cut short are kept, the newest

const isText = (value) => typeof value === "string";
const isCount = (value) => Number.isInteger(value) && value >= 0;

/** A short checksum of the questions: only the page that they were asked by can ask them again. */
function checksum() {
  const text = document.getElementById("data").textContent;
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16);
}

/** Whether an item can be posed: a question that is there, numbers that it has, its own letters in some order. */
function isItem(item) {
  if (!isObject(item) || !QUESTIONS.has(item.question) || !isText(item.order)) return false;
  const { question, variants } = QUESTIONS.get(item.question);
  const letters = hasOptions(question) ? Object.keys(question.options) : [];
  const fits = [...item.order].sort().join() === [...letters].sort().join();
  return fits && Number.isInteger(item.variant) && item.variant >= -1 && item.variant < variants.length;
}

function isDone(one) {
  const outcome = isObject(one) && ["right", "partial", "wrong", "skipped"].includes(one.outcome);
  if (!outcome || !isItem(one.item) || !isText(one.says) || typeof one.seconds !== "number") return false;
  return one.outcome === "skipped" ? one.entry === null : entryOf(one.entry) !== null;
}

/** A practice out of its text; nothing if this page would not have written it. */
function practiceOf(text, page) {
  const found = parsed(text || "");
  if (!isObject(found) || found.page !== page || !isText(found.id) || !isText(found.tab) || !isText(found.at))
    return null;
  const { plan, queue, done, current, hints } = found;
  const ids = (list) => Array.isArray(list) && list.every((id) => QUESTIONS.has(id));
  const planned = isObject(plan) && ids(plan.pool) && isCount(plan.limit) && plan.order in RANKS;
  if (!planned || !["asked", "other", "auto"].includes(plan.numbers) || !ids(queue) || !isCount(hints)) return null;
  if (!Array.isArray(done) || !done.length || !done.every(isDone)) return null;
  return current === null || isItem(current) ? found : null;
}

/** The practices of this browser that can be taken up, those of other tabs left to them. */
class Resume {
  constructor(taken, changed) {
    this.tab = randomId();
    this.at = null; // the practice that this tab is at
    this.busy = new Set(); // what other tabs are at
    this.taken = taken;
    this.changed = changed;
    window.addEventListener("storage", (event) => this.heard(event));
  }

  get page() {
    this.sum ||= checksum();
    return this.sum;
  }

  /** Keep a practice as it stands; one in which nothing is done is not worth it. */
  keep(session) {
    if (!session.done.length) this.drop(session.id);
    this.at = session.id;
    if (!session.done.length) return;
    const { id, plan, queue, done, current, hints } = session;
    const kept = { id, tab: this.tab, page: this.page, at: new Date().toISOString(), plan, queue, done, current, hints };
    try {
      sessionStorage.setItem(MINE, id);
      localStorage.setItem(KEPT + id, JSON.stringify(kept));
    } catch {
      // the answers are what counts, and the notice about them says it already
    }
  }

  /** It is over: there is nothing to go on with. */
  drop(id) {
    if (this.at === id) this.at = null;
    try {
      localStorage.removeItem(KEPT + id);
    } catch {
      // nothing was kept
    }
  }

  /** Whether this tab was at a practice when it was loaded anew. */
  get interrupted() {
    try {
      return this.kept().some((each) => each.id === sessionStorage.getItem(MINE));
    } catch {
      return false;
    }
  }

  /** The practice to offer: this tab's own, else the newest that no other tab is at. */
  offered() {
    const free = this.kept().filter((each) => !this.busy.has(each.id));
    let mine = null;
    try {
      mine = sessionStorage.getItem(MINE);
    } catch {
      // then there is no way to tell
    }
    return free.find((each) => each.id === mine) || free[0] || null;
  }

  /** What is kept, newest first; what can no longer be taken up goes. */
  kept() {
    const found = [];
    try {
      const names = Array.from(localStorage, (_, at) => localStorage.key(at)).filter((name) => name.startsWith(KEPT));
      for (const name of names) {
        const one = practiceOf(localStorage.getItem(name), this.page);
        if (one && KEPT + one.id === name) found.push(one);
      }
    } catch {
      return [];
    }
    found.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
    for (const old of found.splice(MOST)) this.drop(old.id);
    return found;
  }

  forget() {
    for (const each of this.kept()) this.drop(each.id);
  }

  /** Ask other tabs what they are at; those that are there answer at once. */
  ask() {
    this.busy.clear();
    try {
      localStorage.setItem(ASKED, JSON.stringify({ asks: randomId() }));
    } catch {
      // then no other tab keeps anything either
    }
  }

  heard(event) {
    const said = event.key === ASKED ? parsed(event.newValue || "") : null;
    if (isObject(said) && said.asks && this.at !== null) {
      localStorage.setItem(ASKED, JSON.stringify({ at: this.at, tab: this.tab }));
    } else if (isObject(said) && isText(said.at)) {
      this.busy.add(said.at);
      this.changed();
    } else if (event.key !== null && event.key === KEPT + this.at) {
      const other = parsed(event.newValue || "");
      if (isObject(other) && other.tab !== this.tab) this.taken(); // a tab that slept has lost its practice to another
    } else if (event.key === null || event.key.startsWith(KEPT)) this.changed();
  }
}
