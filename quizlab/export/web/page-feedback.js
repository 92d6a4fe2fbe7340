// What is said after an answer: the verdict with its diagnosis, the explanation, the proof.

const SIGNS = { right: "✓", wrong: "✗", partial: "◐" };

/** An image that stands in the page once is shown again by its number. */
function withPictures(root) {
  for (const image of root.querySelectorAll("img[data-same]")) {
    const number = image.dataset.same;
    const places = [document, ...[...document.querySelectorAll("#proofs > template")].map((each) => each.content)];
    const found = places.map((each) => each.querySelector(`img[data-picture="${number}"]`)).find((each) => each);
    if (found) image.src = found.src;
  }
  return root;
}

/** The proof of what was asked, from the guide or from the variant's own place. */
function proofOf(item) {
  const at = QUESTIONS.get(item.question).at;
  const found =
    item.variant < 0
      ? byId(at).querySelector("[data-proof]")
      : byId(`${at}-v${item.variant}`).content.querySelector("[data-proof]");
  return withPictures(document.importNode(found, true));
}

/** The verdict first, then how the answer was understood and what is said of it. */
function verdictOf(question, result, typed) {
  const lead = make(
    "p",
    { class: "outcome" },
    make("span", { "aria-hidden": "true" }, `${SIGNS[result.outcome]} `),
    make("b", {}, `${capital(OUTCOMES[result.outcome])}.`),
  );
  const plain = (text) => text.split(/\s+/).join("").toLowerCase();
  if (!isTicked(question) && plain(typed) !== plain(result.understood))
    lead.append(` Pročitano kao: ${keyText(result.understood)}.`);
  const said = saidOf(question, result);
  const right =
    result.outcome !== "right" && !isTicked(question)
      ? make("p", { class: "right" }, "Točno: ", ...rightOf(question, result.key), ".")
      : null;
  return [lead, said.length ? make("p", {}, ...said) : null, right].filter((each) => each);
}

function saidOf(question, result) {
  const { points } = question;
  if (result.outcome === "right") return [];
  if (isTicked(question))
    return [
      `Rečeno: ${points.length - result.missing.length} od ${counted(points.length, "točke", "točke", "točaka")}.`,
    ];
  if (result.says) return rich(sentence(result.says));
  return result.outcome === "partial" ? ["Nisu svi točni odgovori označeni."] : [];
}

/** The letters of the key, in their order. */
const keyed = (question) => [question.answer].flat().sort();

function rightOf(question, key) {
  if (!hasOptions(question)) return [make("strong", {}, keyText(key))];
  return keyed(question).flatMap((letter, at) => [
    at ? "; " : "",
    make("strong", {}, letter),
    " (",
    ...rich(phrase(quizlab.fill(question.options[letter].text, question.params))),
    ")",
  ]);
}

function feedbackOf(question, result, times) {
  const parts = [];
  if (isTicked(question) && result.missing.length) {
    const missing = result.missing.map((number) =>
      make("li", { value: String(number) }, ...filled(question.points[number - 1].text, question)),
    );
    parts.push(make("p", {}, "Nedostaje:"), make("ol", {}, ...missing));
  }
  if (result.outcome === "right" && result.says) parts.push(make("p", {}, ...rich(result.says)));
  for (const [symbol, size] of Object.entries(result.special || {})) {
    parts.push(make("p", {}, `To je slučaj ${symbol} = ${size}; općenito je ${result.key}.`));
  }
  parts.push(make("p", { class: "why" }, ...filled(question.explain, question)));
  if (times > 1) parts.push(make("p", { class: "again" }, `Ista pogreška: ${times}. put.`));
  return parts;
}

/** What was measured of a key point, if anything was. */
const measuredOf = (claim) =>
  claim &&
  make(
    "span",
    { class: "measured" },
    make("span", { "aria-hidden": "true" }, claim.sign),
    " ",
    make("span", { class: "unseen" }, `${claim.role}: `),
    claim.says,
  );

/** The first table or image of the proof, and the whole folded under it. */
function provedOf(item) {
  const whole = proofOf(item);
  const first = whole.querySelectorAll("[data-first]");
  if (!first.length) return whole.querySelector(".missing") ? [whole] : [wholeProof(whole)];
  return [make("div", { class: "proof" }, ...first), wholeProof(whole)];
}

function wholeProof(whole) {
  return make("details", { class: "whole", id: "whole" }, make("summary", {}, "Cijeli dokaz i isječak koda"), whole);
}

/** Which options are right and which was chosen, in words as well. */
function coloured(field, question, result) {
  if (!hasOptions(question)) return;
  const chosen = result.understood.split(/[\s,]+/);
  for (const each of field.querySelectorAll("[data-letter]")) {
    const { letter } = each.dataset;
    const right = keyed(question).includes(letter) || (result.outcome === "right" && chosen.includes(letter));
    const note = right ? "točno" : chosen.includes(letter) ? "krivo" : "";
    if (note) {
      each.classList.add(right ? "is-right" : "is-wrong");
      each.append(
        make(
          "span",
          { class: "mark" },
          `${right ? "✓" : "✗"} ${note}${chosen.includes(letter) ? ", tvoj odgovor" : ""}`,
        ),
      );
    }
  }
}
