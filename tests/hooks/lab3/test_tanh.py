"""tanh: its derivative, its range."""

from math import inf, tanh

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.tanh import tanh_derivative, tanh_range
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held


def test_the_derivative_is_the_slope_of_tanh():
    for case in tanh_derivative(lab).cases:
        x, step = case.given["x"], 1e-6
        assert case.value == pytest.approx((tanh(x + step) - tanh(x - step)) / (2 * step), abs=1e-8)
    assert held(tanh_derivative(lab)) == {"lab_backpropagates_with_it", "one_only_at_zero"}


@pytest.mark.parametrize("scale", [0.5, 2.0, 3.0])
def test_the_derivative_of_a_scaled_tanh_is_its_slope(scale):
    for case in tanh_derivative(lab, scale=scale).cases:
        x, step = case.given["x"], 1e-6
        assert case.value == pytest.approx((tanh(scale * (x + step)) - tanh(scale * (x - step))) / (2 * step), abs=1e-7)
    assert held(tanh_derivative(lab, scale=scale)) == {"lab_backpropagates_with_it", "one_only_at_zero"}


@pytest.mark.parametrize(("scale", "shift"), [(1, 3), (4, 0), (2, -5), (5, 10)])
@pytest.mark.parametrize(
    ("function", "arithmetic", "low", "high", "closed"),
    [("tanh", "exact", -1, 1, (False, False)), ("tanh", "float32", -1, 1, (True, True)),
     ("sigmoid", "exact", 0, 1, (False, False)), ("relu", "exact", 0, inf, (True, False)),
     ("identity", "exact", -inf, inf, (False, False))],
)  # fmt: skip
def test_the_range_moves_and_grows_with_the_function(scale, shift, function, arithmetic, low, high, closed):
    evidence = tanh_range(lab, scale=scale, shift=shift, function=function, arithmetic=arithmetic)
    assert [case.value for case in evidence.cases] == [(scale * low + shift, scale * high + shift, *closed)]


def test_a_backward_pass_without_the_slope_is_noticed():
    broken = BROKEN["NumPy: no derivative of tanh"]
    assert "lab_backpropagates_with_it" not in held(tanh_derivative(broken))


@pytest.mark.parametrize(
    ("function", "arithmetic", "expected"),
    [
        ("tanh", "exact", (-1, 1, False, False)),
        ("tanh", "float32", (-1, 1, True, True)),
        ("sigmoid", "exact", (0, 1, False, False)),
        ("sigmoid", "float32", (0, 1, True, True)),
        ("relu", "exact", (0, inf, True, False)),
        ("identity", "exact", (-inf, inf, False, False)),
    ],
)
def test_the_range_of_a_function_is_measured(function, arithmetic, expected):
    evidence = tanh_range(lab, function=function, arithmetic=arithmetic)
    assert [case.value for case in evidence.cases] == [expected]
    assert held(evidence) == {"never_reaches_one", "float32_rounds_to_one"}


def test_float32_gives_exactly_one_from_about_nine():
    first = dict(tanh_range(lab).blocks[1].rows)
    assert 8.5 < first["float32"] < 9.5
    assert 18 < first["float64"] < 20
