"""Several answers at once: ``32 i 784``, ``(M−1, (K−1)·M)``, ``(n,q), (q,), (m,q)``, ``U: (n,q); S: (q,)``.

The first way of cutting that gives as many readable pieces as there are parts wins. Round brackets around
everything are dropped, except where the parts are shapes and the brackets could belong to one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import fold, signs
from quizlab.answers.explained import ways
from quizlab.answers.reading import Reading, Unreadable, unreadable
from quizlab.answers.split import cut, enclosed

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

ReadPart = Callable[[str, "Part", Mapping[str, "Atom"]], Reading | Unreadable]

_AND = r",?\s+(?:i|te|a|and|odnosno|&)\s+"
_STRONG = (r";|\n|\\\\", rf";|\n|\\\\|{_AND}", _AND)
_WEAK = (rf",\s|{_AND}", rf",|{_AND}")
_ONLY_NUMBERS = r"[0-9\s.,_'+-]*"
_TOUCHING = r"(?<=[)\]}])\s*(?=[(\[{]|[^\W\d])"
_LONG = 8
_ORDINALS = ("prv", "drug", "tre[cć]", "[cč]etvrt")
_CAMEL = "[A-Z][a-z]+"
_LABEL = r"\s*([^\W\d][\w ]{0,40}?)\s*[=:∈](?!=)"


def read(text: str, parts: tuple[Part, ...], params: Mapping[str, Atom], one: ReadPart) -> Reading | Unreadable:
    """Reads as many answers as there are parts, each with ``one``."""
    first: Unreadable | None = None
    found = 1
    for pieces in _cuts(text, parts):
        if len(pieces) != len(parts):
            found = len(pieces) if found == 1 else found
            continue
        result = together([_unlabelled(piece, parts) for piece in _ordered(pieces, parts)], parts, params, one)
        if isinstance(result, Reading):
            return result
        first = first or result
    return first or unreadable(
        "wrong_number_of_parts", text, expected=str(len(parts)), found=str(found), parts=_names(parts)
    )


def _names(parts: tuple[Part, ...]) -> str:
    return "; ".join(part.name or f"{at}. dio" for at, part in enumerate(parts, 1))


def together(
    pieces: list[str], parts: tuple[Part, ...], params: Mapping[str, Atom], one: ReadPart
) -> Reading | Unreadable:
    """Reads each piece as its part."""
    readings: list[Reading] = []
    for number, (piece, part) in enumerate(zip(pieces, parts, strict=True), 1):
        reading = one(piece, part, params)
        if isinstance(reading, Unreadable):
            return Unreadable(reading.code, reading.args, number)
        readings.append(reading)
    return Reading("tuple", tuple(readings), "; ".join(reading.shown for reading in readings))


def _cuts(text: str, parts: tuple[Part, ...]) -> list[list[str]]:
    kinds = {part.kind for part in parts}
    inner = enclosed(text)
    texts = [text]
    if inner is not None and not ("shape" in kinds and not re.search(r"[(\[{]", inner)):
        texts = [inner, text]
    symbols = {symbol for part in parts for symbol in part.symbols}
    separators = [*_STRONG[: 1 if "i" in symbols else 3]]
    if "interval" not in kinds:
        separators += _WEAK
    if kinds == {"number"} and re.fullmatch(_ONLY_NUMBERS, signs(text)):
        separators.append(r"\s+")
    if kinds == {"shape"}:
        separators.append(_TOUCHING)
    return [cut(one, re.compile(separator)) for one in texts for separator in separators]


def _ordered(pieces: list[str], parts: tuple[Part, ...]) -> list[str]:
    """The pieces in the order of the parts, where each piece names its part."""
    pieces = [_named_before(piece, parts) for piece in pieces]
    labels = [_label(piece, parts) for piece in pieces]
    names = [fold(part.name) for part in parts]
    if not all(labels) or sorted(labels) != sorted(names) or len(set(names)) != len(names):
        return pieces
    return [pieces[labels.index(name)] for name in names]


def _pattern(name: str, place: int) -> str:
    """The name of a part in any of its forms, or its place: pozitiva, skriveni, prvi, Simple, SME.

    Of several words the first is enough, and of a name in capitals its first part or its initials.
    """
    first, *others = name.split() or [""]
    if not first:
        return ""
    ordinal = rf"{_ORDINALS[place]}(?:i|a|o|og|oga|u|om)(?!\w)" if place < len(_ORDINALS) else r"(?!)"
    humps = re.findall(_CAMEL, first)
    short = rf"{humps[0]}(?!\w)|{''.join(hump[0] for hump in humps)}(?!\w)" if len(humps) > 1 else r"(?!)"
    return rf"(?:{_worded(first, others)}|{ordinal}|{short})"


def _worded(first: str, others: list[str]) -> str:
    stem = re.escape(first) if len(first) < _LONG else rf"{re.escape(first[:-3])}\w*"
    return stem + "".join(rf"(?:\s+{re.escape(other)})?" for other in others)


def _label(piece: str, parts: tuple[Part, ...]) -> str:
    """The folded name of the part that stands before a colon, written out or shortened; "" where none does."""
    found = re.compile(_LABEL).match(signs(piece))
    if not found:
        return ""
    short = (
        part.name
        for place, part in enumerate(parts)
        if part.kind != "text" and re.fullmatch(rf"(?i){_pattern(part.name, place) or '(?!)'}", found[1])
    )
    return fold(next(short, found[1]))


def _unlabelled(piece: str, parts: tuple[Part, ...]) -> str:
    found = re.compile(_LABEL).match(signs(piece))
    named = found and _label(piece, parts) in {fold(part.name) for part in parts}
    return piece[found.end() :].strip() if found and named else piece.strip()


def _named_before(piece: str, parts: tuple[Part, ...]) -> str:
    """The same where an explanation stands behind the name."""
    tries = (piece, *(way.answer for way in ways(piece)))
    return next((named for one in tries if (named := _named(one, parts)) != one), piece)


def _named(piece: str, parts: tuple[Part, ...]) -> str:
    """The piece with a colon behind the name of its part, where the name stands apart: ``M − 1 pozitivnih``."""
    for place, part in enumerate(parts):
        name = _pattern(part.name, place)
        if not name or part.name in part.symbols or part.kind == "text":
            continue
        if found := re.compile(rf"(?i)\s*{name}(?=[\s([])\s*(?:(?:je|su|ima)\s+)?(?![\s:=])(.+)", re.DOTALL).fullmatch(
            piece
        ):
            return f"{part.name}: {found[1]}"
        if found := re.compile(rf"(?i)(.*?[\w)\]])\s+(?:za\s+)?{name}\s*", re.DOTALL).fullmatch(piece):
            return f"{part.name}: {found[1].strip()}"
    return piece
