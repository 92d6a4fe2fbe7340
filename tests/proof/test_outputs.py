"""Outputs compared: words and whole numbers exactly, measured numbers as nearly as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.model import Snippet
from quizlab.proof.outputs import alike, difference

ROUNDED = st.integers(2, 6).flatmap(
    lambda places: st.tuples(
        st.just(places), st.lists(st.floats(-999, 999).map(lambda x: round(x, places)), min_size=1, max_size=6)
    )
)


def written(numbers: list[float], places: int) -> str:
    return "norme: " + str([f"{number:.{places}f}" for number in numbers]).replace("'", "")


@given(ROUNDED, st.data())
def test_one_in_the_last_place_is_rounding_and_more_is_a_difference(
    drawn: tuple[int, list[float]], data: st.DataObject
) -> None:
    places, numbers = drawn
    at = data.draw(st.integers(0, len(numbers) - 1))
    for off in (0, 1, -1, 2, -3, 10):
        other = [number + (off * 10.0**-places if index == at else 0) for index, number in enumerate(numbers)]
        one, two = written(numbers, places), written(other, places)
        assert alike(one, two) == alike(two, one) == (abs(off) <= 1)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5), st.data())
def test_whole_numbers_are_the_same_or_they_are_not(numbers: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(numbers) - 1))
    other = [number + (index == at) for index, number in enumerate(numbers)]
    assert alike(str(tuple(numbers)), str(tuple(numbers)))
    assert not alike(str(tuple(numbers)), str(tuple(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ReLU False", "Identity False"),
        ("4 7", "2 5"),
        ("int int64", "int64 int64"),
        ("torch.float32 9.02", "torch.float64 9.02"),
        ("BatchNorm2d(3)", "BatchNorm1d(3)"),
        ("weight_ih_l0 0.25", "weight_ih_l1 0.25"),
        ("[1.0, 0.0]", "[0.9, 0.0]"),
        ("[0.4, 1.12, 0.38] 2", "[0.0, 0.0, 0.0] 2"),
        ("1e-18", "1e-17"),
        ("9.3e-12", "0.0e+00"),
        ("4.5e-03", "4.5e-04"),
        ("3", "3.0"),
        ("nan", "0.0"),
        ("inf", "1.0"),
        ("1\n2", "1 2"),
        ("", "0"),
        ("True", "1"),
    ],
)
def test_what_says_something_else_is_noticed(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)
    assert alike(one, f"\n{one}  \n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30 9.3e-12 0.0e+00", "30 9.3e-12 -0.0e+00"),
        ("10 4.5e-3", "10 4.5e-03"),
        ("0.3601 4.5e-03", "0.3602 4.6e-03"),
        ("[0.5, 0.25]", "[0.50, 0.25]"),
        ("[0.4, 1.12, 0.38] 2", "[0.39, 1.12, 0.39] 2"),
        ("torch.float32 9.02", "torch.float32 9.01"),
    ],
)
def test_what_another_processor_prints_is_no_difference(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


def test_the_first_line_that_differs_is_told() -> None:
    assert difference(Snippet("", "1\n0.25\nReLU\nx", "1\n0.26\nIdentity\ny")) == ("ReLU", "Identity")
    assert difference(Snippet("", "1\n2\n", "1\n")) == ("2", "")
    assert difference(Snippet("", "", "1\n2")) == ("", "1")
