// Numbers in words: ``devet tisuća tristo dvanaest``, ``milijun dvjesto jedna tisuća sto``.

/** The whole number that words in lower case without diacritics say, as text, or null where they say none. */
function spelledNumber(folded) {
  const said = split(folded).filter((word) => word !== "i");
  if (!said.length || said.length > py.numerals.MOST) return null;
  let [total, group, place, scale] = [0, 0, 4, 10 ** 9];
  for (const word of said) {
    const below = py.numerals.BELOW.get(word);
    const by = py.numerals.SCALES.get(word);
    if (below && below[1] < place) {
      group += below[0];
      place = below[1];
    } else if (!below && by && by < scale) {
      total += (group || 1) * by;
      [group, place, scale] = [0, 4, by];
    } else return null;
  }
  return String(total + group);
}
