// Formulas: expressions over the part's symbols and the parameters, equal if equal in every case.

/** Reads an expression; a left side (``y =``) is dropped. */
function readFormula(text, part, params) {
  const names = new Names([...part.symbols, ...(part.batch ? [part.batch] : []), ...numeric(params).keys()]);
  const same = (one, other) => alike(one.value, other.value);
  const side = (piece) => {
    const [before, inside] = restated(piece)?.map(side) ?? [];
    if (before && !isUnreadable(before) && !isUnreadable(inside) && same(before, inside)) return before;
    const plain = untimed(replaced(py.formula.SPOKEN, "tanh", piece), names);
    const formula = parse(calledWith(plain, part.symbols), names);
    return isUnreadable(formula) ? formula : reading("formula", { type: "formula", ...formula }, formula.shown);
  };
  const whole = signs(text);
  const map = matchAt(py.formula.MAPPED, whole);
  const ofSymbol = map && part.symbols.length === 1 && part.symbols[0] === map.groups.name;
  return settle(ofSymbol ? whole.slice(map.end) : whole, names, side, same);
}

/** A function of the only symbol there is, written without it: ``1 − tanh²`` is ``1 − tanh²(x)``. */
const calledWith = (text, symbols) =>
  symbols.length === 1 ? replaced(py.formula.BARE, (bare) => `${bare}(${symbols[0]})`, text) : text;

/** Whether the formula has the measured value. */
function holdsFormula(value, measured, env) {
  const said = evaluate(value, env);
  return said !== null && isNumber(measured) && equalFormulas(said, measured);
}
