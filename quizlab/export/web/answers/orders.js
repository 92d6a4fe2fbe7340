// The order of a tensor, as people say it: ``2D``, ``drugi red``, ``rank 2``, ``dvodimenzionalan``.

/** The order as digits, or null where the text, in lower case without diacritics, says none. */
function order(folded, short) {
  const groups = fullmatch(py.orders.ORDER, folded)?.groups;
  if (!groups || (groups.short && !short)) return null;
  const said = groups.order || groups.rank || groups.short || groups.ordinal || groups.so_many || groups.alone;
  if (/^\p{Nd}+$/u.test(said)) return said;
  return String(py.orders.FIRST.findIndex((stems) => stems && stems.split("|").some((stem) => said.startsWith(stem))));
}
