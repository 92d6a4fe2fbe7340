"""Axes: every value has its place, and the labels are round and Croatian."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.model import Plot, Series
from quizlab.view.axes import Axis, scales

finite = st.floats(allow_nan=False, allow_infinity=False)


def plot(*values: float, log_y: bool = False) -> Plot:
    return Plot("", "", "", (Series("a", tuple(map(float, range(len(values)))), values),), log_y=log_y)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(values=st.lists(finite, min_size=1, max_size=8), log=st.booleans(), most=st.integers(2, 9))
def test_values_and_labels_lie_on_their_axis(values: list[float], log: bool, most: int) -> None:
    axes = scales(plot(*values, log_y=log))
    if axes is None:
        assert log
        assert max(values) <= 0
        return
    for value in (each for each in values if axes[1].has(each)):
        assert 0 <= axes[1].share(value) <= 1
    for value, label in axes[1].ticks(most).items():
        assert -1e-6 <= axes[1].share(value) <= 1 + 1e-6
        assert label
        assert not set(label) & set(".-")


def test_nothing_to_draw_has_no_axes() -> None:
    assert scales(plot()) is None
    assert scales(plot(math.nan, math.inf)) is None
    assert scales(plot(0.0, -1.0, log_y=True)) is None


def test_one_value_stands_in_the_middle() -> None:
    for value in (0.0, 5.0, -3.0):
        axes = scales(plot(value))
        assert axes is not None
        assert axes[1].share(value) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("axis", "labels"),
    [
        (Axis(0, 1), ["0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
        (Axis(0, 20), ["0", "5", "10", "15", "20"]),
        (Axis(-0.2, 0.2), ["−0,2", "−0,1", "0", "0,1", "0,2"]),
        (Axis(0, 4e6), ["0", "1 · 10⁶", "2 · 10⁶", "3 · 10⁶", "4 · 10⁶"]),
        (Axis(-12, 12, log=True), ["10⁻¹²", "10⁻⁶", "10⁰", "10⁶", "10¹²"]),
    ],
)
def test_labels_are_round(axis: Axis, labels: list[str]) -> None:
    assert list(axis.ticks(5).values()) == labels
