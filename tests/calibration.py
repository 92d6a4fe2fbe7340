"""Is the forecast honest? Forecasts of a simulated cohort beside what its students truly know at the exam."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Sequence

from msgspec import Struct

from quizlab.bank.load import load, shipped
from quizlab.learning.memory import prior
from quizlab.learning.schedule import forecast
from tests.cohort import HORIZONS, Forgetful, Student, ours, practised

COHORTS: dict[str, type[Student]] = {"as FSRS": Student, "learns less": Forgetful}

HONEST = 0.05
"""The mean forecast lies so near to the truth in each decile that has enough mass."""

ENOUGH = 0.05
"""The share of all forecasts from which a decile is judged."""


class Decile(Struct, frozen=True):
    """Forecasts of one tenth of the scale: their share of all, their mean, and the mean of the truth."""

    share: float
    forecast: float
    truth: float

    @property
    def honest(self) -> bool:
        """Whether the forecast is near enough to the truth, or too rare to be judged."""
        return self.share < ENOUGH or abs(self.forecast - self.truth) <= HONEST


Pair = tuple[float, float]
"""A forecast and the true probability of a right answer."""


def pairs(kind: type[Student], days: int, seeds: int) -> list[Pair]:
    """The forecast for every question of every student on the last evening, for the morning of the exam."""
    questions = [each for path in shipped() for each in load(path).questions]
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


def deciles(found: Sequence[Pair]) -> list[Decile]:
    """The reliability curve, from the lowest forecasts to the highest; empty tenths are left out."""
    tenths: dict[int, list[Pair]] = {}
    for pair in found:
        tenths.setdefault(min(9, math.floor(10 * pair[0])), []).append(pair)
    return [
        Decile(len(each) / len(found), *(statistics.mean(side) for side in zip(*each, strict=True)))
        for _, each in sorted(tenths.items())
    ]


def report(seeds: int, horizons: Sequence[int] = HORIZONS) -> tuple[str, int]:
    """A table of reliability for both cohorts, and how many deciles are not honest."""
    lines, failed = [f"{'cohort':<14}{'exam in':<10}{'Brier':>7}{'share':>8}{'forecast':>10}{'truth':>8}"], 0
    for name, kind in COHORTS.items():
        for days in horizons:
            found = pairs(kind, days, seeds)
            head = f"{name:<14}{days:>2} days   {brier(found):>7.4f}"
            for each in deciles(found):
                told = "" if each.honest else "  NOT HONEST"
                lines.append(f"{head:<31}{each.share:>8.3f}{each.forecast:>10.3f}{each.truth:>8.3f}{told}")
                head = ""
                failed += not each.honest
    return "\n".join(lines), failed


if __name__ == "__main__":
    print(report(int(sys.argv[1]) if len(sys.argv) > 1 else 20)[0])
