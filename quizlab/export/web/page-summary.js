// The summary of a practice.

/** What a session came to, and how to go on. */
function summaryOf(session, repeat, finished) {
  const count = (outcome) => session.done.filter((each) => each.outcome === outcome).length;
  const answered = session.done.length - count("skipped");
  const seconds = session.done.reduce((sum, each) => sum + each.seconds, 0);
  const counts = [
    ["right", "točno"],
    ["partial", "djelomično"],
    ["wrong", "krivo"],
    ["skipped", "preskočeno"],
  ];
  const text = counts
    .filter(([name]) => count(name))
    .map(([name, word]) => `${count(name)} ${word}`)
    .join(", ");
  const parts = [
    make("h3", { tabindex: "-1" }, answered ? `Odgovoreno: ${questionsIn(answered)}` : "Ništa nije odgovoreno"),
  ];
  if (text)
    parts.push(make("p", { class: "score" }, `${capital(text)}${answered ? `, za ${duration(seconds)}` : ""}.`));
  parts.push(...mistakesOf(session));
  const latest = new Map(session.done.map((each) => [each.item.question, each.outcome]));
  const again = [...latest].filter(([, outcome]) => ["wrong", "partial"].includes(outcome)).map(([id]) => id);
  const actions = make("p", { class: "actions" });
  if (again.length) {
    const links = again.flatMap((id, at) => [at ? ", " : "", make("a", { href: `#${QUESTIONS.get(id).at}` }, id)]);
    parts.push(make("p", {}, "Za ponavljanje: ", ...links, "."));
    const button = make("button", { type: "button", class: "main" }, "Vježbaj krive");
    button.addEventListener("click", () => repeat(again));
    actions.append(button);
  }
  const fresh = make("button", { type: "button", class: again.length ? "" : "main" }, "Novo vježbanje");
  fresh.addEventListener("click", finished);
  actions.append(fresh);
  return [...parts, actions];
}

/** What to remember, with the questions in which it was got wrong and how often. */
function mistakesOf(session) {
  const found = new Map();
  for (const { item, says } of session.done) {
    if (!says) continue;
    const each = found.get(says) || { times: 0, questions: new Set() };
    each.times += 1;
    each.questions.add(item.question);
    found.set(says, each);
  }
  if (!found.size) return [];
  const rows = [...found].sort(([, one], [, other]) => other.times - one.times);
  const body = rows.map(([says, { times, questions }]) =>
    make(
      "tr",
      {},
      make("td", {}, [...questions].join(", ")),
      make("td", {}, ...rich(says)),
      make("td", { class: "number" }, String(times)),
    ),
  );
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, "pitanje"),
    make("th", { scope: "col" }, "što zapamtiti"),
    make("th", { scope: "col", class: "number" }, "puta"),
  );
  return [make("table", {}, make("thead", {}, head), make("tbody", {}, ...body))];
}
