"""The answers that statistics are about, and the student's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from msgspec import Struct

from quizlab.log.entry import Entry
from quizlab.model import AnyQuestion, Bank

PAUSE = 300.0
"""Seconds beyond which somebody was not thinking about a question any more but away."""


class Chosen(Struct, frozen=True):
    """What the statistics are about: some questions of the banks, or everything that was ever answered."""

    banks: tuple[Bank, ...]
    questions: tuple[AnyQuestion, ...]
    everything: bool = True


class Time(Struct, frozen=True):
    """When the statistics are made and for which exam, both with their zones.

    ``zone`` is the one that the student's days are in; None is that of the system, with its summer time.
    """

    now: datetime
    exam: datetime
    zone: tzinfo | None = None

    def day(self, at: str) -> date:
        """The student's calendar day of a log entry."""
        return moment(at).astimezone(self.zone).date()

    def today(self) -> date:
        """The student's calendar day now."""
        return self.now.astimezone(self.zone).date()


def points(entry: Entry) -> float:
    """What an answer earned, 0 to 1."""
    return 1.0 if entry.outcome == "right" else entry.share if entry.outcome == "partial" else 0.0


def moment(at: str) -> datetime:
    """The moment of a log entry; without a zone it is UTC."""
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def seconds(entry: Entry) -> float:
    """How long an answer took; of a long pause only a part counts."""
    return min(entry.seconds, PAUSE)


def utc(at: datetime) -> str:
    """A moment as the log writes it, in whole seconds."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def mean(values: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return sum(values) / len(values) if values else None
