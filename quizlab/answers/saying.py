"""What people say around an answer and what says nothing of it: ``mislim da je …``, ``odgovor: …``, ``… valjda``.

Denials, comparisons and alternatives are no such words: ``nije 9312`` and ``više od 9312`` stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RECALLED = r"(?:ako|koliko|kolko)\s+se\s+(?:dobro\s+)?(?:sje[cć]am|ne\s+varam)"
_SEEMS = r"rek(?:ao|la)\s+bih|[cč]ini\s+mi\s+se|po\s+meni|i\s+think|probably|valjda|vjerojatno|mo[zž]da"
_LEAD = re.compile(
    r"\s*(?:(?:->|=>|[→⇒⟹⟶↦∴]|[-–•]\s)\s*|(?:"
    r"(?:to[cč]an\s+)?odgovor(?:i|\s+je|\s+su|\s+glasi)?|odg\.?|rje[sš]enje(?:\s+je)?|rj\.?|rezultat(?:\s+je)?|"
    rf"to[cč]no(?:\s+je)?|(?:ja\s+)?mislim(?:\s+da)?|sigurno|(?:{_SEEMS})(?:\s+da)?|{_RECALLED}|"
    r"to(?:\s+(?:je|su|bi\s+bil[oai]|bi\s+trebal[oa]\s+biti))|je|trebal[oa]\s+bi\s+biti|bit\s+[cć]e|radi\s+se\s+o|"
    r"dobije\s+se|dobijem|dobivam|hm+|pa|ma|it\s+is|it's|(?:the\s+)?answer(?:\s+is)?|maybe"
    r")(?:\s*[:,]\s*|\s*\.\.+\s*|\s+))+(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?:[\s,;(-]{{1,4}}(?:mislim(?:\s+da\s+je\s+to(?:\s+to)?|\s+ja)?|{_RECALLED}|{_SEEMS}|"
    r"(?:ali\s+)?(?:ja\s+)?nisam\s+(?:ba[sš]\s+|skroz\s+|potpuno\s+|sto\s+posto\s+)?sigur(?:an|na))\)?"
    r"|\s{0,3}(?:[:;]-?[)D]|[;,?]|\.\.+|…)|\s{1,3}[!.]|(?<=[^\W\d]{2})!|(?<=!)!|\s{1,3}param(?:etara)?\.?)+\s*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*[•*]\s+(?=[-−]?[0-9(])")
_LISTED = re.compile(r"\s*[-–—•*]\s+(?=[0-9(])")
"""The mark of a list; the minus of mathematics is none."""

_DASH = re.compile(r"\s*[-–—−]\s+(?=[0-9(∞\w])")
_CONCLUDING = re.compile(
    r"(?<!\w)(?:(?P<so>dakle|zna[cč]i)|tj\.?|to\s+jest|ima|iznosi|daje)\s*:?\s+(?=[(\[]?[0-9])", re.IGNORECASE
)
_DOUBTED = (
    r"(?i)(?<!\w)(?:ne|nije|nisu|nego|osim|bez|ili|krivo|manje|vi[sš]e|bar|barem|naj\w+|oko|skoro|gotovo|svak\w*|po|"
    r"preko|ispod|iznad|do)(?!\w)"
)


def unsaid(text: str) -> str:
    """The answer without what is said around it; the text itself where nothing else would be left."""
    plain = _TAIL.sub("", text, count=1)
    if found := _LEAD.match(plain):
        plain = plain[found.end() :]
    return plain.strip() or text


def unlisted(text: str, *, dashes: bool) -> str:
    """A number without the mark of a list before it; a dash is one only where no count is negative."""
    found = (_LISTED if dashes else _MARK).match(text)
    return text[found.end() :] if found else text


def signed(text: str) -> str:
    """The text with the dash before it joined to what it is the sign of, so that nobody takes it for something else."""
    found = _DASH.match(text)
    return f"-{text[found.end() :]}" if found else text


def conclusions(text: str) -> Iterator[str]:
    """What a sentence comes to, the last first: 9312 in ``9248 i 64, dakle 9312``, 9248 in ``konvolucija ima 9248``.

    Only «dakle» and «znači» lead from numbers to another one; where something is denied or compared there is none.
    """
    for found in reversed(list(_CONCLUDING.finditer(text))):
        before = text[: found.start()]
        if (found["so"] or not re.search("[0-9]", before)) and not re.search(_DOUBTED, before):
            yield text[found.end() :]
