"""Which function makes a probability of a logit: in the lab's criterion, and in others."""

import pytest
import torch
from torch.nn.functional import binary_cross_entropy

import labs.lab3 as lab
from quizlab.hooks.lab3.probability import probability
from tests.broken.sources import replaced
from tests.hooks.claims import all_of, held


def value(evidence):
    (case,) = evidence.cases
    return case.value


def test_one_logit_goes_through_the_sigmoid_and_two_through_softmax():
    for outputs, name in ((1, "sigmoida"), (2, "softmax")):
        evidence = probability(lab, outputs=outputs)
        assert value(evidence) == name
        assert held(evidence) == all_of(evidence)


@pytest.mark.parametrize(
    ("of", "wrong"),
    [
        (lambda z: torch.sigmoid(2 * z), set()),
        (lambda z: torch.sigmoid(z + 1), {"half_at_zero"}),
        (lambda z: (z.tanh() + 1) / 2, set()),
        (lambda z: torch.sigmoid(z) / 2, {"half_at_zero"}),
    ],
)
def test_another_function_is_none_of_those_on_offer(of, wrong):
    evidence = probability(replaced("lab3", {"make_criterion": lambda: lambda z, y: binary_cross_entropy(of(z), y)}))
    assert value(evidence) == "nijedna"
    assert all_of(evidence) - held(evidence) == {*wrong, "avoids_the_logarithm_of_zero"}


def test_a_loss_that_is_no_logarithm_of_a_probability_is_noticed():
    evidence = probability(replaced("lab3", {"make_criterion": lambda: lambda z, y: (z.sigmoid() - y).square().mean()}))
    assert value(evidence) == "nijedna"
    assert "probabilities_of_both_sum_to_one" not in held(evidence)
