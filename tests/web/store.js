// Tabs of one browser over one shelf: random answers, undos and deletions, beside the plainest model of them.
"use strict";

const { readFileSync } = require("node:fs");
const vm = require("node:vm");

const [file, seed] = process.argv.slice(2);
const SHELF = "quizlab:napredak:1";
const source = `${readFileSync(file, "utf8")}; globalThis.Store = Store;`;

/** A browser: its shelf, and whether it keeps anything. */
function browser() {
  const shelf = new Map();
  const state = { full: false, complaints: [] };
  const localStorage = {
    getItem: (key) => (shelf.has(key) ? shelf.get(key) : null),
    setItem: (key, value) => {
      if (state.full) throw new Error("QuotaExceededError");
      shelf.set(key, String(value));
    },
    removeItem: (key) => shelf.delete(key),
  };
  const tab = () => {
    const context = vm.createContext({ localStorage, NAMES: new Map() });
    vm.runInContext(source, context);
    return new context.Store((text) => state.complaints.push(text));
  };
  const kept = () => (shelf.has(SHELF) ? JSON.parse(shelf.get(SHELF)).answers.map((each) => each.typed) : []);
  return { state, tab, kept };
}

const entry = (number) => ({
  at: new Date(Date.UTC(2026, 4, 1) + number * 1000).toISOString(), session: "web-1", question: "q1", params: "{}",
  typed: String(number), understood: "", outcome: "wrong", tag: "", seconds: 1, order: "", share: 0, sure: "", hints: 0,
  mode: "practice",
});

let random = Number(seed);
const below = (limit) => {
  random = (random * 1103515245 + 12345) % 2147483648;
  return Math.floor((random / 2147483648) * limit);
};

function trial() {
  const { state, tab, kept } = browser();
  const tabs = [tab(), tab()];
  const unsaved = [new Set(), new Set()];
  let model = [];
  for (let number = 0; number < 30; number += 1) {
    const which = below(tabs.length);
    const store = tabs[which];
    const act = below(10);
    state.full = below(8) === 0;
    const before = model.join();
    if (act < 6) {
      store.append(entry(number));
      if (state.full) unsaved[which].add(String(number));
      else model = [...model, ...unsaved[which], String(number)];
    } else if (act < 9 && store.entries.length) {
      const gone = store.entries[below(store.entries.length)];
      store.withdraw(gone);
      unsaved[which].delete(gone.typed);
      if (!state.full) model = [...model, ...unsaved[which]].filter((typed) => typed !== gone.typed);
    } else if (act === 9) {
      store.forget();
      unsaved[which].clear();
      model = [];
    } else continue;
    if (!state.full && act < 9) unsaved[which].clear();
    const shown = store.entries.map((each) => each.typed).join();
    if (kept().join() !== model.join()) return { number, act, full: state.full, before, model, kept: kept() };
    if (act < 6 && state.full && !shown.includes(String(number))) return { lost: number };
    if (act < 6 && state.full && !state.complaints.length) return { silent: number };
  }
  return null;
}

const wrong = [];
for (let count = 0; count < 500; count += 1) wrong.push(...[trial()].filter(Boolean));
process.stdout.write(JSON.stringify(wrong.slice(0, 3)));
