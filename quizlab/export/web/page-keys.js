// The keys of a practice, and what they mean.

const COMMANDS = { n: "hint", s: "skip", u: "undo", v: "vary", p: "proof", q: "finish", "?": "help" };

/** Keys as in the terminal, wherever no text is being typed. */
function pressed(practice, event) {
  if (document.body.dataset.view !== "practice" || practice.state === "idle" || byId("help").open) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const { target, key } = event;
  const types = target.matches("input[type=text], input[type=search], select, textarea") && !target.readOnly;
  if (types) {
    if (key === "Escape") byId("asked").focus();
    return;
  }
  if (key === "Enter") {
    if (target.matches("button, summary, a")) return;
    event.preventDefault();
    practice.submit();
  } else if (practice.settings.shortcuts && shortcut(practice, key.toLowerCase())) event.preventDefault();
}

/** Whether the key meant something. */
function shortcut(practice, key) {
  const letters = hasOptions(practice.question) ? Object.keys(practice.question.options) : [];
  const ticks = practice.ticks();
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : letters.indexOf(key);
  if (practice.state !== "after" && place >= 0) {
    if (practice.question.kind === "choice" && place < letters.length) practice.choose(letters[place]);
    else if (ticks[place]) ticks[place].checked = !ticks[place].checked;
    else return false;
    return true;
  }
  if (!(key in COMMANDS)) return false;
  practice.command(COMMANDS[key]);
  return true;
}
