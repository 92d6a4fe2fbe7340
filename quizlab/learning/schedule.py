"""What to ask next: pure, with memories, time and chance as arguments.

Every question has four futures: not asked again before the exam, asked now, asked tomorrow, or both. Their expected
recall at the exam follows from FSRS. Room for tomorrow and later is scarce, so a later asking has a price: the gain
of the last question that there would still be room for. A question is asked now for what that adds to its best
future without (Whittle, "Restless Bandits: Activity Allocation in a Changing World", 1988, is the general idea).
What is worth asking, but better tomorrow, thus waits; without a tomorrow before the exam, what gains most comes
first. tests/cohort.py compares this with plain FSRS order and others; the plain gain at the exam is behind, too.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quizlab.learning.memory import DAY, Memory, after, day, recall, success
from quizlab.log.entry import RIGHT, WRONG
from quizlab.model import AnyQuestion, weight

DUE = 0.9
"""Recall below which a question is due: FSRS's usual desired retention."""

SAME_TOPIC = 0.9
"""What a gain counts for when the last question was on the same topic: interleaved topics are learnt better (Rohrer,
"Interleaving Helps Students Distinguish among Similar Concepts", 2012)."""

PARTLY = 0.5
"""Of a wrong answer, what a last one in part is short of."""


class Aim(Struct, frozen=True):
    """What the practice is for: the exam's moment (POSIX seconds) and the recall (0 to 1) of a question never asked."""

    exam: float
    prior: float


class Futures(Struct, frozen=True):
    """The expected recall (0 to 1) at the exam of a question not asked again, or asked at these times."""

    never: float
    now: float
    later: float
    both: float

    def gain(self, worth: float, price: float) -> float:
        """The points that asking now adds to the best future without."""
        return max(worth * self.now, worth * self.both - price) - max(worth * self.never, worth * self.later - price)


def worth(question: AnyQuestion) -> float:
    """How likely the question is to return, up to a factor: one more than how often it did, so never nothing."""
    return 1.0 + weight(question)


def due(memory: Memory, now: float) -> bool:
    """Whether it is time to ask again: much was forgotten, or it was wrong and no later sitting showed it right."""
    return memory.unsettled or recall(memory, now) < DUE


def mistakes(questions: Sequence[AnyQuestion], memories: Mapping[str, Memory]) -> list[AnyQuestion]:
    """The questions last answered wrong or in part: the most often wrong first, among equals the latest.

    What was said in part counts half as wrong: an oral question that lacks a point can wait for what was not known.
    """
    last = [(memories[each.id], each) for each in questions if each.id in memories]
    wrong = [
        (PARTLY * (memory.outcome == "partial") - memory.lapses, -memory.last, each)
        for memory, each in last
        if memory.outcome != "right"
    ]
    return [each for *_, each in sorted(wrong, key=lambda found: found[:2])]


def forecast(questions: Sequence[AnyQuestion], memories: Mapping[str, Memory], at: float, prior: float) -> float:
    """The expected share of points (0 to 1) at a moment (POSIX seconds), each question by its worth; 0 for none."""
    known = [(worth(each), memories.get(each.id)) for each in questions]
    points = sum(worth * (recall(memory, at) if memory else prior) for worth, memory in known)
    return points / (sum(worth for worth, _ in known) or 1.0)


def choose(
    candidates: Sequence[AnyQuestion],
    memories: Mapping[str, Memory],
    now: float,
    aim: Aim,
    rng: random.Random,
    recent: Sequence[str] = (),
) -> AnyQuestion | None:
    """The question whose asking now raises the expected points at the exam most; None without candidates.

    Args:
        candidates: what may be asked.
        memories: question id → memory of those that were asked before, candidates or not.
        now: POSIX seconds.
        aim: the exam.
        rng: decides among equals.
        recent: the topics of the questions asked just before, the last one last.
    """
    room = pace(memories, now) * int(max(0.0, aim.exam - now) // DAY)
    later = now + DAY if room else None
    price = _price(candidates, memories, now + DAY, aim, room) if room else 0.0
    last = recent[-1] if recent else None
    new = futures(None, now, later, aim)
    best, found = float("-inf"), None
    for question in sorted(candidates, key=lambda _: rng.random()):
        memory = memories.get(question.id)
        value = (futures(memory, now, later, aim) if memory else new).gain(worth(question), price)
        value -= (1 - SAME_TOPIC) * abs(value) * (question.topic == last)
        if value > best:
            best, found = value, question
    return found


def pace(memories: Mapping[str, Memory], now: float) -> int:
    """How many answers a day to expect: as many as today or the day before, whichever had more.

    Somebody who only begins is thus not expected back, and a question is not put off for a day that may never come.
    """
    days = Counter(day(memory.last) for memory in memories.values())
    return max(days[day(now)], days[day(now) - 1])


def futures(memory: Memory | None, now: float, later: float | None, aim: Aim) -> Futures:
    """What comes of asking a question now, later (None: there is no later), both times or never again.

    What was never asked is known with the prior's probability, and what a student knows from elsewhere fades as if
    it had just been answered rightly: the prior says nothing of how well it is remembered.
    """
    if memory is None:
        never = aim.prior * recall(after(None, RIGHT, now), aim.exam)
        known = tomorrow = aim.prior
    else:
        never, known = recall(memory, aim.exam), success(memory, now)
        tomorrow = success(memory, later) if later else known
    once = _asked(memory, known, (now,), aim.exam)
    if later is None:
        return Futures(never, once, never, once)
    return Futures(
        never, once, _asked(memory, tomorrow, (later,), aim.exam), _asked(memory, known, (now, later), aim.exam)
    )


def _asked(memory: Memory | None, known: float, times: tuple[float, ...], exam: float) -> float:
    """The expected recall at the exam of a question asked at these times, known with this probability at the first."""
    expected = 0.0
    for chance, rating in ((known, RIGHT), (1 - known, WRONG)):
        then = after(memory, rating, times[0])
        rest = times[1:]
        expected += chance * (_asked(then, success(then, rest[0]), rest, exam) if rest else recall(then, exam))
    return expected


def _price(
    candidates: Sequence[AnyQuestion], memories: Mapping[str, Memory], later: float, aim: Aim, room: int
) -> float:
    """The points that the last question gains for which there is room later; 0 if there is room for all."""
    if room >= len(candidates):
        return 0.0
    gains = []
    for question in candidates:
        only = futures(memories.get(question.id), later, None, aim)
        gains.append(worth(question) * (only.now - only.never))
    return sorted(gains, reverse=True)[room]
