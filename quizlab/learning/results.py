"""What a student really got on a blic, kept on this machine alone, and what that says of questions never asked.

Calibration is one rule: the questions of a blic count as so many more questions that were met for the first time,
with the points that were got. So a result moves the prior of what was never practised, by as much as that many first
answers would; what practice says of the questions that were answered is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from quizlab import home
from quizlab.learning.memory import State

FILE = "rezultati.json"
MOST = 1000
"""So many questions no blic has."""


class Result(Struct, frozen=True, forbid_unknown_fields=True):
    """One blic: its lab and day (ISO), points got of so many questions, and the share (0 to 1) that was expected."""

    lab: str
    date: str
    got: float
    of: int
    expected: float

    def __post_init__(self) -> None:
        if not (0 < self.of <= MOST and 0 <= self.got <= self.of and 0 <= self.expected <= 1):
            raise ValueError("no result")


def read(folder: Path) -> tuple[Result, ...]:
    """The results in a data folder, oldest first; none where there is no file.

    Raises:
        ValueError: the file holds something else.
        OSError: it cannot be read.
    """
    try:
        data = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return ()
    return msgspec.json.decode(data, type=tuple[Result, ...])


def added(results: Iterable[Result], new: Result) -> tuple[Result, ...]:
    """The results with a new one, which takes the place of that of the same lab and day."""
    others = [each for each in results if (each.lab, each.date) != (new.lab, new.date)]
    return tuple(sorted([*others, new], key=lambda each: (each.date, each.lab)))


def write(folder: Path, results: Sequence[Result]) -> None:
    """Write all results, whole or not at all.

    Raises:
        OSError: they cannot be written.
    """
    home.write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def weighed(state: State, results: Sequence[Result]) -> State:
    """The state with the questions of real blics counted as first answers."""
    if not results:
        return state
    points, firsts = sum(each.got for each in results), sum(each.of for each in results)
    return msgspec.structs.replace(state, points=state.points + points, firsts=state.firsts + firsts)
