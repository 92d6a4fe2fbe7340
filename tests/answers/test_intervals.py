"""Intervals; whether an end belongs is part of the answer."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import holds, read_part
from tests.answers.helpers import INTERVAL, bad, bounded, case, good

INF = math.inf


@bounded(200)
@given(
    st.integers(-400, 400).map(lambda n: n / 4),
    st.integers(-400, 400).map(lambda n: n / 4),
    st.sampled_from(["(", "<", "⟨", "]", "["]),
    st.sampled_from([")", ">", "⟩", "[", "]"]),
    st.sampled_from(["; ", ";", ", "]),
    st.sampled_from(".,"),
)
def test_every_spelling_round_trips(low, high, left, right, between, mark):
    low, high = sorted((low, high))
    ends = [f"{end:g}".replace(".", mark).replace("-", "−") for end in (low, high)]
    reading = good(INTERVAL, left + between.join(ends) + right)
    closed = left == "[", right == "]"
    assert holds(reading, case((low, high, *closed)), {})
    assert not holds(reading, case((low, high, not closed[0], closed[1])), {})
    assert not holds(reading, case((low, high, closed[0], not closed[1])), {})
    assert not holds(reading, case((low, high + 1, *closed)), {})
    assert good(INTERVAL, reading.shown) == reading


@pytest.mark.parametrize(
    "typed",
    ["(-1, 1)", "<-1, 1>", "⟨-1, 1⟩", "]-1, 1[", "(−1,1)", "(-1; 1)", "(-1..1)", "-1 < x < 1", "1 > y > -1",
     "-1<tanh(x)<1", "x ∈ (-1, 1)", "(-1,0; 1,0)", "〈-1, 1〉", "<-1,1)", "(-2/2, 3-2)"],
)  # fmt: skip
def test_spellings_of_the_range_of_tanh(typed):
    reading = good(INTERVAL, typed)
    assert reading.shown == "(−1, 1)"
    assert holds(reading, case((-1, 1, False, False)), {})
    assert not holds(reading, case((-1, 1, True, True)), {})


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("[0, 1)", (0, 1, True, False)),
        ("<0, 1]", (0, 1, False, True)),
        ("0 ≤ x < 1", (0, 1, True, False)),
        ("[0, ∞)", (0, INF, True, False)),
        ("[0, ∞]", (0, INF, True, False)),
        ("[0, +inf>", (0, INF, True, False)),
        ("x >= 0", (0, INF, True, False)),
        ("0 < x", (0, INF, False, False)),
        ("x < 1", (-INF, 1, False, False)),
        ("R", (-INF, INF, False, False)),
        ("ℝ", (-INF, INF, False, False)),
        ("od -∞ do ∞", (-INF, INF, False, False)),
        ("(0,5, 1)", (0.5, 1, False, False)),
        ("(0,5)", (0, 5, False, False)),
        ("[-0,5, 0,5]", (-0.5, 0.5, True, True)),
    ],
)
def test_values(typed, value):
    assert holds(good(INTERVAL, typed), case(value), {})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("od -1 do 1", "ends_not_said"),
        ("između -1 i 1", "ends_not_said"),
        ("-1, 1", "ends_not_said"),
        ("(-1, 1", "missing_bracket"),
        ("-1, 1)", "missing_bracket"),
        ("(0,1,2)", "ambiguous_number"),
        ("(-1 1)", "not_an_interval"),
        ("-1 < x > 1", "not_an_interval"),
        ("(1, -1)", "not_an_interval"),
        ("jedan", "not_an_interval"),
        ("(a, b)", "unknown_symbol"),
        ("(1/0, 2)", "no_value"),
    ],
)
def test_unreadable(typed, code):
    assert bad(INTERVAL, typed) == code


def test_the_two_possible_readings_are_offered():
    args = read_part(INTERVAL, "od -1 do 1", {}).args
    assert (args["open"], args["closed"]) == ("(−1, 1)", "[−1, 1]")


def test_ends_over_the_parameters():
    assert holds(good(INTERVAL, "[-c, c]", {"c": 5}), case((-5.0, 5.0, True, True)), {"c": 5})


def test_measured_values_of_another_kind_do_not_hold():
    for value in ((-1, 1), "(-1, 1)", 1, ("a", 1, False, False), (-1, 1, 1, 2, 3)):
        assert not holds(good(INTERVAL, "(-1, 1)"), case(value), {})
