"""What the answers of a log add up to, one after another; statistics are worked out from that.

A tally is kept beside the log (`quizlab.learning.snapshot`), so that statistics need not read what they read before.
It is changed in place: a long log has very many answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from quizlab.learning import snapshot
from quizlab.learning.stats.answers import points, seconds
from quizlab.log.entry import Entry, Mode
from quizlab.model import Outcome, Sure

NAME = "stats.snapshot"
SCHEMA = 1
"""Of the snapshot; to be raised when the meaning of anything in a tally changes."""

RECENT = 100
"""So many of the last answers tell how fast a student is."""


class Slips(Struct, array_like=True):
    """How often a mistake was made in a question; ``first`` and ``last`` are places among all answers."""

    times: int
    first: int
    last: int
    at: str
    params: str


class Said(Struct, array_like=True):
    """The last answer before which somebody said how sure they were."""

    place: int
    sure: Sure
    outcome: Outcome


class Seen(Struct, array_like=True):
    """All answers to one question. ``days`` is ordinal of a day → how many, their points, their seconds.

    ``sure`` and ``unsure`` are how many, and their points; ``recent`` are places and seconds of the last ones.
    """

    answers: int = 0
    right: int = 0
    points: float = 0.0
    at: str = ""
    outcome: Outcome = "wrong"
    latest: float = 0.0
    sure: tuple[int, float] = (0, 0.0)
    unsure: tuple[int, float] = (0, 0.0)
    said: Said | None = None
    days: dict[int, tuple[int, float, float]] = field(default_factory=dict)
    slips: dict[str, Slips] = field(default_factory=dict)
    recent: list[tuple[int, float]] = field(default_factory=list)


class Written(Struct, array_like=True):
    """An answer of a blic, and its place among all answers."""

    place: int
    question: str
    at: str
    right: bool
    points: float
    seconds: float


class Tally(Struct):
    """All answers of a log up to a row: question → what it saw, session → the answers of a blic.

    ``quarters`` are the quarters of an hour in which something was answered, each with the ordinal of its day.
    """

    answers: int = 0
    questions: dict[str, Seen] = field(default_factory=dict)
    blics: dict[str, list[Written]] = field(default_factory=dict)
    quarters: dict[str, int] = field(default_factory=dict)
    number: int = 0
    entry: Entry | None = None


Day = Callable[[str], date]
"""The student's calendar day of a moment in the log."""


def tallied(log: snapshot.Rows, folder: Path | None, names: Mapping[str, str], day: Day) -> Tally:
    """The tally of a whole log, counting only what is new since the snapshot in a folder.

    Args:
        log: the log.
        folder: the folder of caches; None keeps nothing.
        names: alias → id of questions that were renamed since.
        day: the days are those of a zone; a tally made in another one is made anew.
    """

    def key(revision: int) -> str:
        return repr((revision, SCHEMA, sorted(names.items())))

    def sound(tally: Tally) -> bool:
        return all(day(quarter).toordinal() == found for quarter, found in tally.quarters.items())

    kept = folder / NAME if folder else None
    return snapshot.resumed(log, kept, key, Tally, lambda tally, rows: follow(tally, rows, names, day), sound)


def follow(tally: Tally, rows: Iterable[tuple[int, Entry]], names: Mapping[str, str], day: Day) -> Tally:
    """The same tally after some more rows of the same log, oldest first."""
    number, last = tally.number, tally.entry
    for row, entry in rows:
        name = names.get(entry.question, entry.question)
        seen = tally.questions.get(name)
        if seen is None:
            seen = tally.questions[name] = Seen()
        share, spent = points(entry), seconds(entry)
        _add(seen, entry, tally.answers, share)
        quarter = _quarter(entry.at)
        ordinal = tally.quarters.get(quarter)
        if ordinal is None:
            ordinal = tally.quarters[quarter] = day(quarter).toordinal()
        answers, earned, took = seen.days.get(ordinal, (0, 0.0, 0.0))
        seen.days[ordinal] = (answers + 1, earned + share, took + spent)
        seen.recent.append((tally.answers, spent if entry.seconds > 0 else 0.0))
        if len(seen.recent) >= 2 * RECENT:
            del seen.recent[:-RECENT]
        if entry.mode == BLIC:
            right = entry.outcome == "right"
            tally.blics.setdefault(entry.session, []).append(
                Written(tally.answers, name, entry.at, right, share, spent)
            )
        tally.answers += 1
        if row > number:
            number, last = row, entry
    tally.number, tally.entry = number, last
    return tally


BLIC: Mode = "blic"


def _add(seen: Seen, entry: Entry, place: int, share: float) -> None:
    seen.answers += 1
    seen.right += entry.outcome == "right"
    seen.points += share
    seen.at, seen.outcome, seen.latest = entry.at, entry.outcome, share
    if entry.sure:
        before = seen.sure if entry.sure == "sure" else seen.unsure
        both = (before[0] + 1, before[1] + share)
        if entry.sure == "sure":
            seen.sure = both
        else:
            seen.unsure = both
        seen.said = Said(place, entry.sure, entry.outcome)
    if entry.tag and entry.outcome != "right":
        slips = seen.slips.get(entry.tag)
        if slips is None:
            slips = seen.slips[entry.tag] = Slips(0, place, place, "", "")
        slips.times += 1
        slips.last, slips.at, slips.params = place, entry.at, entry.params


def _quarter(at: str) -> str:
    """A moment's quarter of an hour, by its beginning: no zone's day begins within one."""
    if at[10:11] == "T" and at[13:14] == ":" and at.endswith("+00:00"):
        return f"{at[:13]}:{int(at[14:16]) // 15 * 15:02}:00+00:00"
    return at
