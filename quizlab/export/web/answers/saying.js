// What people say around an answer and what says nothing of it: ``mislim da je …``, ``odgovor: …``, ``… valjda``.

/** The answer without what is said around it; the text itself where nothing else would be left. */
function bareAnswer(text) {
  const tail = search(py.saying.TAIL, text);
  const plain = tail ? text.slice(0, tail.index) + text.slice(tail.index + tail[0].length) : text;
  const lead = matchAt(py.saying.LEAD, plain);
  return strip(lead ? plain.slice(lead.end) : plain) || text;
}

/** A number without the mark of a list before it; a dash is one only where no count is negative. */
function unlisted(text, dashes) {
  const found = matchAt(dashes ? py.saying.LISTED : py.saying.MARK, text);
  return found ? text.slice(found.end) : text;
}

/** The text with the dash before it joined to what it is the sign of. */
function signed(text) {
  const found = matchAt(py.saying.DASH, text);
  return found ? `-${text.slice(found.end)}` : text;
}

/** What a sentence comes to, the last first. */
function conclusions(text) {
  const found = matchesIn(py.saying.CONCLUDING, text).reverse().filter(({ index, groups }) => {
    const before = text.slice(0, index);
    return (groups.so || !/[0-9]/.test(before)) && !search(py.saying.DOUBTED, before);
  });
  return found.map(({ 0: all, index }) => text.slice(index + all.length));
}
