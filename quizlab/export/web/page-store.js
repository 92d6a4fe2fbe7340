// Progress: the answers given, in the form of quizlab's own log, kept in the browser and carried as a file.

const SHELF = "quizlab:napredak:1";
const VERSION = 1;
const FIELDS = {
  at: (value) =>
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  session: (value) => typeof value === "string" && value.length > 0 && value.length <= 100,
  question: (value) => typeof value === "string" && /^[a-z][a-z0-9_-]{0,39}$/.test(value),
  params: (value) => typeof value === "string" && isObject(parsed(value)),
  typed: (value) => typeof value === "string",
  understood: (value) => typeof value === "string",
  outcome: (value) => ["right", "wrong", "partial"].includes(value),
  tag: (value) => typeof value === "string",
  seconds: (value) => typeof value === "number" && value >= 0 && value <= 1e6,
  order: (value) => typeof value === "string",
  share: (value) => typeof value === "number" && value >= 0 && value <= 1,
  sure: (value) => ["", "sure", "unsure"].includes(value),
  hints: (value) => Number.isInteger(value) && value >= 0 && value <= 1000,
  mode: (value) => ["practice", "blic"].includes(value),
};
const OPTIONAL = { order: "", share: 0, sure: "", hints: 0, mode: "practice" };
const SHARES = { right: 1, partial: 0.5, wrong: 0 };

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer from outside with all its fields; nothing if any of them is not what the log would have written. */
function entryOf(found) {
  if (!isObject(found) || Object.keys(found).some((name) => !(name in FIELDS))) return null;
  const entry = { ...OPTIONAL, share: SHARES[found.outcome], ...found };
  return Object.entries(FIELDS).every(([name, fits]) => fits(entry[name])) ? entry : null;
}

/** The answers in the text of a file, or a sentence about what is wrong with it. */
function answersOf(text) {
  const found = parsed(text.replace(/^\ufeff/, ""));
  if (!isObject(found) || !Array.isArray(found.answers)) return "Ovo nije napredak koji zapisuje quizlab.";
  if (found.version !== VERSION) return "Tu je datoteku zapisao noviji quizlab. Izvezi ovu stranicu ponovno.";
  const entries = found.answers.map(entryOf);
  const wrong = entries.indexOf(null);
  return wrong < 0 ? entries : `${wrong + 1}. odgovor u datoteci nije valjan, pa ništa nije učitano.`;
}

/** The log as the file that `quizlab import` reads. */
const fileOf = (entries) =>
  `{"version": ${VERSION}, "answers": [\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}\n]}\n`;

const keyOf = (entry) =>
  JSON.stringify([Date.parse(entry.at), entry.session, entry.question, entry.typed, entry.params]);

/** Two logs as one, oldest first, without answers that are there already. */
function merged(mine, others) {
  const keys = new Set(mine.map(keyOf));
  const fresh = others.filter((entry) => !keys.has(keyOf(entry)));
  return [...mine, ...fresh].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** The log of this browser. Where it keeps nothing, answers last as long as the page is open. */
class Store {
  constructor(complain) {
    this.complain = complain;
    this.entries = [];
    this.unsaved = []; // what the browser would not keep
    this.spoiled = false;
    this.load();
  }

  load() {
    let text = null;
    try {
      text = localStorage.getItem(SHELF);
    } catch {
      this.complain(
        "Preglednik ovdje ne čuva podatke: napredak vrijedi dok je stranica otvorena. Prije zatvaranja ga preuzmi.",
      );
    }
    const found = text === null ? [] : answersOf(text);
    if (Array.isArray(found)) this.entries = found;
    else {
      this.spoiled = true; // what cannot be read is not written over
      this.complain(
        "Spremljeni napredak ne može se pročitati. Ostaje kakav jest, a novi odgovori vrijede dok je stranica otvorena.",
      );
    }
  }

  change(next) {
    const there = this.refresh();
    this.entries = next(this.entries);
    if (this.spoiled) return;
    try {
      localStorage.setItem(SHELF, fileOf(this.entries));
      this.unsaved = [];
    } catch {
      const kept = new Set((there || []).map(keyOf));
      this.unsaved = this.entries.filter((entry) => !kept.has(keyOf(entry)));
      this.complain("Preglednik nije spremio posljednji odgovor. Preuzmi napredak prije nego što zatvoriš stranicu.");
    }
  }

  /** Take over what another tab wrote, took back or deleted meanwhile; null where the browser lets nothing be read. */
  refresh() {
    const there = this.spoiled ? null : this.stored();
    if (there) this.entries = [...there, ...this.unsaved];
    return there;
  }

  stored() {
    try {
      const text = localStorage.getItem(SHELF);
      const found = text === null ? [] : answersOf(text);
      return Array.isArray(found) ? found : null;
    } catch {
      return null;
    }
  }

  append(entry) {
    this.change((entries) => [...entries, entry]);
  }

  withdraw(entry) {
    const key = keyOf(entry);
    this.change((entries) => entries.filter((each) => keyOf(each) !== key));
  }

  merge(others) {
    const before = this.entries.length;
    this.change((entries) => merged(entries, others));
    return this.entries.length - before;
  }

  forget() {
    this.spoiled = false;
    this.entries = [];
    this.unsaved = [];
    try {
      localStorage.removeItem(SHELF);
    } catch {
      // nothing was kept
    }
  }

  /** The last answer to each question. */
  latest() {
    const last = new Map();
    for (const entry of this.entries) last.set(NAMES.get(entry.question) || entry.question, entry);
    return last;
  }

  times(tag) {
    return this.entries.filter((entry) => entry.tag === tag && entry.outcome !== "right").length;
  }
}
