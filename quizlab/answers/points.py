"""Key points of an open question, by number: ``1 3``, ``1,3``, ``1-3``, ``sve``, ``ništa``."""

from __future__ import annotations

import re
from collections.abc import Collection

from quizlab.answers.clean import signs, words
from quizlab.answers.numerals import spelled
from quizlab.answers.options import NONE
from quizlab.answers.reading import Reading, Said, Unreadable, unreadable

_ALL = ("sve", "svi", "sva", "sve tocke", "sve navedeno", "all")
_EACH_OF = r"(?:sve|svi|svih)\s+(\w+)"
"""All of so many: ``sve tri``."""

_ORDINALS = {"prv": "1", "drug": "2", "trec": "3", "cetvrt": "4", "pet": "5", "sest": "6", "sedm": "7", "osm": "8"}
_ORDINAL = rf"(?<!\w)({'|'.join(_ORDINALS)})(?:a|u|i|e|o|oj)(?!\w)"
_RANGE = r"([0-9]{1,3})\s*(?:-|do)\s*([0-9]{1,3})"
_SEPARATORS = r"[\s,;.)(+&/]+"
_FILLERS = ("i", "te", "and", "tocka", "tocke", "tocku", "pod", "broj", "brojevi", "pogodio", "rekao", "rekla")


def read(text: str, count: int) -> Reading | Unreadable:
    """Reads which of ``count`` points were said."""
    plain = words(signs(text)).strip(" .?!\"'„“”«»")
    every = re.fullmatch(_EACH_OF, plain)
    if plain in _ALL or (every and spelled(every[1]) == count):
        return said(set(range(1, count + 1)))
    if plain in (*NONE, "0"):
        return said(set())
    plain = re.sub(_ORDINAL, lambda found: _ORDINALS[found[1]], plain)
    spelt = re.compile(_RANGE).sub(lambda found: " ".join(map(str, _range(found, count))), plain)
    tokens = [token for token in re.split(_SEPARATORS, spelt) if token and token not in _FILLERS]
    if len(tokens) == 1 and count < 10:
        tokens = list(tokens[0])
    numbers = {int(token) for token in tokens if re.fullmatch("[0-9]{1,4}", token)}
    if not tokens or len(numbers) != len(set(tokens)) or not numbers <= set(range(1, count + 1)):
        return unreadable("not_a_point", text, known=f"1–{count}")
    return said(numbers)


def _range(found: re.Match[str], count: int) -> list[int]:
    first, last = int(found[1]), int(found[2])
    return list(range(first, last + 1)) if 1 <= first < last <= count else [0]


def said(numbers: Collection[int]) -> Reading:
    """These points, said by number."""
    points = tuple(sorted(numbers))
    return Reading("open", Said(points), ", ".join(map(str, points)) or "-")


def holds(value: Said, measured: object) -> bool:
    """Whether exactly these points are meant."""
    return isinstance(measured, tuple) and set(value.points) == set(measured)


def value_at(value: Said) -> tuple[int, ...]:
    """The numbers of the points."""
    return value.points
