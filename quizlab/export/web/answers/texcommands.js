// The commands of LaTeX: fractions, roots, accents, styles, brackets of any size, environments.

const isDigit = (text) => matchAt(py.texcommands.DIGIT, text) !== null;

/** Reads every command that it knows; of another one the backslash stays. */
class TexCommands extends Tex {
  command(line, name) {
    if (matchAt(py.texcommands.LETTER, name) === null) this.mark(line, name);
    else if (!this.taking(line, name) && !this.silent(line, name)) {
      const sign = py.macros.MEANS.get(name) ?? "";
      if (sign) line.word(py.macros.RAW.get(sign) ?? sign);
      else line.word(py.names.ALIASES.has(casefold(name)) ? name : `\\${name}`);
    }
  }

  /** Writes a command that takes something; false if it is none. */
  taking(line, name) {
    if (py.macros.FRACTIONS.includes(name)) return this.fraction(line);
    if (name === "sqrt") return this.root(line);
    if (name === "over") return this.bar(line);
    if (py.macros.STYLES.includes(name) || py.macros.COLOURED.includes(name)) return this.styled(line, name);
    if (py.macros.ACCENTS.has(name)) return this.accent(line, name);
    if ((name === "begin" || name === "end") && this.ahead() === "{") return this.environment(line, name);
    if (name !== "not" || this.ahead() !== "=") return false;
    this.skip();
    this.at += 1;
    line.put("≠");
    return true;
  }

  /** Passes over a command that says nothing but where words end; false if it is none. */
  silent(line, name) {
    if (py.macros.SPACES.includes(name)) line.put(" ");
    else if (py.macros.SILENT.includes(name)) line.apart = true;
    else if (py.macros.UNREAD.includes(name) && this.ahead() === "{") {
      this.argument();
      line.apart = true;
    } else if (fullmatch(py.macros.SIZED, name)) this.sized(line, name);
    else return false;
    return true;
  }

  /** A backslash and one character that is no letter. */
  mark(line, name) {
    if (py.macros.SPACED.includes(name)) line.put(" ");
    else if (py.macros.JOINED.includes(name) || py.macros.MATHS.includes(name)) line.apart = true;
    else if (py.macros.ITSELF.includes(name)) line.put(name);
    else if (name === "\\") this.newline(line);
    else line.put(name === "|" ? "‖" : `\\${name}`);
  }

  /** A line that goes on with a sign is one with the line before; two lines are two things. */
  newline(line) {
    while (this.skip() === "&") this.at += 1;
    const token = this.peek();
    const known = py.texcommands.GOES_ON;
    const goesOn = known.includes(token) || known.slice(0, -1).includes(this.sign(token)) || line.ends("^$");
    line.put(goesOn ? " " : "\\\\");
  }

  fraction(line) {
    const mixed = line.ends(py.texcommands.COUNTED);
    const above = this.argument();
    const below = above === null ? null : this.argument();
    if (above && below && strip(above) && strip(below) && !(this.bare && this.torn(below))) {
      line.put(`${mixed ? "\\frac" : ""}((${strip(above)})/(${strip(below)}))`);
    } else this.left(line, "\\frac", above, below);
    return true;
  }

  bar(line) {
    if (line.over !== null || line.ends("=") || !line.ends(".")) line.word("\\over");
    else {
      line.over = strip(line.text());
      Object.assign(line, { pieces: [], apart: false });
    }
    return true;
  }

  /** Writes a command that nobody can read, for the reader of formulas to refuse. */
  left(line, command, ...given) {
    line.word(command + given.filter((one) => one !== null).map((one) => `{${one}}`).join(""));
  }

  /** Whether what follows could belong to an argument without braces: \frac352, \frac abc. */
  torn(last) {
    const token = this.peek();
    if (["_", "^"].includes(this.ahead())) return true;
    if (token === "." || token === ",") return isDigit(this.tokens[this.at + 1] ?? "");
    return isDigit(last) ? isDigit(token) : isWordy(token);
  }

  root(line) {
    let degree = "";
    if (this.skip() === "[") {
      this.at += 1;
      degree = strip(this.inside("]"));
    }
    const body = this.argument();
    const unclear = body !== null && this.bare && (this.torn(body) || this.operand());
    if (!body || !strip(body) || unclear || (degree && !fullmatch(py.texcommands.WHOLE, degree))) {
      this.left(line, `\\sqrt[${degree}]`, body);
    } else if (degree) line.put(`((${strip(body)})^(1/${degree}))`);
    else line.put(`sqrt(${strip(body)})`, { before: true });
    return true;
  }

  styled(line, name) {
    if (this.peek() === "*") this.at += 1;
    if (py.macros.COLOURED.includes(name) && this.skip() === "{") this.argument();
    const content = this.argument();
    if (py.macros.BRACED.includes(name) && ["_", "^"].includes(this.ahead())) {
      this.skip();
      this.at += 1;
      this.argument();
    }
    if (content === null || (py.macros.DOUBLED.includes(name) && search(py.texcommands.DIGIT, content))) {
      this.left(line, `\\${name}`, content);
      return true;
    }
    const core = strip(content);
    const text = py.macros.TEXTS.includes(name);
    if (text && isSpace(content.slice(0, 1))) line.put(" ");
    const prose = text && !search(py.texcommands.OPERATED, core);
    line.word(prose || !core ? core : this.closed(core, line));
    if (text && isSpace(content.slice(-1))) line.put(" ");
    return true;
  }

  accent(line, name) {
    const content = this.argument();
    const core = strip(content ?? "");
    if (fullmatch(py.texcommands.ACCENTED, core) && !(this.bare && matchAt(py.texcommands.LETTER_OR_DIGIT, this.peek()))) {
      const [first, ...rest] = Array.from(core);
      line.word(`${first}${py.macros.ACCENTS.get(name)}`.normalize("NFC") + rest.join(""));
    } else this.left(line, `\\${name}`, content);
    return true;
  }

  /** The size of a bracket; bars of which it says that they open or close are an absolute value. */
  sized(line, name) {
    const way = { left: "l", right: "r" }[name] ?? name.slice(-1);
    const token = [".", ...py.macros.BARS].includes(this.ahead()) ? this.skip() : "";
    if (token === "." && (name === "left" || name === "right")) this.at += 1;
    else if (py.macros.BARS.includes(token) && "lr".includes(way)) {
      this.at += 1;
      line.put(way === "l" ? "abs(" : ")", { before: true });
    }
  }

  environment(line, name) {
    const kind = this.argument() ?? "";
    if (fullmatch(py.macros.AROUND, kind)) {
      this.environments += name === "begin" ? 1 : -1;
      line.apart = true;
    } else this.left(line, `\\${name}`, kind);
    return true;
  }
}
