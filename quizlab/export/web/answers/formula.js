// Formulas: expressions over the part's symbols and the parameters, equal if equal in every case.

/** Reads an expression; a left side (``y =``) is dropped. */
function readFormula(text, part, params) {
  const names = new Names([...part.symbols, ...(part.batch ? [part.batch] : []), ...numeric(params).keys()]);
  const side = (piece) => {
    const formula = parse(untimed(piece, names), names);
    return isUnreadable(formula) ? formula : reading("formula", { type: "formula", ...formula }, formula.shown);
  };
  return settle(latex(signs(text)), names, side, (one, other) => alike(one.value, other.value));
}

/** Whether the formula has the measured value. */
function holdsFormula(value, measured, env) {
  const said = evaluate(value, env);
  return said !== null && isNumber(measured) && equalFormulas(said, measured);
}
