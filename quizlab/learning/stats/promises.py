"""What is expected at the exam, and what some more practice is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from quizlab.learning import schedule
from quizlab.learning.memory import Memory, recall
from quizlab.learning.schedule import Aim
from quizlab.learning.stats.answers import seconds, utc
from quizlab.learning.stats.shapes import Forecast, Moment, Promise
from quizlab.learning.stats.tally import RECENT
from quizlab.log.entry import Entry
from quizlab.model import AnyQuestion

PACE, FASTEST = 40.0, 5.0
"""Seconds an answer takes: when nothing is known of the student, and at the very least."""

MINUTES = 15.0
"""Of practice, whose worth is told."""

STEPS = 24
"""Of the curve to the exam."""


def promise(
    questions: Sequence[AnyQuestion],
    memories: Mapping[str, Memory],
    now: float,
    aim: Aim,
    pace: float = PACE,
    minutes: float = MINUTES,
) -> Promise:
    """What some more minutes of practice are worth at the exam.

    Those questions are asked whose asking raises the expected points most; each once, because an answer a few
    minutes later says little more about the exam.

    Args:
        questions: what the exam may ask, and what would be practised.
        memories: question id → memory of those that were asked before.
        now: POSIX seconds.
        aim: the exam.
        pace: seconds that an answer takes.
        minutes: how long the practice would take.
    """
    expected = schedule.forecast(questions, memories, aim.exam, aim.prior)
    raised = [schedule.worth(each) * _raise(memories.get(each.id), now, aim) for each in questions]
    best = [points for points in sorted(raised, reverse=True)[: int(60 * minutes / pace)] if points > 0]
    whole = sum(map(schedule.worth, questions)) or 1.0
    return Promise(expected, min(1.0, expected + sum(best) / whole), minutes, len(best))


def _raise(memory: Memory | None, now: float, aim: Aim) -> float:
    """By how much the forecast for a question rises, on average, when it is asked now."""
    forecast = recall(memory, aim.exam) if memory else aim.prior
    return schedule.futures(memory, now, None, aim).now - forecast


def pace(entries: Sequence[Entry]) -> float:
    """Seconds an answer takes this student lately; long pauses count only in part."""
    return paced([seconds(entry) for entry in entries[-RECENT:] if entry.seconds > 0])


def paced(recent: Sequence[float]) -> float:
    """Seconds an answer takes, by what the last ones took."""
    return max(FASTEST, sum(recent) / len(recent)) if recent else PACE


def forecast(
    questions: Sequence[AnyQuestion], memories: Mapping[str, Memory], now: float, aim: Aim, pace: float
) -> Forecast:
    """What is expected of some questions from now to the exam, with and without some more practice."""
    promised = promise(questions, memories, now, aim, pace)
    moments = [now + (aim.exam - now) * step / STEPS for step in range(STEPS + 1)]
    curve = [schedule.forecast(questions, memories, at, aim.prior) for at in moments]
    times = [utc(datetime.fromtimestamp(at, UTC)) for at in moments]
    return Forecast(
        made=times[0],
        exam=times[-1],
        present=curve[0],
        expected=promised.expected,
        after=promised.after,
        minutes=promised.minutes,
        questions=promised.questions,
        pace=pace,
        curve=tuple(map(Moment, times, curve)),
    )
