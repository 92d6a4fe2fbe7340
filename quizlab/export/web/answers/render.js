// Formulas as people write them.

/** The tokens as people write a formula: (K − 1)·M². */
function rendered(tokens) {
  const shown = [];
  tokens.forEach(({ kind, text }, index) => {
    const before = tokens[index - 1]?.text ?? "";
    const after = tokens[index + 1]?.text ?? "";
    if (kind === "operator") shown.push(py.render.SHOWN.get(text) ?? text);
    else if (kind === "number" && before === "**" && after !== "**" && /^[0-9]+$/.test(text)) {
      shown[shown.length - 1] = mapped(text, py.render.SUPERSCRIPT);
    } else shown.push(kind === "comma" ? ", " : text);
  });
  return shown.join("");
}
