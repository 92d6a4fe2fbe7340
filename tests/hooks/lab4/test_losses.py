"""The triplet loss: the right formula and no other, and losses that are not it."""

from types import SimpleNamespace

import pytest
from torch import nn

import labs.lab4 as lab
from quizlab.hooks.lab4.formulas import FORMULAS, loss_formula
from quizlab.hooks.lab4.losses import margin_curves
from tests.hooks.claims import held


def altered(loss):
    class Loss(nn.Module):
        def __init__(self, margin=1.0):
            super().__init__()
            self.margin = margin

        def forward(self, a, p, n):
            return loss(a, p, n, self.margin)

    return SimpleNamespace(TripletMarginLoss=Loss)


def d(x, y):
    return (x - y + 1e-6).norm(dim=-1)


WRONG = {
    "positive to negative": lambda a, p, n, m: (d(a, p) - d(p, n) + m).clamp(min=0).mean(),
    "signs": lambda a, p, n, m: (d(a, n) - d(a, p) + m).clamp(min=0).mean(),
    "minimum": lambda a, p, n, m: (d(a, p) - d(a, n) + m).clamp(max=0).mean(),
    "no hinge": lambda a, p, n, m: (d(a, p) - d(a, n) + m).mean(),
    "margin subtracted": lambda a, p, n, m: (d(a, p) - d(a, n) - m).clamp(min=0).mean(),
    "squared": lambda a, p, n, m: (d(a, p) ** 2 - d(a, n) ** 2 + m).clamp(min=0).mean(),
    "margin ignored": lambda a, p, n, m: (d(a, p) - d(a, n) + 1.0).clamp(min=0).mean(),
}


@pytest.mark.parametrize("margin", [0.2, 1.0, 3.0])
def test_every_point_holds_for_any_margin(margin):
    assert all(claim.holds for claim in margin_curves(lab, margin=margin).claims)


@pytest.mark.parametrize("margin", [0.2, 1.0, 3.0])
def test_of_the_formulas_only_the_right_one_is_the_loss(margin):
    assert held(loss_formula(lab, margin=margin)) & set(FORMULAS) == {"anchor_to_positive_and_negative"}


def test_torchs_own_loss_passes():
    torchs = SimpleNamespace(TripletMarginLoss=nn.TripletMarginLoss)
    assert {"anchor_to_positive_and_negative", "lab_equals_torch"} <= held(loss_formula(torchs))


@pytest.mark.parametrize("name", WRONG)
def test_another_loss_is_no_triplet_loss(name):
    broken = altered(WRONG[name])
    assert "hinge_of_distances" not in held(margin_curves(broken))
    assert not held(loss_formula(broken, margin=0.5)) & {*FORMULAS, "lab_equals_torch"}


def test_the_curves_reach_zero_at_the_margin():
    plot, _, ends = margin_curves(lab).blocks
    assert [row[-1] for row in ends.rows] == [0.5, 1, 2]
    assert all(
        series.y[0] == pytest.approx(gap + 0.5, abs=1e-4) for series, gap in zip(plot.series, (0.5, 1, 2), strict=True)
    )
