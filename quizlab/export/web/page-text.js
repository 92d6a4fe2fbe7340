// Text: what the bank says as nodes that hold nothing but text, and Croatian words for numbers and times.

const DATA = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** An element with its attributes and children; strings become text, whatever they say. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A pattern that the exporter sent; none where the browser cannot read it. */
function pattern(source) {
  try {
    return new RegExp(source, "gu");
  } catch {
    return null;
  }
}

const MATHS = pattern(DATA.patterns.maths);
const CODE = pattern(DATA.patterns.code);
const FORMULAS = new Map(DATA.formulas.map((latex, index) => [latex, index]));

/** The pieces of a text: each match made into a node, what is between them handled by `rest`. */
function pieces(text, expression, node, rest) {
  const made = [];
  let at = 0;
  for (const found of expression ? text.matchAll(expression) : []) {
    made.push(...rest(text.slice(at, found.index)), node(found));
    at = found.index + found[0].length;
  }
  return [...made, ...rest(text.slice(at))].filter((piece) => piece !== "");
}

function formula(latex) {
  const index = FORMULAS.get(latex);
  const drawn = index === undefined ? null : byId("formulas").content.children[index];
  return drawn ? document.importNode(drawn, true) : latex;
}

const coded = (text) =>
  pieces(
    text.replaceAll("\\$", "$"),
    CODE,
    (found) => make("code", {}, found[0]),
    (between) => [between],
  );

/** A filled text of the bank as nodes: its formulas drawn, its code set as code. */
const rich = (text) => pieces(text, MATHS, (found) => formula(found[2]), coded);

/** A text of a question with its numbers put in. */
const filled = (text, question) => rich(quizlab.fill(text, question.params));

/** Plain text of nodes, for places that take no nodes. */
const spoken = (nodes) =>
  nodes.map((node) => (typeof node === "string" ? node : node.getAttribute("alttext") || node.textContent)).join("");

// where the browser draws no MathML, a formula is its Unicode form
function drawFormulas(root) {
  if ("MathMLElement" in window) return;
  for (const each of root.querySelectorAll("math[alttext]")) each.replaceWith(each.getAttribute("alttext"));
}

/** Text without the differences that a search should not see. */
const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ");

/** The noun form that goes with a number: 1 pitanje, 2 pitanja, 5 pitanja, 21 pitanje. */
function form(number, one, few, many) {
  const tens = number % 100;
  const ones = number % 10;
  if (ones === 1 && tens !== 11) return one;
  return ones >= 2 && ones <= 4 && !(tens >= 12 && tens <= 14) ? few : many;
}

const groupedDigits = (digits) => (digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, "\u202f"));
const grouped = (number) => groupedDigits(String(number));
const counted = (number, ...forms) => `${grouped(number)} ${form(number, ...forms)}`;
const questionsIn = (number) => counted(number, "pitanje", "pitanja", "pitanja");
const answersIn = (number) => counted(number, "odgovor", "odgovora", "odgovora");

const LONG = /(?<![\p{L}\p{N}_.]|[0-9],)[1-9][0-9]{4,}(?![\p{L}\p{N}_]|\.[\p{L}\p{N}_])/gu;

/** A key as text sets it: its long whole numbers in groups of three; decimals and names stay as they are. */
const keyText = (text) => text.replace(LONG, groupedDigits);

const sentence = (text) => (/[.!?…:]$/.test(text) || !text ? text : `${text}.`);
const phrase = (text) => (text.endsWith("..") ? text : text.replace(/[.:]$/, ""));
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

function duration(seconds) {
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(".", ",")} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** How long ago: danas, jučer, prije 3 dana. */
function ago(then) {
  const day = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((day(new Date()) - day(new Date(then))) / 86400000);
  if (Number.isNaN(days)) return "";
  if (days <= 0) return "danas";
  return days === 1 ? "jučer" : `prije ${counted(days, "dan", "dana", "dana")}`;
}

/** The time of day, as it is written here: 8:05. */
function clock(then) {
  const time = new Date(then);
  return Number.isNaN(time.getTime()) ? "" : `${time.getHours()}:${String(time.getMinutes()).padStart(2, "0")}`;
}

const OUTCOMES = { right: "točno", wrong: "krivo", partial: "djelomično" };
