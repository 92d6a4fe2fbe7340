// Practice on screen: one question after another, by clicks or by keys.

class Practice {
  constructor(store, settings, resume, finished) {
    this.store = store;
    this.settings = settings;
    this.resume = resume;
    this.finished = finished;
    this.session = null;
    this.state = "idle"; // asking, revealed (the points of an open question), after
    byId("answer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    byId("actions").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && button.dataset.do !== "submit") this.command(button.dataset.do);
    });
    document.addEventListener("keydown", (event) => pressed(this, event));
  }

  begin(plan) {
    this.take(new Session(plan, this.store));
  }

  /** Go on with a session, a new one or one that was cut short. */
  take(session) {
    this.session = session;
    this.summarised(false);
    this.ask();
  }

  /** Another tab goes on with this practice: here it is over. */
  leave() {
    this.state = "idle";
    this.resume.at = null;
    this.finished();
  }

  summarised(yes) {
    byId("summary").hidden = !yes;
    byId("sitting").hidden = yes;
    for (const id of ["setup", "resume"]) byId(id).hidden = true;
    document.body.classList.toggle("sitting", !yes);
    document.body.classList.toggle("summed", yes);
  }

  // --- asking ------------------------------------------------------------------------------------------

  ask() {
    const item = this.session.current;
    if (!item) return this.finish();
    this.resume.keep(this.session);
    const { bank, seen } = QUESTIONS.get(item.question);
    const question = posedAs(item);
    const [number, total] = this.session.place();
    this.question = question;
    this.state = "asking";
    this.shown = performance.now();
    byId("place").textContent = `Pitanje ${number} od ${total}`;
    byId("bar").max = total;
    byId("bar").value = number - 1;
    byId("crumbs").textContent = [
      bank,
      question.topic,
      question.id,
      ...(item.variant < 0 ? [] : ["drugi brojevi"]),
    ].join(" · ");
    byId("asked").replaceChildren(...filled(question.prompt, question));
    const last = this.store.latest().get(question.id);
    const before = last ? `ti: ${ago(last.at)}, ${OUTCOMES[last.outcome]}` : "";
    byId("history").textContent = [seen, before].filter((each) => each).join(" · ");
    for (const id of ["hints", "verdict", "feedback"]) byId(id).replaceChildren();
    byId("verdict").className = "";
    byId("unreadable").textContent = "";
    byId("field").replaceChildren(...fieldOf(question, (letter) => this.choose(letter)));
    for (let step = 1; step <= this.session.hints; step += 1) this.hinted(step); // read before it was cut short
    this.buttons();
    window.scrollTo(0, 0);
    const input = byId("typed");
    (input || byId("asked")).focus({ preventScroll: true });
    return undefined;
  }

  /** The points of an open question, each with what was measured for it. */
  reveal() {
    this.state = "revealed";
    const list = make("fieldset", { class: "options" }, make("legend", {}, "Označi što je rečeno"));
    const { measured } = QUESTIONS.get(this.question.id);
    this.question.points.forEach((point, index) => {
      const text = make("span", { class: "text" }, ...filled(point.text, this.question), measuredOf(measured[index]));
      const tick = make("input", { type: "checkbox", value: String(index + 1) });
      list.append(make("label", { class: "tick" }, tick, make("b", { class: "letter" }, String(index + 1)), text));
    });
    byId("field").replaceChildren(list);
    this.buttons();
    list.querySelector("input").focus({ preventScroll: true });
  }

  ticks() {
    return [...byId("field").querySelectorAll("input[type=checkbox]")];
  }

  typed() {
    if (isTicked(this.question))
      return (
        this.ticks()
          .filter((each) => each.checked)
          .map((each) => each.value)
          .join(" ") || "ništa"
      );
    if (this.question.kind === "multi")
      return this.ticks()
        .filter((each) => each.checked)
        .map((each) => each.value)
        .join(" ");
    return byId("typed") ? byId("typed").value : "";
  }

  choose(letter) {
    if (this.state === "asking") this.grade(letter);
  }

  submit() {
    if (this.state === "after") return this.command("next");
    if (this.state === "asking" && isTicked(this.question)) return this.reveal();
    if (this.question.kind === "choice") return undefined;
    const typed = this.typed();
    const meant = byId("typed") && /^\s*(?::\s*([nsuqv?])|(\?))\s*$/i.exec(typed);
    if (meant) {
      byId("typed").value = "";
      return this.command(COMMANDS[(meant[1] || meant[2]).toLowerCase()]);
    }
    return this.grade(typed);
  }

  grade(typed) {
    let result = null;
    try {
      result = quizlab.grade(this.question, typed);
    } catch {
      byId("unreadable").textContent = "Ovaj odgovor ne mogu ocijeniti. Napiši ga drukčije ili preskoči pitanje.";
      return undefined;
    }
    if (result.outcome === "unreadable") return this.unreadable(typed, result);
    const item = this.session.current;
    const entry = this.session.answered(this.question, typed, result, (performance.now() - this.shown) / 1000);
    this.resume.keep(this.session);
    this.state = "after";
    this.tell(result, entry, item);
    return undefined;
  }

  /** What could not be read is not wrong: it costs nothing, and is asked again. */
  unreadable(typed, result) {
    const letter = typed.trim().toLowerCase();
    if (letter in COMMANDS && byId("typed")) {
      byId("typed").value = "";
      return this.command(COMMANDS[letter]);
    }
    byId("unreadable").textContent = "";
    const said = quizlab.sentence({ ...result, typed }, this.question.kind, DATA.sentences);
    setTimeout(() => {
      byId("unreadable").textContent = said; // in a moment of its own, so that it is read aloud also twice
    });
    const field = byId("typed") || byId("field").querySelector("input");
    if (field) field.focus();
    return undefined;
  }

  // --- after an answer ---------------------------------------------------------------------------------

  tell(result, entry, item) {
    const question = this.question;
    byId("unreadable").textContent = "";
    if (byId("typed")) byId("typed").readOnly = true;
    for (const each of byId("field").querySelectorAll("button, input[type=checkbox]")) each.disabled = true;
    coloured(byId("field"), question, result);
    const times = entry.tag && entry.outcome !== "right" ? this.store.times(entry.tag) : 0;
    const verdict = byId("verdict");
    verdict.className = result.outcome;
    verdict.replaceChildren(...verdictOf(question, result, entry.typed));
    byId("feedback").replaceChildren(...feedbackOf(question, result, times), ...provedOf(item));
    this.buttons();
    byId("actions").querySelector('[data-do="next"]').focus({ preventScroll: true });
    verdict.scrollIntoView({ block: "nearest" });
  }

  // --- commands ----------------------------------------------------------------------------------------

  /** Which buttons mean something now. */
  buttons() {
    const after = this.state === "after";
    const varies = after && QUESTIONS.get(this.question.id).variants.length > 0;
    const hints = (this.question.hints || []).length;
    const shown = {
      submit: !after && this.question.kind !== "choice",
      next: after,
      vary: varies,
      hint: !after && hints > 0 && this.session.hints < hints,
      skip: !after,
      undo: this.session.done.length > 0,
      finish: true,
      help: true,
    };
    for (const button of byId("actions").querySelectorAll("button")) button.hidden = !shown[button.dataset.do];
    const open = this.state === "asking" && isTicked(this.question);
    byId("actions").querySelector('[data-do="submit"]').textContent = open ? "Otkrij točke" : "Odgovori";
  }

  command(name) {
    const after = this.state === "after";
    if (name === "help") return byId("help").showModal();
    if (name === "finish") return this.finish();
    if (name === "undo") return this.undo();
    if (name === "hint" && !after) return this.hint();
    if (name === "skip" && !after) {
      this.session.skip();
      return this.ask();
    }
    if (name === "proof" && after && byId("whole")) {
      byId("whole").open = !byId("whole").open;
      return byId("whole").querySelector("summary").focus();
    }
    if (name === "vary" && after && QUESTIONS.get(this.question.id).variants.length) {
      this.session.ask(this.question.id, true);
      return this.ask();
    }
    if (name === "next" && after) {
      this.session.advance();
      return this.ask();
    }
    return undefined;
  }

  hint() {
    const hints = this.question.hints || [];
    if (this.session.hints >= hints.length) {
      byId("hints").append(make("p", {}, hints.length ? "Više tragova nema." : "Za ovo pitanje nema traga."));
      return;
    }
    this.session.hints += 1;
    this.hinted(this.session.hints);
    this.resume.keep(this.session);
    this.buttons();
    if (byId("typed")) byId("typed").focus({ preventScroll: true });
    else if (document.activeElement === document.body) byId("asked").focus({ preventScroll: true });
  }

  hinted(step) {
    const { hints } = this.question;
    byId("hints").append(
      make("p", {}, make("b", {}, `Trag ${step} od ${hints.length}: `), ...filled(hints[step - 1], this.question)),
    );
  }

  undo() {
    const last = this.session.undo();
    if (!last) return;
    this.ask();
    const said = last.entry
      ? "Poništeno: odgovori ponovno, prijašnji se odgovor ne broji."
      : "Natrag na preskočeno pitanje.";
    byId("hints").append(make("p", {}, said));
  }

  finish() {
    const { session } = this;
    this.state = "idle";
    this.resume.drop(session.id);
    this.summarised(true);
    byId("summary").replaceChildren(
      ...summaryOf(
        session,
        (ids) => this.begin({ ...session.plan, pool: ids, limit: 0 }),
        () => this.finished(),
      ),
    );
    byId("summary").querySelector("h3").focus();
  }
}
