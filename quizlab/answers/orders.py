"""The order of a tensor, as people say it: ``2D``, ``drugi red``, ``rank 2``, ``dvodimenzionalan``."""

from __future__ import annotations

import re

_FIRST = (
    "",
    "jedn|prv|one|first",
    "dvo|dv|drug|two|second",
    "tro|tri|trec|three|third",
    "cetver|cetvor|cetir|cetvrt|four",
)
_STEMS = "|".join(stems for stems in _FIRST if stems)
_NUMERAL = rf"(?P<order>[0-9]+|(?:{_STEMS}))"
_THING = r"(?:\s+(?:tenzor|tensor|matric|polj|array|vektor)[a-z]{0,3})?"
_BEFORE = r"(?:(?:to je|je|s|sa|ima)\s+)*(?:(?:tenzor|tensor|matric|polj)[a-z]{0,3}\s+)?(?:of\s+)?"
_ORDER = re.compile(
    rf"{_BEFORE}\(?(?:"
    rf"{_NUMERAL}[a-z]{{0,4}}[\s-]*dimen[zs]i(?:o|j)[a-z]*{_THING}"
    r"|(?:rank|rang|red|order|ndim|dim)(?:a|om|u)?(?:\s+tenzora)?(?:\s+je)?\s*[-=:]?\s*"
    rf"(?P<rank>[0-9]+|(?:{_STEMS})(?:a|i|e|iri|ije|ri)?)\.?{_THING}"
    rf"|(?P<short>[0-9]+)\s*-?\s*d(?:im)?{_THING}"
    rf"|{_NUMERAL.replace('order', 'ordinal')}(?:i|og|oga|a|e|om|ti|eg|ega)?[.-]?"
    r"(?:i|gi|gog|og|ti|tog|ci|ceg|st|nd|rd|th)?"
    rf"[\s-]+(?:red|order)(?:a|u|om)?{_THING}"
    rf"|dimenzij(?:a|e)\s+(?:su|je|ima)\s+{_NUMERAL.replace('order', 'so_many')}(?:a|an|e|i|ri|iri|ije)?"
    r"|(?P<alone>prv|drug|trec|cetvrt)i"
    r")\)?\.?"
)


def order(folded: str, *, short: bool = True) -> str | None:
    """The order as digits, or None where the text, in lower case without diacritics, says none.

    ``short`` is whether d can mean dimensions here (2D), and is not the name of something.
    """
    found = _ORDER.fullmatch(folded)
    if not found or (found["short"] and not short):
        return None
    said = next(
        each for each in (found[name] for name in ("order", "rank", "short", "ordinal", "so_many", "alone")) if each
    )
    return (
        said
        if said.isdigit()
        else str(next(at for at, stems in enumerate(_FIRST) if stems and said.startswith(tuple(stems.split("|")))))
    )
