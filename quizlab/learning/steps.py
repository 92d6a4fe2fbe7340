"""One answer's effect on a memory, by the formulas of FSRS-6.

The package ``fsrs`` computes the same on copies of its cards, twenty times slower, and a log may be very
long. It gives the parameters, and the tests hold these numbers to its own, to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

LEAST_STABILITY = 0.001
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0

Step = Callable[[float, float, int, int], tuple[float, float]]
"""Stability (days), difficulty, days since the last answer, rating 1 to 4 → stability and difficulty after it."""


def step(w: Sequence[float]) -> Step:
    """The step with these 21 parameters."""
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    easiest = w[4] - math.e ** (w[5] * (EASY - 1)) + 1
    at_once = [math.e ** (w[17] * (rating - GOOD + w[18])) for rating in range(5)]
    forgotten: float = math.e ** (w[17] * w[18])
    known: float = math.e ** w[8]
    penalty = (1.0, 1.0, w[15], 1.0, w[16])

    def same_day(stability: float, rating: int) -> float:
        increase: float = at_once[rating] * stability ** -w[19]
        return stability * (increase if rating == AGAIN else max(increase, 1.0))

    def later(stability: float, difficulty: float, days: int, rating: int) -> float:
        lost = 1 - (1 + factor * days / stability) ** decay
        if rating == AGAIN:
            least: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * math.e ** (lost * w[14])
            return min(least, stability / forgotten)
        rise: float = known * (11 - difficulty) * stability ** -w[9] * (math.e ** (lost * w[10]) - 1) * penalty[rating]
        return stability * (1 + rise)

    def after(stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
        new = later(stability, difficulty, days, rating) if days >= 1 else same_day(stability, rating)
        damped = difficulty + (10.0 - difficulty) * -(w[6] * (rating - GOOD)) / 9.0
        harder = w[7] * easiest + (1 - w[7]) * damped
        return max(new, LEAST_STABILITY), min(max(harder, LEAST_DIFFICULTY), MOST_DIFFICULTY)

    return after
