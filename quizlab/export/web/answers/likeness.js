// Whether words are the same but for case, diacritics, their endings and a slip of the finger.

/** The words in lower case without diacritics and marks; ``joined`` reads k-NN as one word, and else as two. */
function spelt(text, joined) {
  const plain = words(signs(latex(text))).replaceAll("-", joined ? "" : " ").replaceAll("_", "");
  return splitAt(py.likeness.BETWEEN, plain).filter((word) => word);
}

/** Whether two words, as `spelt` gives them, are forms of one. */
function sameWord(one, other) {
  if (one === other) return true;
  if (/[0-9]/.test(one + other)) return false;
  const [a, b] = [Array.from(one), Array.from(other)];
  let alike = 0;
  while (alike < Math.min(a.length, b.length) && a[alike] === b[alike]) alike += 1;
  const [left, right] = [a.slice(alike), b.slice(alike)];
  if (search(py.likeness.FOREIGN, left.join("") + right.join(""))) return false;
  const most = Math.max(left.length, right.length);
  if (alike >= 4 && most <= Math.min(alike, py.likeness.ENDING)) return true;
  if (alike === 3 && most <= 2 && Math.min(left.length, right.length) <= 1) {
    return [left, right].every(([first]) => first === undefined || py.likeness.VOWELS.includes(first));
  }
  return Math.min(a.length, b.length) >= py.likeness.SLIP && a[0] === b[0] && slipped(left, right);
}

/** Whether two remainders differ in one letter more, fewer, or other; or in two that changed places. */
function slipped(left, right) {
  const is = (a, b) => a.join("") === b.join("");
  if (is(left.slice(1), right.slice(1)) || is(left.slice(1), right) || is(left, right.slice(1))) return true;
  return is(left.slice(0, 2), right.slice(0, 2).reverse()) && is(left.slice(2), right.slice(2));
}

const like = (word, others) => others.some((other) => sameWord(word, other));
