// Reading: search and filters. What they choose is also what practice asks from.

const ARTICLES = [...document.querySelectorAll("article[data-id]")];
const LINES = new Map(
  [...document.querySelectorAll("#contents li")].map((line) => [line.firstElementChild.hash.slice(1), line]),
);
const FILTERS = ["bank", "topic", "kind", "verdict", "known"];
const INDEX = new Map();

function indexed(article) {
  if (!INDEX.has(article)) INDEX.set(article, folded(article.textContent));
  return INDEX.get(article);
}

function knowledge(last) {
  return !last ? "new" : last.outcome === "right" ? "known" : "unknown";
}

class Reading {
  constructor(store) {
    this.store = store;
    this.form = byId("filters");
    this.chosen = ARTICLES;
    let timer = 0;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", () => this.apply());
    this.form.addEventListener("reset", () => setTimeout(() => this.apply()));
    byId("search").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.apply(), 120);
    });
    byId("unfold").addEventListener("click", () => this.unfold(byId("unfold").getAttribute("aria-pressed") !== "true"));
  }

  unfold(open) {
    for (const each of document.querySelectorAll("details.answer")) each.open = open;
    byId("unfold").setAttribute("aria-pressed", String(open));
  }

  apply() {
    const words = folded(byId("search").value)
      .split(" ")
      .filter((word) => word);
    const wanted = FILTERS.map((name) => [name, this.form.elements[name].value]).filter(([, value]) => value);
    const latest = this.store.latest();
    this.chosen = ARTICLES.filter((article) => this.fits(article, words, wanted, latest));
    this.show(new Set(this.chosen));
    const all = this.chosen.length === ARTICLES.length;
    byId("count").textContent = all
      ? questionsIn(ARTICLES.length)
      : `${questionsIn(this.chosen.length)} od ${grouped(ARTICLES.length)}`;
    byId("chosen").textContent = wanted.length ? ` (${wanted.length})` : "";
    byId("clear").hidden = !wanted.length && !words.length;
    byId("nothing").hidden = this.chosen.length > 0;
    byId("pool").textContent = this.chosen.length
      ? `Bira se među odabranima: ${questionsIn(this.chosen.length)}.`
      : "Nijedno pitanje ne odgovara odabiru gore, pa se nema što vježbati.";
    byId("start").disabled = !this.chosen.length;
  }

  fits(article, words, wanted, latest) {
    const found = { ...article.dataset };
    if (wanted.some(([name]) => name === "known")) found.known = knowledge(latest.get(found.id));
    if (wanted.some(([name, value]) => found[name] !== value)) return false;
    return words.every((word) => indexed(article).includes(word));
  }

  show(chosen) {
    for (const article of ARTICLES) {
      article.hidden = !chosen.has(article);
      const line = LINES.get(article.id);
      if (line) line.hidden = article.hidden;
    }
    for (const each of document.querySelectorAll("section.topic, section.bank")) {
      each.hidden = !each.querySelector("article:not([hidden])");
    }
  }

  /** Small marks beside questions that were answered before. */
  mark() {
    const latest = this.store.latest();
    for (const article of ARTICLES) {
      const last = latest.get(article.dataset.id);
      const before = article.querySelector(":scope > h4 > .known");
      if (before) before.remove();
      if (last) {
        const sign = last.outcome === "right" ? "✓" : last.outcome === "wrong" ? "✗" : "◐";
        const said = make("span", { class: "unseen" }, ` (zadnji put: ${OUTCOMES[last.outcome]})`);
        const mark = make(
          "span",
          { class: `known ${last.outcome}` },
          make("span", { "aria-hidden": "true" }, ` ${sign}`),
          said,
        );
        article.querySelector(":scope > h4").append(mark);
      }
    }
  }
}
