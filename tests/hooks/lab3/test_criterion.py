"""The criterion: the lab's own, and others that are not it."""

import pytest
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.criterion import CRITERIA, criterion, loss_value
from tests.broken.sources import replaced
from tests.hooks.claims import all_of, held


def with_criterion(loss):
    return replaced("lab3", {"make_criterion": lambda: loss})


def test_the_criterion_is_cross_entropy_and_nothing_else():
    assert held(criterion(lab)) == {"cross_entropy", "binary_on_logits"}
    assert held(loss_value(lab)) == all_of(loss_value(lab))


LOSSES = {
    "squared_error": lambda z, y: (z.sigmoid() - y).square().mean(),
    "hinge": lambda z, y: (1 - (2 * y - 1) * z).relu().mean(),
    "absolute_error": lambda z, y: (z.sigmoid() - y).abs().mean(),
}


@pytest.mark.parametrize("name", LOSSES)
def test_another_loss_is_recognised(name):
    assert held(criterion(with_criterion(LOSSES[name]))) & set(CRITERIA) == {name}


@pytest.mark.parametrize(
    ("loss", "wrong"),
    [
        (
            nn.BCEWithLogitsLoss(reduction="none"),
            {"zero_dimensional_float", "gradient_starts_here", "training_follows_it"},
        ),
        (nn.BCEWithLogitsLoss(reduction="sum"), {"mean_of_examples", "takes_logits"}),
        (lambda z, y: -nn.functional.binary_cross_entropy_with_logits(z, y), {"larger_for_worse", "takes_logits"}),
        (lambda z, y: nn.functional.softplus(z).mean(), {"compares_with_class", "larger_for_worse", "takes_logits"}),
    ],
)
def test_what_a_criterion_returns_is_measured(loss, wrong):
    evidence = loss_value(with_criterion(loss))
    assert all_of(evidence) - held(evidence) == wrong
