"""What must come of a manuscript, and what did not: for the suite, the long trial and `tests.stress.own_matrix`."""

from __future__ import annotations

from typing import NamedTuple

from tests.manuscripts import Manuscript
from tests.own.looking import Looked

PARTS = {"lab3": 6, "lab4": 8}
MAY_LACK = {"bidirectional"}
"""A part that the lab's text does not ask for."""


class Faults(NamedTuple):
    """What came out otherwise than it must; all empty where nothing did."""

    parts: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self)


def faults(one: Manuscript, found: Looked) -> Faults:
    """Everything that came out otherwise than it must: of a right lab an alarm, of one with a mistake another cause."""
    noted = {name for each in found.causes if each.note or one.mistake for name in each.questions}
    alarms = tuple(f"{name}: {why}" for name, why in found.of("differs").items() if name not in noted)
    expected = {one.mistake} - {""}
    causes = tuple(sorted(expected ^ found.named)) + misplaced(one, found)
    if one.mistake:
        return Faults(alarms=alarms, causes=causes)
    parts = () if len(found.loaded.places) == PARTS[one.lab] else tuple(map(str, found.loaded))
    unchecked = tuple(f"{name}: {why}" for name, why in found.of("unchecked").items() if why not in MAY_LACK)
    return Faults(parts, alarms, unchecked, causes)


def misplaced(one: Manuscript, found: Looked) -> tuple[str, ...]:
    """The causes that are said to be where no file or line is."""
    named = [each for each in found.causes if not each.note]
    return tuple(
        f"{each.id} at {each.file}:{each.line}" for each in named if each.file not in one.files or not each.line
    )
