// LaTeX as people write it: its tokens, groups, scripts and arguments, with braces and without.

class Unclear extends Error {}

const isWordy = (char) => char !== undefined && matchAt(py.tex.WORDY, char) !== null;

/** What is written of one group; words that would run into each other are kept apart. */
class Line {
  constructor() {
    Object.assign(this, { pieces: [], apart: false, over: null });
  }

  put(text, { before = false, after = false } = {}) {
    if (!text) return;
    const last = Array.from(this.pieces[this.pieces.length - 1] ?? "").pop() ?? "";
    if ((before || this.apart) && isWordy(last) && isWordy(text)) this.pieces.push(" ");
    this.pieces.push(text);
    this.apart = after;
  }

  word(text) {
    this.put(text, { before: true, after: true });
  }

  trim() {
    while (this.pieces.length && !strip(this.pieces[this.pieces.length - 1])) this.pieces.pop();
    this.apart = false;
  }

  ends(pattern) {
    return search(pattern, rstrip(this.pieces.slice(-py.tex.NEAR).join(""))) !== null;
  }

  text() {
    const plain = this.pieces.join("");
    return this.over === null ? plain : `((${this.over})/(${strip(plain)}))`;
  }
}

/** One text, token by token. */
class Tex {
  constructor(text) {
    this.tokens = matchesIn(py.tex.TOKEN, text).map(([token]) => token);
    Object.assign(this, { at: 0, depth: 0, environments: 0, bare: false });
  }

  run() {
    const line = new Line();
    while (this.at < this.tokens.length) this.step(line);
    return strip(line.text());
  }

  /** What stands before the closing token, which is passed. */
  inside(closing) {
    this.depth += 1;
    if (this.depth > py.tex.DEEPEST) throw new Unclear();
    const line = new Line();
    while (this.peek() !== closing) {
      if (!this.peek()) throw new Unclear();
      this.step(line);
    }
    this.at += 1;
    this.depth -= 1;
    return line.text();
  }

  peek() {
    return this.tokens[this.at] ?? "";
  }

  /** The next token that is no space; nothing is passed. */
  ahead() {
    let at = this.at;
    while (at < this.tokens.length && isSpace(this.tokens[at])) at += 1;
    return this.tokens[at] ?? "";
  }

  /** The same, the spaces before it passed. */
  skip() {
    while (isSpace(this.peek())) this.at += 1;
    return this.peek();
  }

  step(line) {
    const token = this.tokens[this.at];
    this.at += 1;
    if (token === "{") this.group(line);
    else if (token === "_" || token === "^") this.script(line, token);
    else if (token === "$") line.apart = true;
    else if (token === "~" || (token === "&" && this.environments)) line.put(" ");
    else if (size(token) > 1) this.command(line, token.slice(1));
    else line.put(py.macros.RAW.get(token) ?? token);
  }

  group(line) {
    const content = strip(this.inside("}"));
    if (content === "." || content === ",") line.put(content);
    else if (content) line.word(this.closed(content, line));
    else line.apart = true;
  }

  /** What braces or a style held together, in braces where what stands beside it could part it. */
  closed(content, line) {
    if (size(content) === 1) return content;
    const simple = fullmatch(py.tex.NUMBER, content) || py.names.ALIASES.has(casefold(content));
    const raised = this.ahead() === "^" && !simple;
    const whole = fullmatch(py.tex.ATOM, content) || fullmatch(py.tex.WORDS, content);
    const goesOn = matchAt(py.tex.SIGN, content) && line.ends(py.tex.OPERAND);
    if (enclosed(content) !== null || ((whole || goesOn) && !raised)) return content;
    const after = this.ahead();
    const ends = py.tex.ENDING.includes(after) || (after === "." && this.tokens[this.tokens.length - 1] === ".");
    return ends && line.ends(py.tex.NAMING) ? content : `{${content}}`;
  }

  script(line, sign) {
    line.trim();
    const token = this.skip();
    let content = token === "{" || size(token) > 1 ? this.argument() : null;
    if (content === null && size(token) > 1) content = this.alone();
    if (content === null) line.put(sign);
    else if (sign === "^" && fullmatch(py.tex.PRIMES, content)) line.put(strip(content));
    else line.put(this.scripted(sign, strip(content)), { after: true });
  }

  scripted(sign, given) {
    const joined = sign === "_" && fullmatch(py.tex.LETTERS, given);
    const content = joined ? replaced(String.raw`[\s,]+`, "", given) : given;
    if (sign === "^" && fullmatch(py.tex.LESS, content)) return mapped(content, py.tex.RAISED);
    const letter = size(content) === 1 && isWordy(content) && !this.operand();
    const simple = sign === "_" ? fullmatch(String.raw`\w+`, content) : letter || fullmatch(py.tex.NUMBER, content);
    const closed = simple || enclosed(content) !== null || content.startsWith("⟨");
    return closed ? `${sign}${content}` : `${sign}(${content})`;
  }

  /** One command with its arguments; what is raised behind it is not raised with it. */
  alone() {
    this.at += 1;
    const line = new Line();
    this.command(line, this.tokens[this.at - 1].slice(1));
    const text = line.text();
    return text.startsWith("{") && enclosed(text) !== null ? text.slice(1, -1) : text;
  }

  /** Whether an operand comes next. */
  operand() {
    const token = this.ahead();
    if (size(token) < 2) return token !== "" && (isWordy(token) || py.tex.OPENING.includes(token));
    const [name, sign] = [token.slice(1), this.sign(token)];
    const passed = [...py.macros.SPACES, ...py.macros.SILENT, "over", "end"].includes(name);
    const silent = passed || fullmatch(py.macros.SIZED, name);
    return /^[A-Za-z]/.test(name) && !(silent || (sign && !isWordy(sign)));
  }

  sign(token) {
    return token.startsWith("\\") ? py.macros.MEANS.get(token.slice(1)) ?? "" : token;
  }

  /** What a command takes: a group, one digit, one letter or one sign that is a letter; null where there is none. */
  argument() {
    const token = this.skip();
    if (token === "{") {
      this.at += 1;
      const content = this.inside("}");
      this.bare = false;
      return content;
    }
    this.bare = true;
    const sign = this.sign(token);
    if (size(sign) !== 1 || sign === "_" || !isWordy(sign)) return null;
    this.at += 1;
    return sign;
  }
}
