// Cuts an expression into tokens {kind, text, at}; every bracket becomes round and knows its partner.

const DIGIT = /^[0-9]/;

class Scanner {
  constructor(text, names, count) {
    Object.assign(this, { text, names, count, tokens: [], brackets: [] });
    this.exponents = names.one("e") === null;
  }

  run() {
    let at = 0;
    while (at < this.text.length) {
      if (isSpace(this.text[at])) {
        at += 1;
        continue;
      }
      const after = this.next(at);
      if (isUnreadable(after)) return after;
      at = after;
      if (this.tokens.length > py.tokens.MOST) {
        return unreadable("too_long", this.text, { length: `${py.tokens.MOST}+`, limit: String(py.tokens.MOST) });
      }
    }
    const open = this.brackets[this.brackets.length - 1];
    return open ? this.bad("missing_bracket", open.at, { bracket: py.split.PAIRS.get(open.char) }) : this.tokens;
  }

  next(at) {
    const char = String.fromCodePoint(this.text.codePointAt(at));
    if (DIGIT.test(char) || (".,".includes(char) && this.startsNumber(at))) return this.number(at);
    if (py.split.PAIRS.has(char)) {
      const last = this.last();
      const call = last?.kind === "function" && py.evaluate.SEVERAL.includes(last.text);
      this.brackets.push({ char, at, call });
      return this.add("open", "(", at, 1);
    }
    if (py.split.CLOSING.has(char)) return this.close(char, at);
    if (",;".includes(char)) return this.add("comma", ",", at, 1);
    return this.sign(char, at);
  }

  close(char, at) {
    const open = this.brackets[this.brackets.length - 1];
    if (!open || py.split.PAIRS.get(open.char) !== char) {
      return this.bad("missing_bracket", at, { bracket: open ? py.split.PAIRS.get(open.char) : py.split.CLOSING.get(char) });
    }
    this.brackets.pop();
    return this.add("close", ")", at, 1);
  }

  sign(char, at) {
    let found = matchAt(py.tokens.POWER, this.text, at);
    if (found) {
      if (found[0] === "ⁿ" && this.names.one("n") !== "n") {
        return this.bad("unknown_symbol", at, { symbol: "ⁿ", known: this.names.known });
      }
      return this.add("power", mapped(found[0], py.tokens.PLAIN), at, found[0].length);
    }
    found = matchAt(py.tokens.OPERATOR, this.text, at);
    if (found) return this.add("operator", py.tokens.SPELT.get(found[0]) ?? found[0], at, found[0].length);
    found = matchAt(py.tokens.MODULE, this.text, at);
    if (found) return found.end;
    found = matchAt(py.tokens.WORD, this.text, at);
    if (found) return this.word(found[0], at);
    found = matchAt(py.tokens.COMMAND, this.text, at);
    return found ? this.command(found, at) : this.bad("unexpected", at, { symbol: char });
  }

  /** A command of LaTeX that is left: a name as a whole, or nothing that is known. */
  command([symbol, word], at) {
    if (word === py.tokens.DIVIDES && this.last()?.kind === "number") return this.bad("ambiguous_fraction", at, { symbol });
    const name = this.names.one(word);
    if (name === null) return this.bad("unknown_symbol", at, { symbol, known: this.names.known });
    return this.add("name", name, at, symbol.length);
  }

  last() {
    return this.tokens[this.tokens.length - 1];
  }

  startsNumber(at) {
    const last = this.last();
    const afterOperand = last && !["operator", "open", "comma"].includes(last.kind);
    return DIGIT.test(this.text[at + 1] ?? "") && !afterOperand && !this.inCall();
  }

  /** Commas separate arguments inside a call, unless semicolons do. */
  inCall() {
    const open = this.brackets[this.brackets.length - 1];
    return Boolean(open?.call) && !this.text.slice(open.at).includes(";");
  }

  number(at) {
    const end = scan(this.text, at, { commas: !this.inCall(), spaces: true, exponents: this.exponents });
    const scientific = matchAt(py.tokens.OF_TEN, this.text, end) !== null;
    const found = interpret(this.text.slice(at, end), this.count, scientific);
    if (isUnreadable(found)) return found;
    this.tokens.push({ kind: "number", text: found.text, at });
    return end;
  }

  word(word, at) {
    const { names } = this;
    const spoken = py.tokens.SAID.get(casefold(word));
    for (const [kind, text] of [
      ["name", names.one(word)],
      ["function", names.function(word)],
      ["constant", names.constant(word)],
      ["operator", spoken],
      ["number", py.tokens.COUNTED.get(casefold(word))],
    ]) {
      if (text) return this.add(kind, text, at, word.length);
    }
    const raised = matchAt(py.tokens.RAISED, this.text, at);
    if (raised) return this.add("power", casefold(raised[0]).endsWith("kvadrat") ? "2" : "3", at, raised[0].length);
    const last = this.last();
    const afterOperand = last && ["number", "name", "constant", "close", "power"].includes(last.kind);
    if ((word === "x" || word === "X") && afterOperand) return this.add("operator", "*", at, 1);
    if (matchAt(py.tokens.GLUED, word) && last?.kind === "number" && last.text !== "0") return this.add("operator", "*", at, 1);
    return this.glued(word, at);
  }

  /** Several names and functions written together. */
  glued(word, at) {
    const found = this.names.split(word);
    if (!found) return this.bad("unknown_symbol", at, { symbol: word, known: this.names.known });
    for (const piece of found) this.add(this.names.isFunction(piece) ? "function" : "name", piece, at, 0);
    return at + word.length;
  }

  add(kind, text, at, length) {
    this.tokens.push({ kind, text, at });
    return at + length;
  }

  bad(code, at, given) {
    return unreadable(code, this.text, { position: placeOf(this.text, at), ...given });
  }
}

/** Cuts the text into tokens; ``count`` decides what a point or comma inside a number means. */
function tokenize(text, names, count) {
  const mixed = search(py.tokens.MIXED, text);
  if (!mixed) return new Scanner(text, names, count).run();
  const { times } = mixed.groups;
  const position = placeOf(text, mixed.index + mixed[0].length - times.length);
  return unreadable("ambiguous_fraction", text, { symbol: times, position });
}
