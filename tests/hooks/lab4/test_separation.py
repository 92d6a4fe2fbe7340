"""Which plot belongs to which model: over several trainings, and when the model learns nothing."""

import itertools
import sys

import pytest
import torch

import labs.lab4 as lab
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.separation import separated, separation
from quizlab.model import Plot
from tests.hooks.claims import held
from tests.hooks.lab4.broken import WrongPositive, altered
from tests.thinned import thinned

SOUND = {
    "trained_separates_better",
    "capacity_alone_is_not_enough",
    "larger_capacity",
    "identity_is_not_trained",
}


@pytest.mark.parametrize("seed", thinned([0, 1, 2, 3], 2))
def test_the_learned_embedding_separates_better_whatever_the_seed(seed, monkeypatch):
    monkeypatch.setattr(digits, "SEED", seed)
    assert held(separation(altered())) == SOUND


def test_without_training_there_is_nothing_to_see():
    found = held(separation(altered(train=lambda *_: 0.0)))
    assert "capacity_alone_separates" in found
    assert not {"trained_separates_better", "capacity_alone_is_not_enough"} & found


@pytest.mark.stress
def test_training_on_wrong_positives_is_seen():
    assert "trained_separates_better" not in held(separation(altered(MNISTMetricDataset=WrongPositive)))


def test_separation_of_a_case_worked_out_by_hand():
    points = torch.tensor([[0.0, 1.0], [0.0, -1.0], [6.0, 1.0], [6.0, -1.0]])
    assert separated(points, torch.tensor([0, 0, 1, 1])) == pytest.approx(6.0)


def test_two_plots_with_a_series_for_each_class():
    plots = [block for block in separation(lab).blocks if isinstance(block, Plot)]
    assert len(plots) == 2
    for plot in plots:
        assert [series.name for series in plot.series] == [str(label) for label in range(10)]
        assert sum(len(series.x) for series in plot.series) <= 150


@pytest.mark.stress
@pytest.mark.parametrize("own", [False, True])
def test_a_students_network_may_separate_a_little_less_than_ours_must(own, monkeypatch):
    ratios = itertools.cycle([1.97, 2.34, 0.9])  # of the identity, the trained network and the untrained one
    module = sys.modules[separation.__module__]
    monkeypatch.setattr(module, "separated", lambda *_: next(ratios))
    monkeypatch.setattr(module, "is_own", lambda _: own)
    assert ("trained_separates_better" in held(separation(altered()))) is own
