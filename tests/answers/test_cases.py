"""A key as many cases."""

from __future__ import annotations

import math
import random

import pytest

from quizlab.answers import cases_of, holds, part_of, read, read_answer, written
from quizlab.model import Part
from tests.answers.helpers import CURVE, FORMULA, OPEN, SIMPLE, case, good


def test_without_symbols_there_is_one_case():
    params = {"k": 3, "c_in": 32}
    assert cases_of(good(Part("number"), "k**2*c_in", params), Part("number"), params, random.Random(1)) == (case(288),)
    assert cases_of(read_answer(OPEN, "sve"), OPEN, {}, random.Random(1)) == (case((1, 2, 3, 4)),)


@pytest.mark.parametrize("seed", range(5))
def test_points_of_a_formula(seed):
    key = good(FORMULA, "(K-1)*M")
    cases = cases_of(key, FORMULA, {}, random.Random(seed))
    values = [number for one in cases for number in one.given.values()]
    assert len({tuple(one.given.values()) for one in cases}) == len(cases) >= 12
    assert all(set(one.given) == set(FORMULA.symbols) for one in cases)
    assert any(isinstance(number, int) for number in values)
    assert any(number != int(number) for number in values)
    assert min(values) > 0
    assert all(holds(key, one, {}) for one in cases)
    assert cases == cases_of(key, FORMULA, {}, random.Random(seed))


def test_points_without_a_value_are_left_out():
    cases = cases_of(good(CURVE, "1/(x-3) + log(x)"), CURVE, {}, random.Random(2))
    assert len(cases) >= 12
    assert all(math.isfinite(one.value) for one in cases)
    assert cases_of(good(CURVE, "1/(x-x)"), CURVE, {}, random.Random(2)) == ()


def test_symbols_that_are_parameters_too_stay_free():
    part = Part("formula", symbols=("K", "M"))
    cases = cases_of(good(part, "K*M", {"K": 2, "M": 3}), part, {"K": 2, "M": 3}, random.Random(1))
    assert len({one.value for one in cases}) > 5
    assert not all(holds(good(part, "6"), one, {"K": 2, "M": 3}) for one in cases)


@pytest.mark.parametrize("asked", SIMPLE)
def test_every_key_holds_in_its_own_cases(asked):
    key = read_answer(asked, asked.answer)
    cases = cases_of(key, asked, asked.params, random.Random(1))
    assert cases == cases_of(key, part_of(asked), asked.params, random.Random(1))
    assert cases
    assert all(holds(key, one, asked.params) for one in cases)


def test_other_parameters_take_the_place_of_the_question_s_own():
    asked = SIMPLE[0]
    params = {"k": 5, "c_in": 1}
    assert read(asked, "k²·c_in", params).shown == "25"
    assert read_answer(asked, asked.answer, params).shown == "25"
    assert read_answer(asked, asked.answer).shown == "288"


@pytest.mark.parametrize(
    ("value", "text"),
    [(9312, "9312"), (0.5, "0,5"), (1.234, "1,2340"), (1e-5, "0,00001"), (-2.5e-5, "−0,000025"),
     (1e-7, "1 · 10⁻⁷"), ("(B, 784)", "(B, 784)"),
     ((32, 784), "32; 784"), (2.0, "2.0")],
)  # fmt: skip
def test_written(value, text):
    assert written(value) == text
