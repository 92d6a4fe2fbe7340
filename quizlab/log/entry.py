"""One answer as it is logged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from quizlab.model import Outcome, Sure

Mode = Literal["practice", "blic"]

GIVEN_UP = "ne znam"
"""How an entry is understood whose answer was asked for and not given: nothing was typed, and it was not known."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LEAST = "1973-03-04T00:00:00+00:00"
"""Before it no answer was given: a clock that shows such a time was never set. Seconds since 1970, taken for
milliseconds, are before it, too."""

SHARES: dict[Outcome, float] = {"right": 1.0, "partial": 0.5, "wrong": 0.0}
"""How much of an answer was there, where only its outcome is known."""


WRONG, HARD, RIGHT = 1, 2, 3
"""FSRS's ratings Again, Hard and Good; nobody is asked for one, so Easy is never given."""

ENOUGH = 0.6
"""From this share of the answer on, an answer in part counts as remembered with difficulty."""


class Entry(Struct, frozen=True):
    """One answer as it is logged; times in UTC (ISO 8601), durations in seconds.

    ``order`` are the letters that the options have in the bank, in the order they were shown; ``share`` is how
    much of the answer was there (0 to 1), ``sure`` how sure the student was before the verdict, ``hints`` how
    many hints were asked for.
    """

    at: str
    session: str
    question: str
    params: str
    typed: str
    understood: str
    outcome: Outcome
    tag: str
    seconds: float
    order: str = ""
    share: float = 0.0
    sure: Sure = ""
    hints: int = 0
    mode: Mode = "practice"


def given_up(entry: Entry) -> bool:
    """Whether the answer was shown on demand, so that none was given."""
    return entry.understood == GIVEN_UP and not entry.typed


def milliseconds(at: str) -> int:
    """The moment of an entry in milliseconds since 1970; without a zone it is UTC."""
    moment = datetime.fromisoformat(at)
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - EPOCH) // timedelta(milliseconds=1)


def given(entry: Entry) -> int:
    """The moment of an answer as a review has it, in milliseconds since 1970: not before there could be one."""
    return max(milliseconds(entry.at), milliseconds(LEAST))


def rating(entry: Entry) -> int:
    """The FSRS rating of an answer, 1 (again) to 3 (good).

    A right answer that was a guess or took hints is a hard one: a lucky guess is not knowledge.
    """
    if entry.outcome == "wrong":
        return WRONG
    if entry.outcome == "partial":
        return HARD if entry.share >= ENOUGH else WRONG
    return HARD if entry.hints or entry.sure == "unsure" else RIGHT
