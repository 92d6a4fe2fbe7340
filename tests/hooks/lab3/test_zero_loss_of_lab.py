"""A loss of zero in the lab: never exactly, floats against their definition, and other criteria."""

from math import inf

import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.zero_loss_of_lab import zero_loss_of_lab
from tests.hooks.claims import held
from tests.hooks.lab3.broken import altered

CAMPS = {"infimum_is_zero", "floats_round_to_zero"}


class Hinge(nn.Module):
    def forward(self, logits, labels):
        return (1 - (2 * labels - 1) * logits).clamp(min=0).mean()


def test_never_zero_in_the_lab():
    evidence = zero_loss_of_lab(lab)
    assert held(evidence) == {
        "sigmoid_never_0_or_1",
        "sigmoid_rounds_to_0_and_1",
        "gradient_stops_before_loss",
        "never_below_zero",
        "loss_outlasts_sigmoid",
        "trained_with_it",
        *CAMPS,
    }


def test_the_first_float_that_is_rounded_is_where_the_tables_say():
    rows = {row[0]: row[1] for row in zero_loss_of_lab(lab).blocks[1].rows}
    to_one = float(rows["sigmoida na 1"].replace(",", "."))
    assert torch.tensor(to_one + 0.1).sigmoid() == 1 > torch.tensor(to_one - 0.1).sigmoid()
    zero = float(rows["gubitak iz vježbe na 0, oznaka 1"].replace(",", "."))
    criterion = lab.make_criterion()
    assert (
        criterion(torch.tensor([zero + 0.1]), torch.ones(1)) == 0 < criterion(torch.tensor([zero - 0.1]), torch.ones(1))
    )


@pytest.mark.parametrize("criterion", [nn.MSELoss, nn.L1Loss, nn.CrossEntropyLoss, nn.SmoothL1Loss])
def test_another_criterion_is_found_without_a_crash(criterion):
    assert not {"sigmoid_never_0_or_1", "infimum_is_zero"} & held(zero_loss_of_lab(altered(make_criterion=criterion)))


def test_a_loss_below_zero_is_found():
    def shifted():
        return lambda logits, labels: nn.functional.binary_cross_entropy_with_logits(logits, labels) - 1

    assert "never_below_zero" not in held(zero_loss_of_lab(altered(make_criterion=shifted)))


def test_training_that_only_clipping_keeps_from_zero_is_found():
    def stands_still_when_clipped(*args, clip, device, **more):
        return lab.train_epoch(*args, clip=clip, device=device, **more) if clip == inf else 1.0

    broken = altered(make_criterion=Hinge, train_epoch=stands_still_when_clipped)
    assert "clipping_keeps_it_above_zero" in held(zero_loss_of_lab(broken))


def test_a_hinge_can_be_zero_and_turns_the_answers_round():
    found = held(zero_loss_of_lab(altered(make_criterion=Hinge)))
    assert {"training_reaches_zero", "right_predictions_cost_nothing"} <= found
    assert not {"sigmoid_never_0_or_1", "infimum_is_zero"} & found
