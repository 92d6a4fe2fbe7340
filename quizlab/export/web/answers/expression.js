// From tokens to a formula {source, names, shown}: implicit products made explicit, every token checked in its place.
// One thing is refused rather than guessed: ``1/2K``, ``e^-2x``, where a product without a sign could stand above
// or below.

const OPERANDS = ["number", "name", "constant", "open"];

class Writer {
  constructor(text, tokens) {
    Object.assign(this, { text, tokens, names: [], out: [], operand: false, calls: [], commas: [], below: [false] });
    this.powers = new Map();
    this.grouped = [0, -1];
  }

  run() {
    let at = 0;
    while (at < this.tokens.length) {
      const after = this.step(at);
      if (isUnreadable(after)) return after;
      at = after;
    }
    return this.operand ? null : unreadable("unfinished", this.text);
  }

  step(at) {
    const token = this.tokens[at];
    if (token.kind === "function" || OPERANDS.includes(token.kind)) return this.begin(token, at);
    if (token.kind === "operator") return this.operator(token) ?? at + 1;
    if (!this.operand) return this.unexpected(token);
    if (token.kind === "power") {
      this.raise(token.text, token.at);
      return at + 1;
    }
    return (token.kind === "close" ? this.close(token) : this.comma(token)) ?? at + 1;
  }

  begin(token, at) {
    const trouble = this.operand ? this.product(token) : null;
    if (trouble) return trouble;
    if (token.kind === "function") return this.function(at);
    if (token.kind === "name" && this.written()?.text === "**") this.mark(true);
    this.put(token);
    if (token.kind === "open") this.enter(null);
    else this.operand = true;
    return at + 1;
  }

  /** An implicit product before a token. */
  product(token) {
    if (token.kind === "number") return this.unexpected(token);
    if (this.below[this.below.length - 1]) return this.bad("ambiguous_fraction", token);
    this.put({ kind: "operator", text: "*", at: token.at });
    return null;
  }

  /** A call: f(x), f²(x), f^2(x), f x. */
  function(at) {
    const token = this.tokens[at];
    const [power, after] = this.powerAfter(at + 1);
    const start = this.out.length;
    this.put(token);
    if (this.kind(after) === "open") {
      this.put(this.tokens[after]);
      this.enter(token);
      if (power) this.powers.set(this.calls.length, [start, power]);
      return after + 1;
    }
    const alone = ["number", "name", "constant"].includes(this.kind(after));
    const raised = this.kind(after + 1) === "power" || this.textAt(after + 1) === "**";
    if (!alone || py.evaluate.SEVERAL.includes(token.text) || raised || this.isOperand(after + 1)) {
      return this.bad("missing_argument", token);
    }
    this.put({ kind: "open", text: "(", at: token.at });
    this.put(this.tokens[after]);
    this.put({ kind: "close", text: ")", at: token.at });
    this.operand = true;
    if (power) this.raise(power, token.at);
    return after + 1;
  }

  /** The power between a function and its argument, and where the argument begins. */
  powerAfter(at) {
    if (this.kind(at) === "power") return [this.tokens[at].text, at + 1];
    const written = this.textAt(at) === "**" && this.kind(at + 1) === "number" && this.isOperand(at + 2);
    return written ? [this.tokens[at + 1].text, at + 2] : ["", at];
  }

  operator(token) {
    if (!this.operand && !"+-".includes(token.text)) return this.unexpected(token);
    if (this.operand && token.text === "**") this.group(token.at);
    if (this.operand && token.text !== "**") this.mark(token.text === "/" || token.text === "//");
    else if (this.out.length && (this.written().kind === "constant" || this.written().text === "**")) this.mark(true);
    if (this.operand) this.put(token);
    else if (token.text === "-") this.put({ kind: "operator", text: "u-", at: token.at });
    this.operand = false;
    return null;
  }

  close(token) {
    this.put(token);
    this.below.pop();
    const [start, power] = this.powers.get(this.calls.length) ?? [0, ""];
    this.powers.delete(this.calls.length);
    const call = this.calls.pop();
    const commas = this.commas.pop();
    if (call && py.evaluate.SEVERAL.includes(call.text) && commas === 0) return this.bad("missing_argument", call);
    if (power) {
      this.raise(power, token.at);
      this.grouped = [start, this.out.length];
    }
    return null;
  }

  comma(token) {
    const call = this.calls[this.calls.length - 1];
    if (!call || !py.evaluate.SEVERAL.includes(call.text)) return this.unexpected(token);
    this.put(token);
    this.commas[this.commas.length - 1] += 1;
    this.mark(false);
    this.operand = false;
    return null;
  }

  enter(call) {
    this.calls.push(call);
    this.commas.push(0);
    this.below.push(false);
    this.operand = false;
  }

  raise(power, at) {
    this.group(at);
    this.put({ kind: "operator", text: "**", at });
    if (power[0] === "-") this.put({ kind: "operator", text: "u-", at });
    const plain = lstrip(power, "+-");
    this.put({ kind: /^[0-9]+$/.test(plain) ? "number" : "name", text: lstrip(plain, "0") || "0", at });
    this.operand = true;
  }

  /** Brackets around f²(x) just written, which is to be raised again. */
  group(at) {
    const [start, end] = this.grouped;
    if (end !== this.out.length) return;
    this.out.splice(start, 0, { kind: "open", text: "(", at });
    this.out.push({ kind: "close", text: ")", at });
  }

  put(token) {
    if (token.kind === "name" && !this.names.includes(token.text)) this.names.push(token.text);
    this.out.push(token);
  }

  /** Notes whether a product without a sign would now be unclear. */
  mark(below) {
    this.below[this.below.length - 1] = below;
  }

  written() {
    return this.out[this.out.length - 1];
  }

  /** Whether an operand begins here: in ``tanh 2x`` it is unclear where the argument ends. */
  isOperand(at) {
    return OPERANDS.includes(this.kind(at));
  }

  kind(at) {
    return this.tokens[at]?.kind ?? "";
  }

  textAt(at) {
    return this.tokens[at]?.text ?? "";
  }

  unexpected(token) {
    return this.bad("unexpected", token);
  }

  bad(code, token) {
    return unreadable(code, this.text, { symbol: token.text, position: placeOf(this.text, token.at) });
  }

  formula() {
    const places = new Map(this.names.map((name, index) => [name, `v${index}`]));
    const source = this.out.map(({ kind, text }) => {
      if (kind === "name") return places.get(text);
      return kind === "operator" ? lstrip(text, "u") : text;
    });
    return { source: source.join(""), names: this.names, shown: rendered(this.out) };
  }
}

/** Reads an expression over the names. */
function parse(text, names, count = false) {
  const tokens = tokenize(text, names, count);
  if (isUnreadable(tokens)) return tokens;
  if (!tokens.length) return unreadable("empty");
  const writer = new Writer(text, tokens);
  const trouble = writer.run();
  if (trouble) return trouble;
  const formula = writer.formula();
  return isBounded(formula) ? formula : unreadable("too_big", text);
}

function isBounded(formula) {
  try {
    compute(formula, new Map(formula.names.map((name) => [name, 2n])));
  } catch (error) {
    if (error instanceof Trouble) return !(error instanceof TooBig);
    throw error;
  }
  return true;
}
