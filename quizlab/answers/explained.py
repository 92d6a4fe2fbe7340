"""An answer and, behind it, why: ``1 (crno-bijele slike)``, ``2, jer …``, ``9312 - s pristranostima``.

What stands behind may explain and nothing else: it is no second answer, no «ili», no «plus još».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from quizlab.answers.clean import signs, words
from quizlab.answers.evaluate import alike
from quizlab.answers.reading import Dims, Formula, Quantity, Reading, Span, Unreadable
from quizlab.answers.split import enclosed

_BEHIND = re.compile(
    r"\s*[,;:]\s+|\s+-\s+|\s+(?=\()|\s+(?=(?:jer|zato|zbog|budu[cć]i|po[sš]to|because)\s|(?:otvoren|zatvoren)\w*)",
    re.IGNORECASE,
)
_WHY = re.compile(r"(?:jer|zato|zbog|buduci|posto|because)\b.*", re.DOTALL)
_THAT_IS = re.compile(r"\s*(?:[sš]to\s+(?:je|iznosi|daje)|a\s+to\s+je|tj\.?|to\s+jest|dakle)\s+", re.IGNORECASE)
_ADDING = re.compile(
    r"\(?\s*(?:[-+*/=^×·&%]|"
    r"(?:plus|minus|puta|kroz|i|te|and|uz|jos|a jos|sa|ali|no|nego|vec|osim|bez|do)\b[^a-z]*[0-9])",
)
_OTHER = re.compile(
    r"(?<!\w)(?:ili|or|odnosno|mozda|moguce|ne znam|valjda|nisam siguran|nisam sigurna)(?!\w)|\?|"
    r"(?<!\w)(?:(?:je|su)\s+)?(?:krivo|netocno|pogresno)[.\s)]*$|(?<!\w)nije[.\s)]*$"
)
_NAME = r"[^\W\d]\w*"
_WORD = r"(?<!\w)[^\W\d_]{2,}"
_NAMES = rf"{_WORD}|[^\W\d]\w*\s*,\s*[^\W\d]"
_SOON = rf"(?:[suoa]\s+)?{_WORD}"
_OPEN = "(?<!lu)otvoren"
_MOST = 6
_CLOSED = r"[0-9)\]}]\s*$|^\s*[0-9]+\s+[^\W\d]{3,}\s*$"
"""How an answer ends behind which a dash is no minus, and a colon no division."""


class Behind(Struct, frozen=True):
    """A way to cut a text: the answer, what stands behind it, and the sign between them (``(`` for a bracket)."""

    answer: str
    rest: str
    sign: str


def ways(text: str) -> Iterator[Behind]:
    """The ways to take the end of a text for an explanation, the shortest explanation first."""
    text = signs(text)
    places = list(_BEHIND.finditer(text))[-_MOST:]
    for place in reversed(places):
        rest = text[place.end() :].strip()
        answer = text[: place.start()].rstrip(" ,;:")
        sign = "(" if rest.startswith("(") else place[0].strip() or "jer"
        if answer.strip() and _explains(rest, sign) and not _cuts_a_bracket(answer):
            yield Behind(answer, rest, sign)


def _explains(rest: str, sign: str) -> bool:
    plain = words(signs(rest))
    if sign == "(" and enclosed(rest.rstrip(".")) is None:
        return False
    if _OTHER.search(plain) or _ADDING.match(plain) or not re.search(_NAMES if sign == "(" else _WORD, rest):
        return False
    if sign == "(" or _WHY.match(plain) or _THAT_IS.match(rest):
        return True
    return re.match(_SOON, rest) is not None and not re.search("[0-9]", rest)


def said_behind(way: Behind) -> str:
    """What stands behind, without its brackets and without what leads to it."""
    inside = way.rest.strip().rstrip(".")
    inside = inside[1:-1] if way.sign == "(" else inside
    return _THAT_IS.sub("", inside, count=1).strip() or "-"


def explains(way: Behind, before: Reading, behind: Reading | Unreadable) -> bool:
    """Whether what stands behind explains the answer before it, and is no other answer."""
    plain = words(signs(way.rest))
    if way.sign in "-:" and (before.kind == "formula" or not re.search(_CLOSED, way.answer)):
        return False
    match before.value:
        case Dims(sizes=sizes) if len(sizes) < 2 and not way.answer.rstrip().endswith((")", "]")):
            return False
        case Span(low_closed=low, high_closed=high) if ("zatvoren" in plain and not (low and high)) or (
            re.search(_OPEN, plain) and (low or high)
        ):
            return False
    if (
        isinstance(behind, Unreadable)
        or _WHY.match(plain)
        or (way.sign == "(" and re.fullmatch(_NAME, said_behind(way)))
    ):
        return True
    if isinstance(before.value, Dims) and isinstance(behind.value, Dims):  # 10x32 (10 razreda)
        sizes = before.value.sizes
        return way.sign == "(" and all(any(alike(each, size) for size in sizes) for each in behind.value.sizes)
    one, other = (_formula(each) for each in (before, behind))
    return one is not None and other is not None and alike(one, other)


def _formula(reading: Reading) -> Formula | None:
    value = reading.value
    return value.formula if isinstance(value, Quantity) else value if isinstance(value, Formula) else None


def _cuts_a_bracket(answer: str) -> bool:
    return any(answer.count(opening) > answer.count(closing) for opening, closing in ("()", "[]", "{}"))
