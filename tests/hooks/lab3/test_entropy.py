"""Exact losses against plain oracles, the bisection for a first number, the curves of both proofs."""

import math
import random
from decimal import Decimal, localcontext

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.entropy import exact_loss, first
from quizlab.hooks.lab3.zero_loss import zero_loss
from quizlab.hooks.lab3.zero_loss_of_lab import zero_loss_of_lab


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


def test_the_curves_for_a_logarithmic_axis_are_positive():
    for evidence in (zero_loss(lab), zero_loss_of_lab(lab)):
        plot = evidence.blocks[0]
        assert plot.log_y
        assert all(y > 0 for series in plot.series for y in series.y)
        exact, *floats = plot.series
        assert all(len(each.y) <= len(exact.y) for each in floats)
