"""How much a student keeps of a key that was shown, as a share of the stability that FSRS gives a failure.

FSRS's default parameters are those of an average student with many small steps of repetition. Whoever keeps less (or
more) shows it in every question that was answered wrong and is asked again in a later sitting; what those answers
say of each share is added up, and the share believed is the mean over all of them (a Bayesian posterior).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

SHARES = (3.0, 1.0, 1 / 3, 1 / 9)
BEFORE = (0.25, 0.55, 0.15, 0.05)
"""How likely each share is before the first such answer; their mean logarithm is 0, so that it begins with 1."""

Trials = tuple[float, ...]
"""For each share the logarithm of how likely the answers are with it."""

NONE: Trials = (0.0,) * len(SHARES)


def witnessed(trials: Trials, chances: Sequence[float], *, right: bool) -> Trials:
    """The trials after one more answer, which with each share would have been right with these chances (0 to 1)."""
    likely = (min(max(each if right else 1 - each, 1e-9), 1.0) for each in chances)
    return tuple(old + math.log(each) for old, each in zip(trials, likely, strict=True))


def share(trials: Trials) -> float:
    """The share that is believed in: the geometric mean, each share by how likely it is."""
    most = max(trials)
    weights = [before * math.exp(each - most) for before, each in zip(BEFORE, trials, strict=True)]
    mean = sum(weight * math.log(each) for weight, each in zip(weights, SHARES, strict=True)) / sum(weights)
    return round(math.exp(mean), 6)
