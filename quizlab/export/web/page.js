// The page: joins reading, practice and progress, and shows what works only with scripts.

const SETTINGS = "quizlab:postavke:1";

function complain(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = false;
}

/** What the student chose the last time; nothing where the browser keeps nothing. */
function remembered() {
  try {
    const found = parsed(localStorage.getItem(SETTINGS) || "{}");
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}

function remember(settings) {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(settings));
  } catch {
    // the notice about progress says it already
  }
}

const store = new Store(complain);
const settings = { shortcuts: true, ...remembered() };
const reading = new Reading(store);
window.addEventListener("storage", () => {
  store.refresh(); // another tab answered, took back or deleted
  reading.mark();
});
const setup = byId("setup");

function show(view, focus = true) {
  document.body.dataset.view = view;
  for (const button of byId("views").querySelectorAll("button")) {
    if (button.dataset.show === view) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  if (view === "progress") progress.show();
  if (view === "practice" && practice.state === "idle") resume.ask();
  offer();
  if (view === "read") reading.mark();
  if (view !== "practice" || practice.state === "idle") reading.apply();
  if (focus) window.scrollTo(0, 0);
}

function idle() {
  byId("setup").hidden = false;
  byId("summary").hidden = true;
  byId("sitting").hidden = true;
  document.body.classList.remove("sitting", "summed");
  reading.apply();
  offer();
  byId("practice-title").focus({ preventScroll: true });
}

/** What was cut short and can be gone on with, above the settings of a new practice. */
function offer() {
  const kept = byId("setup").hidden ? null : resume.offered();
  byId("resume").hidden = !kept;
  if (!kept) return;
  const [number, total] = Session.resumed(kept, store).place();
  const left = number > total ? "pitanja više nema, ostao je pregled" : `na redu je pitanje ${number} od ${total}`;
  const answered = kept.done.filter((each) => each.outcome !== "skipped").length;
  byId("resume-text").textContent =
    `${capital(ago(kept.at))} u ${clock(kept.at)}. Odgovoreno: ${questionsIn(answered)}; ${left}.`;
  byId("resume-go").onclick = () => practice.take(Session.resumed(kept, store));
  byId("resume-drop").onclick = () => {
    resume.drop(kept.id);
    offer();
    byId("practice-title").focus({ preventScroll: true });
  };
}

const resume = new Resume(
  () => {
    practice.leave();
    complain("Ovo se vježbanje nastavlja u drugoj kartici preglednika.");
  },
  () => offer(),
);
const practice = new Practice(store, settings, resume, idle);
const progress = new Progress(store, () => {
  if (!store.entries.length) resume.forget();
  progress.show();
  reading.apply();
});

byId("views").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) show(button.dataset.show);
});

for (const name of ["order", "limit", "numbers"]) {
  const kept = [...setup.elements[name]].find((each) => each.value === settings[name]);
  if (kept) kept.checked = true;
}
byId("shortcuts").checked = settings.shortcuts === true;
setup.addEventListener("change", () => {
  for (const name of ["order", "limit", "numbers"]) settings[name] = setup.elements[name].value;
  settings.shortcuts = byId("shortcuts").checked;
  remember(settings);
});
setup.addEventListener("submit", (event) => {
  event.preventDefault();
  const pool = reading.chosen.map((article) => article.dataset.id);
  if (!pool.length) return;
  practice.begin({
    pool,
    limit: Number(setup.elements.limit.value),
    order: setup.elements.order.value,
    numbers: setup.elements.numbers.value,
  });
});

// a link to a question leads to the guide, also from the summary of a practice
function follow() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target || !target.matches("article")) return;
  if (target.hidden) byId("filters").reset();
  if (document.body.dataset.view !== "read") show("read", false);
  setTimeout(() => target.scrollIntoView());
}
window.addEventListener("hashchange", follow);

// what is printed is the guide with all its answers
let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("#read details:not([open])")];
  for (const each of closed) each.open = true;
});
window.addEventListener("afterprint", () => {
  for (const each of closed) each.open = false;
});

drawFormulas(document);
drawFormulas(byId("formulas").content);
withPictures(byId("read"));
byId("without").remove();
for (const id of ["views", "filters"]) byId(id).hidden = false;
show(resume.interrupted && !location.hash ? "practice" : "read", false);
follow();
