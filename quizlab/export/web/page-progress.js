// Progress on screen: how much is known, and carrying it to another browser or to quizlab itself.

class Progress {
  constructor(store, changed) {
    this.store = store;
    this.changed = changed;
    byId("download").addEventListener("click", () => this.download());
    byId("upload").addEventListener("change", (event) => this.upload(event.target));
    byId("forget").addEventListener("click", () => this.forget());
  }

  show() {
    byId("standing").replaceChildren(
      ...(this.store.entries.length ? this.standing() : [make("p", {}, "Još nema odgovora. Započni vježbanje.")]),
    );
    byId("download").disabled = byId("forget").disabled = !this.store.entries.length;
  }

  standing() {
    const latest = this.store.latest();
    const rows = Object.entries(DATA.banks).map(([name, heading]) => {
      const mine = DATA.questions
        .filter((each) => each.bank === name)
        .map((each) => knowledge(latest.get(each.question.id)));
      return [heading, ...["known", "unknown", "new"].map((state) => mine.filter((each) => each === state).length)];
    });
    const head = make(
      "tr",
      {},
      ...["vježba", "znam", "ne znam", "novo"].map((name, at) =>
        make("th", { scope: "col", class: at ? "number" : "" }, name),
      ),
    );
    const body = rows.map(([name, ...numbers]) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, name),
        ...numbers.map((number) => make("td", { class: "number" }, grouped(number))),
      ),
    );
    const total = `${capital(answersIn(this.store.entries.length))}, posljednji ${ago(this.store.entries[this.store.entries.length - 1].at)}.`;
    return [make("p", {}, total), make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))];
  }

  tell(text) {
    byId("carried").textContent = text;
  }

  download() {
    const address = URL.createObjectURL(new Blob([fileOf(this.store.entries)], { type: "application/json" }));
    const link = make("a", { href: address, download: "napredak.json" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    this.tell(
      `U datoteci napredak.json: ${answersIn(this.store.entries.length)}. Učitaj je naredbom quizlab import napredak.json.`,
    );
  }

  async upload(field) {
    const file = field.files[0];
    field.value = "";
    if (!file) return;
    if (file.size > 50e6) {
      this.tell("Datoteka je veća od 50 MB.");
      return;
    }
    const found = answersOf(await file.text());
    if (!Array.isArray(found)) {
      this.tell(found);
      return;
    }
    const fresh = this.store.merge(found);
    this.changed();
    this.tell(
      fresh
        ? `Učitano: ${answersIn(fresh)}.`
        : `Ništa novo: sve odgovore iz te datoteke (${grouped(found.length)}) već imaš.`,
    );
  }

  forget() {
    if (!window.confirm("Obrisati sav napredak iz ovog preglednika? Ne može se vratiti.")) return;
    this.store.forget();
    this.changed();
    this.tell("Napredak je obrisan.");
  }
}
