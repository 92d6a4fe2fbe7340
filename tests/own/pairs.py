"""Which manuscripts and which labs made of objects there are for the long trials."""

from __future__ import annotations

from itertools import product

from tests.manuscripts import Manuscript
from tests.manuscripts import lab3 as files3
from tests.manuscripts import lab4 as files4
from tests.own import mistakes

STRUCTURES: list[Manuscript] = [*files4.structures(), *files3.structures()]
MISTAKEN: list[Manuscript] = [*files4.mistaken(), *files3.mistaken()]

ALONE = {"third-pool", "no-pools", "one-pool", "squeeze", "features-normalised", "global-max"}
"""Mistakes that another way of pooling takes the place of."""

_PAIRS4 = [pair for pair in product(mistakes.MISTAKES4, mistakes.STRUCTURES4) if pair[0] not in ALONE or pair[1] == ""]
_PAIRS4 = [(each, mistakes.NEEDS.get(each, structure)) for each, structure in _PAIRS4]
_PAIRS4 = [pair for pair in _PAIRS4 if pair not in product(("order", "no-norm", "no-relu"), ("functional",))]
PAIRS4 = [(mistake, each) for mistake, each in _PAIRS4 if (each, mistake[:4]) != ("torch-loss", "loss")]
SHAPED3 = [each for each in mistakes.STRUCTURES3 if each not in ("one-way", "no-rnn")]
PAIRS3 = [pair for pair in product(mistakes.MISTAKES3, SHAPED3) if pair != ("not-last-state", "two-networks")]
"""Of two networks with one layer each the first layer's state is the last one."""
