// Runs the insides of the grader: the first line of stdin is the program, its result is printed as JSON.
"use strict";

const { readFileSync } = require("node:fs");
const { createHash } = require("node:crypto");
const { runInThisContext } = require("node:vm");

runInThisContext(readFileSync(process.argv[2], "utf8"));
const [task, ...given] = readFileSync(0, "utf8").split("\n").map((line) => JSON.parse(line));
const { isWhole } = quizlab;

const number = ([kind, text]) => (kind === "int" ? BigInt(text) : Number(text.replace("inf", "Infinity")));
const shown = (value) => (isWhole(value) ? ["int", String(value)] : ["float", quizlab.repr(value)]);

function attempt(run) {
  try {
    return run();
  } catch (error) {
    return error instanceof quizlab.TooBig ? "too big" : "trouble";
  }
}

/** What is said of every character of a block, as one hash. */
function block([first, last]) {
  const lines = [];
  for (let code = first; code < last; code += 1) {
    const char = String.fromCodePoint(code);
    const flags = [quizlab.isOther(char), quizlab.isSpace(char), quizlab.isPrintable(char)];
    if (quizlab.isOther(char)) lines.push(flags.map(Number).join(""));
    else {
      flags.push(quizlab.isKeptForm(char), ...quizlab.PATTERNS.map((pattern) => pattern.test(char)));
      const texts = [char.normalize("NFKC"), quizlab.casefold(char), quizlab.bare(char), quizlab.signs(char)];
      lines.push([flags.map(Number).join(""), ...texts].join("\t"));
    }
  }
  return createHash("sha256").update(lines.join("\n"), "utf8").digest("hex");
}

const TASKS = {
  characters: () => given.map(block),
  texts: () => given.map(([x, step, places]) => {
    const value = number(x);
    const digits = isWhole(value) ? "" : quizlab.fixed(value, places);
    const computed = shown(quizlab.computed(value))[1];
    return [quizlab.show(value, step), quizlab.str(value), digits, computed, quizlab.setNumber(value)];
  }),
  sums: () => given.map(([name, a, b]) => attempt(() => shown(quizlab[name](number(a), number(b))))),
  fills: () => given.map(([text, params]) => quizlab.fill(text, params)),
};
process.stdout.write(JSON.stringify(TASKS[task]()));
