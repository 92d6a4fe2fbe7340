"""In which order answers were given, when a clock was wrong.

The log keeps the time that the clock showed, and a number that grows with every row. A time that is still ahead was
never right: such an answer was given before the next one that was written, whatever its clock said. Within one
session the order of writing is the order of answering, also where the clock was set back between two answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from quizlab.log.entry import LEAST, Mode
from quizlab.log.merging import REVIEWS
from quizlab.model import Outcome, Sure

Row = tuple[int, str, str, str, str, str, str, Outcome, str, float, str, float, Sure, int, Mode]
"""A number and the fields of an entry."""

NUMBER: Final = 0
AT: Final = 1
SESSION: Final = 2


def settled(rows: Sequence[Row], now: str, following: Callable[[int], str | None]) -> list[Row]:
    """The rows in the order in which they were given, each with a moment that fits that order.

    Args:
        rows: of a log, in any order.
        now: the present moment as the log writes it; no answer was given later.
        following: the time of the first row that was written after a number and is not ahead of now, if any.
    """
    written = sorted(rows, key=lambda row: row[NUMBER])
    if any(not LEAST <= row[AT] <= now for row in written):
        written = [_with(row, _past(row, now, following)) for row in written]
    latest: dict[str, str] = {}
    for place, row in enumerate(written):
        session, at = row[SESSION], row[AT]
        if session != REVIEWS and at < latest.get(session, ""):
            written[place] = _with(row, latest[session])
        else:
            latest[session] = at
    written.sort(key=lambda row: row[AT])  # stable: those of one moment stay in the order of writing
    return written


def _past(row: Row, now: str, following: Callable[[int], str | None]) -> str:
    if row[AT] > now:
        return following(row[NUMBER]) or now
    return max(row[AT], LEAST)


def _with(row: Row, at: str) -> Row:
    return (row[NUMBER], at, *row[SESSION:])
