// Which known name a typed word means: exactly, in other case, or as several names written together.

const SPLIT_ALIASES = [...py.names.ALIASES].filter(([alias]) => alias.length > 1 || alias === "√");

/** The name with Greek letters called by their names: α_t is alpha_t. */
const spelledOut = (name) => (ASCII.test(name) ? name : mapped(name, py.names.GREEK));

/** Each key that stands for one name only. */
function unambiguous(names, key) {
  const found = new Map();
  for (const name of names) found.set(key(name), [...(found.get(key(name)) ?? []), name]);
  return new Map([...found].filter(([, same]) => same.length === 1).map(([one, [name]]) => [one, name]));
}

/** The text with other words for a name replaced by it, the longest first: W_hx and Whx by W_xh. */
function renamed(text, given) {
  const known = Object.entries(given).flatMap(([name, others]) => others.map((other) => [other, name]));
  known.sort((one, other) => size(other[0]) - size(one[0]));
  return known.reduce((plain, [other, name]) => replaced(wordPattern(other), () => name, plain), text);
}

/** A word in either case, with any space between its own words and with or without its underscores. */
function wordPattern(other) {
  const loose = other.split(" ").map(escaped).join(String.raw`\s+`).replaceAll("_", String.raw`_?\{?`);
  return String.raw`(?i)(?<!\w)${loose}${other.includes("_") ? String.raw`\}?` : ""}(?!\w)`;
}

class Names {
  constructor(allowed) {
    this.allowed = [...new Set(allowed)];
    const folded = new Set(this.allowed.map(casefold));
    this.unique = unambiguous(this.allowed, casefold);
    this.spelt = unambiguous(this.allowed, spelledOut);
    const scored = this.allowed.filter((name) => name.includes("_"));
    const plain = unambiguous(scored, (name) => casefold(name).replaceAll("_", ""));
    this.plain = [...plain].filter(([key]) => !folded.has(key));
  }

  /** The name that the whole word is; in another case where it fits one name only, α as alpha, x_1 as x1. */
  one(word) {
    if (this.allowed.includes(word)) return word;
    const joined = word.replaceAll("_", "");
    const known = this.unique.get(casefold(word)) ?? this.spelt.get(spelledOut(word));
    return known ?? (joined !== word && this.allowed.includes(joined) ? joined : null);
  }

  /** The function that the whole word is; two letters that are names (``ch`` for c·h) are none. */
  function(word) {
    const letters = Array.from(word);
    if (this.one(word) || (letters.length === 2 && letters.every((letter) => this.one(letter)))) return null;
    return py.names.ALIASES.get(casefold(word)) ?? null;
  }

  /** The constant that the whole word is: e or pi. */
  constant(word) {
    const plain = ["π", "Pi", "PI"].includes(word) ? "pi" : word;
    return py.evaluate.CONSTANTS.has(plain) && !this.one(word) ? plain : null;
  }

  /** Names and functions written together, longest first: ``KM``; at last even ``Whh`` for ``W_hh``. */
  split(word) {
    const names = new Map(this.allowed.map((name) => [name, name]));
    const known = new Map([...SPLIT_ALIASES, ...names]);
    const none = new Map();
    const loose = new Map([...this.plain, ...this.unique]);
    const tries = [[names, none], [known, none], [known, this.unique], [known, loose]];
    for (const [exact, folded] of tries) {
      const found = pieced(Array.from(word), exact, folded);
      if (found) return found;
    }
    return null;
  }

  /** Whether a piece of a split word is a function and not a name. */
  isFunction(piece) {
    return FUNCTIONS.has(piece) && !this.allowed.includes(piece);
  }

  /** The names, for a message. */
  get known() {
    return this.allowed.join(", ");
  }
}

function pieced(chars, known, folded) {
  const lengths = [...new Set([...known.keys(), ...folded.keys()].map(size))].sort((a, b) => b - a);
  const rest = [...Array(chars.length).fill(null), []];
  for (let start = chars.length - 1; start >= 0; start -= 1) {
    for (const length of lengths) {
      const tail = start + length <= chars.length ? rest[start + length] : null;
      if (!tail) continue;
      const part = chars.slice(start, start + length).join("");
      const piece = known.get(part) || folded.get(casefold(part));
      if (piece) {
        rest[start] = [piece, ...tail];
        break;
      }
    }
  }
  return rest[0];
}
