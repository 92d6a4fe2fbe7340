"""A loss of zero: exact losses against plain oracles, floats against their definition, and other losses."""

import math
import random
from decimal import Decimal, localcontext
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.common import scientific
from quizlab.hooks.lab3.zero_loss import exact_loss, first, zero_loss, zero_loss_of_lab

CAMPS = {"infimum_is_zero", "floats_round_to_zero"}


def altered(**names):
    return SimpleNamespace(**{**vars(lab), **names})


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


def hinge(trace, targets):
    right = np.take_along_axis(trace.logits, targets[..., None], -1)
    others = trace.logits.copy()
    np.put_along_axis(others, targets[..., None], -np.inf, -1)
    return float(np.maximum(0, 1 - (right[..., 0] - others.max(-1))).sum())


class Hinge(nn.Module):
    def forward(self, logits, labels):
        return (1 - (2 * labels - 1) * logits).clamp(min=0).mean()


def test_the_exact_loss_is_log1p_where_floats_can_tell():
    for gap in (0, 0.25, 1, 5, 30, 300, 700):
        for classes in (2, 3, 100, 10_000):
            wanted = math.log1p((classes - 1) * math.exp(-gap))
            assert float(exact_loss(gap, classes)) == pytest.approx(wanted, rel=1e-12)


def test_far_out_the_exact_loss_is_the_exponential():
    for gap in (1_000, 3_000):
        with localcontext() as context:
            context.prec = 40
            assert abs(exact_loss(gap, 2) / Decimal(-gap).exp() - 1) < Decimal("1e-20")


def test_bisection_finds_the_first_number():
    chance = random.Random(0)
    for _ in range(50):
        wanted = chance.uniform(0, 1999)
        assert first(lambda number, wanted=wanted: number >= wanted) == pytest.approx(wanted, abs=1e-3)
    assert first(lambda number: False) == math.inf


@pytest.mark.parametrize("vocabulary", [2, 7, 100, 300])
def test_never_zero_whatever_the_vocabulary(vocabulary):
    assert held(zero_loss(lab, vocabulary=vocabulary)) == {"loss_never_zero", *CAMPS}


def test_never_zero_in_the_lab():
    evidence = zero_loss_of_lab(lab)
    assert held(evidence) == {
        "sigmoid_never_0_or_1",
        "sigmoid_rounds_to_0_and_1",
        "gradient_stops_before_loss",
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


def test_the_curves_for_a_logarithmic_axis_are_positive():
    for evidence in (zero_loss(lab), zero_loss_of_lab(lab)):
        plot = evidence.blocks[0]
        assert plot.log_y
        assert all(y > 0 for series in plot.series for y in series.y)
        exact, *floats = plot.series
        assert all(len(each.y) <= len(exact.y) for each in floats)


def test_a_hinge_can_be_zero_and_turns_the_answers_round():
    numpy = held(zero_loss(altered(loss=hinge)))
    assert {"training_reaches_zero", "batch_of_one_reaches_zero", "large_state_reaches_zero"} <= numpy
    assert not {"loss_never_zero", "infimum_is_zero"} & numpy
    of_lab = held(zero_loss_of_lab(altered(make_criterion=Hinge)))
    assert {"training_reaches_zero", "right_predictions_cost_nothing"} <= of_lab
    assert not {"sigmoid_never_0_or_1", "infimum_is_zero"} & of_lab


@pytest.mark.parametrize("criterion", [nn.MSELoss, nn.L1Loss, nn.CrossEntropyLoss, nn.SmoothL1Loss])
def test_another_criterion_is_found_without_a_crash(criterion):
    assert not {"sigmoid_never_0_or_1", "infimum_is_zero"} & held(zero_loss_of_lab(altered(make_criterion=criterion)))


def test_a_loss_below_zero_is_found():
    def shifted():
        return lambda logits, labels: nn.functional.binary_cross_entropy_with_logits(logits, labels) - 1

    assert "loss_goes_below_zero" in held(zero_loss_of_lab(altered(make_criterion=shifted)))


def test_small_numbers_as_people_write_them():
    assert scientific(4.1e-6) == "4,1·10⁻⁶"
    assert scientific(Decimal("5.025E-433")) == "5,0·10⁻⁴³³"
    assert scientific(Decimal(10) ** -3, 0) == "10⁻³"
    assert (scientific(0.029), scientific(3.62), scientific(0), scientific(math.inf)) == ("0,029", "3,6", "0", "∞")
