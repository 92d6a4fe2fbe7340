"""Students' labs, structure × mistake: exactly the one cause, exactly its questions, and nothing on right ones.

``QUIZLAB_STRESS=short`` takes every fifth.
"""

from __future__ import annotations

import os
from itertools import product

import pytest

from quizlab.own.causes import find
from quizlab.own.judging import judge
from tests.conftest import shipped_bank
from tests.manuscripts_mistakes.lab3 import lab3
from tests.manuscripts_mistakes.lab4 import lab4
from tests.own import mistakes

pytestmark = pytest.mark.stress

EVERY = 5 if os.environ.get("QUIZLAB_STRESS") == "short" else 1
LAB4 = [each for each in shipped_bank("lab4").questions if each.id not in mistakes.TRAINED]
LAB3 = [each for each in shipped_bank("lab3").questions if each.id not in ("q34", "q53")]
TRAINED = [each for each in shipped_bank("lab4").questions if each.id in mistakes.TRAINED]

ALONE = {"third-pool", "no-pools", "one-pool", "squeeze", "features-normalised", "global-max"}
"""Mistakes that another way of pooling takes the place of."""

PAIRS4 = [pair for pair in product(mistakes.MISTAKES4, mistakes.STRUCTURES4) if pair[0] not in ALONE or pair[1] == ""]
PAIRS4 = [(each, mistakes.NEEDS.get(each, structure)) for each, structure in PAIRS4]
PAIRS4 = [pair for pair in PAIRS4 if pair not in product(("order", "no-norm", "no-relu"), ("functional",))]
PAIRS4 = [(mistake, each) for mistake, each in PAIRS4 if (each, mistake[:4]) != ("torch-loss", "loss")]
SHAPED3 = [each for each in mistakes.STRUCTURES3 if each not in ("one-way", "no-rnn")]
PAIRS3 = [pair for pair in product(mistakes.MISTAKES3, SHAPED3) if pair != ("not-last-state", "two-networks")]
"""Of two networks with one layer each the first layer's state is the last one."""


@pytest.mark.parametrize(("mistake", "structure"), PAIRS4[::EVERY])
def test_lab4(mistake: str, structure: str) -> None:
    lab = lab4(mistake, structure)
    assert [cause.id for cause in find(lab)] == [mistake]
    assert tuple(each.id for each in LAB4 if judge(each, lab).outcome == "differs") == mistakes.MISTAKES4[mistake]


@pytest.mark.parametrize("structure", mistakes.STRUCTURES4)
def test_lab4_without_a_mistake(structure: str) -> None:
    lab = lab4("", structure)
    assert find(lab) == []
    assert {judge(each, lab).outcome for each in (*LAB4, *TRAINED)} == {"agrees", "general"}


@pytest.mark.parametrize("mistake", mistakes.MISTAKES4_TRAINED)
def test_lab4_trained(mistake: str) -> None:
    lab = lab4(mistake)
    differs = tuple(each.id for each in TRAINED if judge(each, lab).outcome == "differs")
    assert differs == mistakes.MISTAKES4_TRAINED[mistake]


@pytest.mark.parametrize(("mistake", "structure"), PAIRS3[::EVERY])
def test_lab3(mistake: str, structure: str) -> None:
    lab = lab3(mistake, structure)
    assert [cause.id for cause in find(lab)] == [mistake]
    assert tuple(each.id for each in LAB3 if judge(each, lab).outcome == "differs") == mistakes.MISTAKES3[mistake]
