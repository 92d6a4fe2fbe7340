"""Which of many answers come to the same, without comparing each with each.

Numbers are compared within a tolerance, so equal ones need not have one key: every answer gets a place on a line on
which answers that are equal lie close together, and only those in the same stretch of it, or in one beside it, are
compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from quizlab.answers.evaluate import ABSOLUTE, RELATIVE, is_number

KNEE = ABSOLUTE / RELATIVE
"""Below this size numbers are compared by their difference, above it by their ratio."""

Key = tuple[tuple[str, ...], int]


class Meeting:
    """The answers so far, each under its number; the first that an answer meets is found among those near it.

    Args:
        alike: whether two answers are the same.
    """

    def __init__(self, alike: Callable[[object, object], bool]) -> None:
        self._alike = alike
        self._near: dict[Key, list[tuple[int, object]]] = {}

    def first(self, value: object) -> int | None:
        """The number of the first answer that is the same."""
        form, place = _key(value)
        found = [self._in((form, beside), value) for beside in (place - 1, place, place + 1)]
        return min((number for number in found if number is not None), default=None)

    def _in(self, key: Key, value: object) -> int | None:
        return next((number for number, other in self._near.get(key, ()) if self._alike(value, other)), None)

    def add(self, number: int, value: object) -> None:
        """Remember an answer; numbers grow."""
        self._near.setdefault(_key(value), []).append((number, value))


def _key(value: object) -> Key:
    """What the parts of an answer are besides numbers, and the stretch in which its numbers lie."""
    form: list[str] = []
    place, weights = 0.0, 0.0
    for index, part in enumerate(_parts(value)):
        if is_number(part):
            weight = 1 + (index * 0.618) % 1  # different ones: parts that change places are not near
            place += weight * _line(part)  # type: ignore[arg-type]
            weights += weight
        else:
            form.append(part if isinstance(part, str) else type(part).__name__)
    # equal numbers are at most RELATIVE apart on the line, give or take; so a stretch is twice as long as all together
    return tuple(form), math.floor(place / (4 * RELATIVE * weights)) if weights else 0


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        yield "("
        for each in value:
            yield from _parts(each)
        yield ")"
    else:
        yield value


def _line(number: float) -> float:
    """Where a number lies: like itself near zero, like its logarithm far from it."""
    try:
        found = math.asinh(number / KNEE)
    except OverflowError:
        far = math.log(abs(number)) - math.log(KNEE) + math.log(2)  # as asinh goes on
        found = far if number > 0 else -far
    return found if math.isfinite(found) else 0.0
