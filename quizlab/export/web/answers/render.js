// Formulas as people write them.

/** Whether a power of a call is written behind the function's name. */
const isPowered = (token) => token?.kind === "function" && !py.evaluate.SEVERAL.includes(token.text);

/** The tokens as people write a formula: (K − 1)·M², 1 − tanh²(x). */
function rendered(tokens) {
  const shown = [];
  const opened = [];
  let called = -1;
  tokens.forEach(({ kind, text }, index) => {
    const before = tokens[index - 1]?.text ?? "";
    const after = tokens[index + 1]?.text ?? "";
    if (kind === "operator") shown.push(py.render.SHOWN.get(text) ?? text);
    else if (kind === "number" && before === "**" && after !== "**" && /^[0-9]+$/.test(text)) {
      const last = shown.length - 1;
      shown[called >= 0 && tokens[index - 2].kind === "close" ? called : last] += mapped(text, py.render.SUPERSCRIPT);
      shown[last] = shown[last].replace(/^\^/, "");
    } else {
      shown.push(kind === "comma" ? ", " : text);
      if (kind === "open") opened.push(isPowered(tokens[index - 1]) ? shown.length - 2 : -1);
      if (kind === "close") called = opened.pop();
    }
  });
  return shown.join("");
}
