// Grades a batch in one process: questions in the first line of stdin, then [question, typed] a line.
"use strict";

const { readFileSync } = require("node:fs");
const { runInThisContext } = require("node:vm");

const [scriptPath, tablesPath] = process.argv.slice(2);
runInThisContext(readFileSync(scriptPath, "utf8"), { filename: scriptPath });
const tables = JSON.parse(readFileSync(tablesPath, "utf8"));
const [first, ...lines] = readFileSync(0, "utf8").split("\n").filter((line) => line);
const questions = JSON.parse(first);

const SLOW = 20; // milliseconds; such an answer is graded once more, for the machine may have been busy

/** A graded answer with the milliseconds it took. */
function timed(run) {
  const start = process.hrtime.bigint();
  const found = run();
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  return { found, ms };
}

const graded = lines.map((line) => {
  const [index, typed] = JSON.parse(line);
  const run = () => quizlab.grade(questions[index], typed);
  let { found, ms } = timed(run);
  if (ms > SLOW) ms = Math.min(ms, timed(run).ms);
  const says = found.outcome === "unreadable" ? quizlab.sentence(found, questions[index].kind, tables) : "";
  return JSON.stringify({ ...found, sentence: says, ms });
});
process.stdout.write(graded.join("\n"));
