// Evaluates formulas: numbers, names, arithmetic and a few functions. The source was built by `expression.js`
// from tokens it knows, so it is well formed, and nothing here runs text as code.

const PRODUCTS = new Map([["*", times], ["/", over], ["//", floored]]);
const SUMS = new Map([["+", plus], ["-", less]]);

/** Makes a tree of functions from the environment to a value, with Python's order of operations. */
class Compiler {
  constructor(source) {
    this.tokens = source.match(regex(py.evaluate.PIECES, "g")) ?? [];
    this.at = 0;
  }

  next() {
    return this.tokens[this.at++];
  }

  peek() {
    return this.tokens[this.at];
  }

  chain(operand, operators) {
    let left = operand();
    while (operators.has(this.peek())) {
      const run = operators.get(this.next());
      const [a, b] = [left, operand()];
      left = (env) => {
        const first = a(env);
        return run(first, b(env));
      };
    }
    return left;
  }

  sum() {
    return this.chain(() => this.chain(() => this.signed(), PRODUCTS), SUMS);
  }

  signed() {
    if (this.peek() !== "-") return this.raised();
    this.next();
    const inner = this.signed();
    return (env) => -inner(env);
  }

  raised() {
    const base = this.operand();
    if (this.peek() !== "**") return base;
    this.next();
    const exponent = this.signed();
    return (env) => {
      const a = base(env);
      return power(a, exponent(env));
    };
  }

  operand() {
    const token = this.next();
    if (token === "(") return this.closed(this.sum());
    if (/^[0-9]/.test(token)) {
      const value = /[.e]/.test(token) ? Number(token) : BigInt(token);
      return () => value;
    }
    if (this.peek() === "(") return this.call(FUNCTIONS.get(token));
    if (py.evaluate.CONSTANTS.has(token)) return () => py.evaluate.CONSTANTS.get(token);
    const index = Number(token.slice(1));
    return (env) => env[index];
  }

  call(run) {
    this.next();
    const given = [this.sum()];
    while (this.peek() === ",") {
      this.next();
      given.push(this.sum());
    }
    return this.closed((env) => run(...given.map((one) => one(env))));
  }

  closed(inner) {
    this.next();
    return inner;
  }
}

const COMPILED = new Map();

function compiled(source) {
  let run = COMPILED.get(source);
  if (!run) {
    if (COMPILED.size > 500) COMPILED.clear();
    COMPILED.set(source, (run = new Compiler(source).sum()));
  }
  return run;
}

/** The value of the formula; throws what arithmetic throws, and Trouble for what no real number holds. */
function compute(formula, env) {
  const values = formula.names.map((name) => {
    if (!env.has(name)) throw new Trouble();
    return env.get(name);
  });
  const result = compiled(formula.source)(values);
  if (!Number.isFinite(Number(result))) throw new Trouble();
  return result;
}

/** The finite value of the formula, or null where it has none (or a name has no value). */
function evaluate(formula, env) {
  try {
    return compute(formula, env);
  } catch (error) {
    if (error instanceof Trouble) return null;
    throw error;
  }
}

/** The parameters that can stand in an expression; a truth value counts as 0 or 1. */
function numeric(params) {
  const numbers = [...params].filter(([, value]) => typeof value !== "string");
  return new Map(numbers.map(([name, value]) => [name, typeof value === "boolean" ? BigInt(value) : value]));
}

/** Whole numbers exactly, others within a tolerance. */
const equal = (said, measured) => isClose(said, measured, py.evaluate.RELATIVE, py.evaluate.ABSOLUTE);

/** Like `equal`, but finely unless the other number may have been measured in single precision. */
function equalFormulas(said, measured) {
  const single = !isWhole(measured) && Math.fround(measured) === measured;
  return single ? equal(said, measured) : isClose(said, measured, py.evaluate.FINE_RELATIVE, py.evaluate.FINE_ABSOLUTE);
}

function isClose(said, measured, relative, absolute) {
  if (bothWhole(said, measured)) return said === measured;
  const [a, b] = [Number(said), Number(measured)];
  if ((isWhole(said) && !Number.isFinite(a)) || (isWhole(measured) && !Number.isFinite(b))) return false;
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const apart = Math.abs(b - a);
  return apart <= Math.abs(relative * b) || apart <= Math.abs(relative * a) || apart <= absolute;
}

const SAMPLES = atom(py.evaluate.SAMPLES);

/** Whether two formulas have equal values at a few points, both signs, wherever both have one. */
function alike(one, other) {
  const names = [...new Set([...one.names, ...other.names])];
  return SAMPLES.every((_, shift) => {
    const values = names.map((name, at) => {
      const value = SAMPLES[(at + shift) % SAMPLES.length];
      return [name, shift % 4 === 3 ? -value : value];
    });
    const env = new Map(values);
    const [a, b] = [evaluate(one, env), evaluate(other, env)];
    return a === null || b === null || equal(a, b);
  });
}
