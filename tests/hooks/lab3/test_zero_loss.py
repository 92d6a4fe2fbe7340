"""A loss of zero for the next word: never exactly, and a loss that can be zero."""

import numpy as np
import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.zero_loss import zero_loss
from tests.hooks.claims import held
from tests.hooks.lab3.broken import altered

CAMPS = {"infimum_is_zero", "floats_round_to_zero"}


def hinge(trace, targets):
    right = np.take_along_axis(trace.logits, targets[..., None], -1)
    others = trace.logits.copy()
    np.put_along_axis(others, targets[..., None], -np.inf, -1)
    return float(np.maximum(0, 1 - (right[..., 0] - others.max(-1))).sum())


@pytest.mark.parametrize("vocabulary", [2, 7, 100, 300])
def test_never_zero_whatever_the_vocabulary(vocabulary):
    assert held(zero_loss(lab, vocabulary=vocabulary)) == {"loss_never_zero", *CAMPS}


def test_a_hinge_can_be_zero_and_turns_the_answers_round():
    found = held(zero_loss(altered(loss=hinge)))
    assert {"training_reaches_zero", "batch_of_one_reaches_zero", "large_state_reaches_zero"} <= found
    assert not {"loss_never_zero", "infimum_is_zero"} & found
