// What a question is answered with.

const isTicked = (question) => question.kind === "open";

/** What a question is answered with: options, a line of text, or nothing yet before the points are shown. */
function fieldOf(question, choose) {
  if (hasOptions(question)) return [optionsOf(question, choose)];
  if (isTicked(question)) return [make("p", { class: "hint" }, "Objasni naglas, pa otkrij što je trebalo reći.")];
  const help = sentence(DATA.sentences.hints[question.kind]);
  const input = {
    id: "typed",
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "send",
    "aria-describedby": "how unreadable",
  };
  return [
    make("label", { for: "typed" }, "Odgovor"),
    make("input", input),
    make("p", { id: "how", class: "hint" }, help),
  ];
}

function optionsOf(question, choose) {
  const single = question.kind === "choice";
  const list = make(
    "fieldset",
    { class: "options" },
    make("legend", {}, single ? "Odaberi jedan odgovor" : "Označi sve točne odgovore"),
  );
  for (const [letter, option] of Object.entries(question.options)) {
    const inside = [
      make("b", { class: "letter" }, letter),
      make("span", { class: "text" }, ...filled(option.text, question)),
    ];
    if (single) {
      const button = make("button", { type: "button", "data-letter": letter }, ...inside);
      button.addEventListener("click", () => choose(letter));
      list.append(button);
    } else
      list.append(
        make(
          "label",
          { class: "tick", "data-letter": letter },
          make("input", { type: "checkbox", value: letter }),
          ...inside,
        ),
      );
  }
  return list;
}
