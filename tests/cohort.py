"""A simulated cohort: which order of asking leaves students knowing most at the exam?

Each student knows some questions beforehand and forgets by FSRS's own curve, with parameters of their own that no
policy sees. Every policy asks the same student equally often; the score is the truly expected share of points at
the exam, each question by its worth. The same student has the same luck with the n-th answer to a question under
every policy, so that differences are paired.
"""

from __future__ import annotations

import copy
import math
import random
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from quizlab.bank.load import load, shipped
from quizlab.hooks import registry
from quizlab.learning import keeping
from quizlab.learning.memory import DAY, Memory, after, believed, prior, witnessed
from quizlab.learning.schedule import Aim, choose, worth
from quizlab.log.entry import RIGHT, WRONG
from quizlab.model import AnyQuestion
from quizlab.question.asking import Asking
from quizlab.session.practice import Done, Plan, Session, askable
from tests.students import Student

FIRST = datetime(2026, 11, 2, 20, 0, tzinfo=UTC).timestamp()
"""The first session, in the evening."""

TO_EXAM = 12 * 3600.0
"""Seconds from the last evening's beginning to the exam, at eight in the morning."""

PER_QUESTION = 40.0
"""Seconds from one question to the next."""

PER_SESSION = 20
HORIZONS = (1, 3, 14)
"""Days with a session each until the exam."""


@dataclass
class Desk:
    """What a policy may look at."""

    questions: Sequence[AnyQuestion]
    exam: float
    rng: random.Random
    memories: dict[str, Memory] = field(default_factory=dict)
    recent: list[AnyQuestion] = field(default_factory=list)
    fresh: list[AnyQuestion] = field(default_factory=list)
    points: int = 0
    firsts: int = 0
    trials: keeping.Trials = keeping.NONE
    student: Student | None = None
    """For the oracle alone."""


Policy = Callable[[Desk, Sequence[AnyQuestion], float], AnyQuestion | None]


def ours(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion | None:
    aim = Aim(desk.exam, prior(desk.points, desk.firsts))
    return choose(candidates, desk.memories, now, aim, desk.rng, [each.topic for each in desk.recent])


def by_chance(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    return desk.rng.choice(candidates)


def bank_order(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    """Round and round through the bank; what returns in a session does not change where it goes on."""
    start = desk.questions.index(desk.fresh[-1]) + 1 if desk.fresh else 0
    return min(candidates, key=lambda each: (desk.questions.index(each) - start) % len(desk.questions))


def due_date(memory: Memory) -> float:
    """When an FSRS app would show the question again: whole days, at least one (desired retention 0.9)."""
    return memory.last + max(1, round(memory.stability)) * DAY


def due_order(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    """As an FSRS app does: what is due today, longest due first, then what is new, then what comes due next."""
    seen = sorted(
        (each for each in candidates if each.id in desk.memories), key=lambda each: due_date(desk.memories[each.id])
    )
    if seen and due_date(desk.memories[seen[0].id]) <= now + DAY / 4:
        return seen[0]
    return next((each for each in candidates if each.id not in desk.memories), None) or seen[0]


def wrong_first(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    """What was wrong the last time, longest ago first; then what is new, in the bank's order; then the oldest."""
    known = desk.memories
    return min(
        candidates,
        key=lambda each: (
            (1, 0.0) if each.id not in known else (2 * (known[each.id].outcome == "right"), known[each.id].last)
        ),
    )


def oracle(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    """The limit: as ours, with the student's true memory and parameters in place of what can be known of them."""
    assert desk.student is not None
    return _knowing(desk.student, desk, candidates, now)


def blind(desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    """The limit of what can be known: an oracle that of questions never asked knows only how many are known."""
    assert desk.student is not None
    student = copy.copy(desk.student)
    student.knew = dict.fromkeys(student.knew, statistics.mean(student.knew.values()))
    return _knowing(student, desk, candidates, now)


def _knowing(student: Student, desk: Desk, candidates: Sequence[AnyQuestion], now: float) -> AnyQuestion:
    nights = int((desk.exam - now) // DAY)
    room = PER_SESSION * nights
    later = now + DAY if nights else None
    price = 0.0
    if later and room < len(candidates):
        gains = [
            worth(each) * (only.now - only.never)
            for each in candidates
            for only in [student.futures(each.id, later, None, desk.exam)]
        ]
        price = sorted(gains, reverse=True)[room]
    return max(candidates, key=lambda each: student.futures(each.id, now, later, desk.exam).gain(worth(each), price))


POLICIES: Mapping[str, Policy] = {
    "ours": ours,
    "chance": by_chance,
    "bank order": bank_order,
    "FSRS due": due_order,
    "wrong first": wrong_first,
    "blind oracle": blind,
    "oracle": oracle,
}
LIMITS = ("blind oracle", "oracle")
"""Nobody can be ahead of them; how far ours comes is told."""


def score(student: Student, questions: Sequence[AnyQuestion], at: float) -> float:
    points = sum(worth(each) * student.recall(each.id, at) for each in questions)
    return points / sum(worth(each) for each in questions)


def allowed(questions: Sequence[AnyQuestion], session: Sequence[Done]) -> list[AnyQuestion]:
    """What the practice command would ask from, the same for every policy; when a session is out, it begins anew."""
    known = {each.id: each for each in questions}
    aim = Aim(0.0, 0.0)
    now = Session("", Plan((), tuple(known), len(known), 0, aim), done=tuple(session))
    return [known[name] for name in askable(now, known)] or list(questions)


def practised(policy: Policy, student: Student, questions: Sequence[AnyQuestion], days: int, seed: int) -> Desk:
    """What one policy knows of a student on the morning of the exam."""
    exam = FIRST + (days - 1) * DAY + TO_EXAM
    desk = Desk(questions, exam, random.Random(f"policy {seed}"), student=student)
    for evening in range(days):
        desk.memories = believed(desk.memories, desk.trials)
        session: list[Done] = []
        for place in range(PER_SESSION):
            now = FIRST + evening * DAY + place * PER_QUESTION
            question = policy(desk, allowed(questions, session), now)
            assert question is not None
            right = student.answer(question.id, now)
            known = desk.memories.get(question.id)
            desk.firsts += known is None
            desk.points += known is None and right
            desk.trials = witnessed(desk.trials, known, now, right=right)
            desk.memories[question.id] = after(known, RIGHT if right else WRONG, now)
            desk.recent.append(question)
            if question.id not in {each.item.question for each in session}:
                desk.fresh.append(question)
            session.append(Done(Asking(question.id), "right" if right else "wrong"))
    desk.memories = believed(desk.memories, desk.trials)
    return desk


def trial(policy: Policy, questions: Sequence[AnyQuestion], days: int, seed: int) -> float:
    """One student under one policy: the expected share of points at the exam."""
    student = Student(questions, seed)
    return score(student, questions, practised(policy, student, questions, days, seed).exam)


def compare(seeds: int, horizons: Sequence[int] = HORIZONS) -> dict[tuple[int, str], list[float]]:
    """(days, policy) → a score for each seed."""
    questions = [each for path in shipped() if path.stem not in registry.aside() for each in load(path).questions]
    return {
        (days, name): [trial(policy, questions, days, seed) for seed in range(seeds)]
        for days in horizons
        for name, policy in POLICIES.items()
    }


def lead(scores: Mapping[tuple[int, str], Sequence[float]], days: int, name: str) -> tuple[float, float]:
    """How many points ours is ahead of a policy: the mean of the paired differences and its standard error."""
    ahead = [mine - theirs for mine, theirs in zip(scores[days, "ours"], scores[days, name], strict=True)]
    return statistics.mean(ahead), statistics.stdev(ahead) / math.sqrt(len(ahead))


def covered(scores: Mapping[tuple[int, str], Sequence[float]], days: int, name: str = "oracle") -> float:
    """How much of the way from chance to a limit ours covers."""
    mine, chance, limit = (statistics.mean(scores[days, each]) for each in ("ours", "chance", name))
    return (mine - chance) / (limit - chance)


def report(scores: Mapping[tuple[int, str], Sequence[float]]) -> tuple[str, int]:
    """A table of means, spreads (standard deviations over students) and leads; and how many leads are no leads.

    A lead is one if it is more than twice its standard error; nobody is ahead of an oracle, and of the way to it from
    chance the table says how much ours covers.
    """
    lines, failed = [f"{'exam in':<10}{'policy':<14}{'points':>8}{'spread':>8}{'ours ahead by':>16}{'±':>8}"], 0
    for (days, name), found in scores.items():
        line = f"{days:>2} days   {name:<14}{statistics.mean(found):>8.4f}{statistics.stdev(found):>8.4f}"
        if name in LIMITS:
            ahead, error = lead(scores, days, name)
            line += f"{ahead:>16.4f}{error:>8.4f}  {covered(scores, days, name):.0%} of the way from chance"
        elif name != "ours":
            ahead, error = lead(scores, days, name)
            line += f"{ahead:>16.4f}{error:>8.4f}{'' if ahead > 2 * error else '  NOT AHEAD'}"
            failed += ahead <= 2 * error
        lines.append(line)
    return "\n".join(lines), failed


if __name__ == "__main__":
    print(report(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 20))[0])
