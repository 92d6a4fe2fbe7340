"""The shapes of the statistics; they are also what ``stats --json`` prints.

Shares and expectations are from 0 to 1, times ISO in UTC, days those of the student's calendar.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from quizlab.model import Outcome


class Totals(Struct, frozen=True):
    """Everything taken together; ``gone`` are the answers to questions that are in no bank any more."""

    questions: int
    met: int
    answers: int
    right: int
    points: float | None
    days: int
    streak: int
    seconds: float
    due: int
    gone: int


class Part(Struct, frozen=True):
    """A lab, or a topic of one.

    ``latest`` is the share of points over the last answer to each question, ``present`` and ``expected`` are the
    expected shares now and at the exam, ``after`` that at the exam after some more minutes of practice.
    """

    lab: str
    topic: str
    questions: int
    met: int
    answers: int
    latest: float | None
    present: float
    expected: float
    after: float


class Asked(Struct, frozen=True):
    """One question: how often it was asked, how it went, how it is remembered; None before its first answer."""

    id: str
    lab: str
    topic: str
    answers: int
    points: float | None
    last: Outcome | None
    at: str | None
    present: float | None
    expected: float | None


class Slip(Struct, frozen=True):
    """A mistake: how often it was made, when and where the last time, and its sentence (empty if no bank has it)."""

    tag: str
    times: int
    at: str
    question: str
    says: str


class Trust(Struct, frozen=True):
    """The answers given with one degree of confidence."""

    answers: int = 0
    points: float | None = None


class Confidence(Struct, frozen=True):
    """How well the student knew what they know, where it was asked.

    ``lucky`` are the questions whose last such answer was right and unsure, ``misled`` sure and wrong; the latest
    first.
    """

    sure: Trust = Trust()
    unsure: Trust = Trust()
    lucky: tuple[str, ...] = ()
    misled: tuple[str, ...] = ()


class Day(Struct, frozen=True):
    """One day on which something was answered."""

    day: date
    answers: int
    points: float
    seconds: float


class PastBlic(Struct, frozen=True):
    """One blic that was sat: what was left empty is not known and not counted; ``seconds`` until it was handed in."""

    session: str
    at: str
    labs: tuple[str, ...]
    answers: int
    right: int
    points: float
    seconds: float


class Promise(Struct, frozen=True):
    """The expected share at the exam as things stand, and after so many more minutes on so many questions."""

    expected: float
    after: float
    minutes: float
    questions: int


class Moment(Struct, frozen=True):
    """What is expected at a moment."""

    at: str
    expected: float


class Forecast(Struct, frozen=True):
    """What is expected now and at the exam; ``curve`` is the way there without any practice."""

    made: str
    exam: str
    present: float
    expected: float
    after: float
    minutes: float
    questions: int
    pace: float
    curve: tuple[Moment, ...]


class Stats(Struct, frozen=True):
    """Everything: labs and blics in their order, topics and questions the weakest first, days the oldest first."""

    totals: Totals
    labs: tuple[Part, ...]
    topics: tuple[Part, ...]
    questions: tuple[Asked, ...]
    mistakes: tuple[Slip, ...]
    confidence: Confidence
    days: tuple[Day, ...]
    blics: tuple[PastBlic, ...]
    forecast: Forecast
