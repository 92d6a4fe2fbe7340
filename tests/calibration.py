"""Is the forecast honest? Forecasts of two simulated cohorts beside what their students truly know at the exam.

The cohorts differ in what a student keeps of a key just read, and before an exam the next morning their logs are the
same: no forecast can be right for both. It is honest if it lies between their truths, or within 0.05 of one of them.
"""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quizlab.bank.load import load, shipped
from quizlab.hooks import registry
from quizlab.learning.memory import prior
from quizlab.learning.schedule import forecast
from tests.cohort import HORIZONS, ours, practised
from tests.students import Forgetful, Student

COHORTS: dict[str, type[Student]] = {"as FSRS": Student, "learns less": Forgetful}

HONEST = 0.05
"""The mean forecast lies so near to the truth, or between the truths, in each decile that has enough mass."""

ENOUGH = 0.1
"""The share of all forecasts from which a decile is judged."""


class Decile(Struct, frozen=True):
    """Forecasts of one tenth of the scale: their share of all, their mean, and the mean of the truth."""

    share: float
    forecast: float
    truth: float


Pair = tuple[float, float]
"""A forecast and the true probability of a right answer."""


def pairs(kind: type[Student], days: int, seeds: int) -> list[Pair]:
    """The forecast for every question of every student on the last evening, for the morning of the exam."""
    questions = [each for path in shipped() if path.stem not in registry.aside() for each in load(path).questions]
    found = []
    for seed in range(seeds):
        student = kind(questions, seed)
        desk = practised(ours, student, questions, days, seed)
        expected = prior(desk.points, desk.firsts)
        for each in questions:
            said = forecast([each], desk.memories, desk.exam, expected)
            found.append((said, student.recall(each.id, desk.exam)))
    return found


def brier(found: Sequence[Pair]) -> float:
    """The expected Brier score: of the squared error against an answer that is right with the true probability."""
    return statistics.mean((said - true) ** 2 + true * (1 - true) for said, true in found)


def deciles(found: Sequence[Pair]) -> dict[int, Decile]:
    """The reliability curve: tenth of the scale → what was forecast in it; empty tenths are left out."""
    tenths: dict[int, list[Pair]] = {}
    for pair in found:
        tenths.setdefault(min(9, math.floor(10 * pair[0])), []).append(pair)
    return {
        tenth: Decile(len(each) / len(found), *(statistics.mean(side) for side in zip(*each, strict=True)))
        for tenth, each in sorted(tenths.items())
    }


def honest(curves: Sequence[Mapping[int, Decile]], tenth: int) -> bool:
    """Whether a tenth of the forecasts lies between the truths of the cohorts, or near enough, or is too rare."""
    common = [curve[tenth] for curve in curves if tenth in curve and curve[tenth].share >= ENOUGH]
    truths = [each.truth for each in common]
    return all(min(truths) - HONEST <= each.forecast <= max(truths) + HONEST for each in common)


def report(seeds: int, horizons: Sequence[int] = HORIZONS) -> tuple[str, int]:
    """A table of reliability for both cohorts and how many deciles are not honest; ``*`` is off by more than 0.05."""
    lines, failed = [f"{'exam in':<10}{'cohort':<14}{'Brier':>7}{'share':>8}{'forecast':>10}{'truth':>8}"], 0
    for days in horizons:
        found = {name: pairs(kind, days, seeds) for name, kind in COHORTS.items()}
        curves = {name: deciles(each) for name, each in found.items()}
        for name, curve in curves.items():
            head = f"{days:>2} days   {name:<14}{brier(found[name]):>7.4f}"
            for tenth, each in curve.items():
                good = each.share < ENOUGH or honest(list(curves.values()), tenth)
                off = each.share >= ENOUGH / 2 and abs(each.forecast - each.truth) > HONEST
                told = f"{' *' if off else ''}{'' if good else '  NOT HONEST'}"
                lines.append(f"{head:<31}{each.share:>8.3f}{each.forecast:>10.3f}{each.truth:>8.3f}{told}")
                head, failed = "", failed + (not good)
    return "\n".join(lines), failed


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 20)[0])
