// The sentence for an answer that cannot be read, from the tables of the terminal's own sentences.

/** Safe text on one line; spaces that must not break (294 912) stay what they are. */
const oneLine = (text) =>
  strip(replaced(py.words.UNPRINTABLE, "", text.replaceAll("\r\n", "\n"))).replace(/[ \t\n\r\f\v]+/g, " ");

/**
 * Why an answer cannot be read, how it could be written, and that it costs nothing.
 *
 * @param {object} graded what `grade` gave, with the outcome "unreadable"
 * @param {string} kind the question's kind
 * @param {{unreadable: object, hints: object}} tables sentences by code, examples by kind
 */
function sentence({ code, args, part }, kind, tables) {
  const word = (all, name) => (name in args ? oneLine(args[name]) || "–" : all);
  const said = tables.unreadable[code].replace(/\{(\w+)\}/g, word);
  const hint = code === "given_up" ? "" : ` ${tables.hints[kind]}.`;
  return `${said}${part ? ` (${part}. dio)` : ""}.${hint} Ovo se ne broji.`;
}

/** A text of the bank with its parameters put in; `params` as JSON has them. */
const fill = (text, params) => filled(text, atoms(params));

/** A number as Croatian text sets it. */
const numberText = (value) => setNumber(atom(value));
