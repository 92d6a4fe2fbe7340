"""Formulas are equal if they are equal in value, however they are spelled."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizlab.answers import cases_of, holds, read_part
from tests.answers.helpers import CURVE, FORMULA, bad, bounded, case, good
from tests.answers.trees import spelled, trees, value


def chooser(data):
    return lambda options: data.draw(st.sampled_from(list(options)))


def right(typed, key, part):
    cases = cases_of(good(part, key), part, {}, random.Random(814))
    assert len(cases) >= 12
    return all(holds(good(part, typed), one, {}) for one in cases)


@bounded(250)
@given(trees(), st.data())
def test_every_spelling_has_the_value_of_the_tree(tree, data):
    reading = good(FORMULA, spelled(tree, chooser(data)))
    for point in ((2, 3, 5, 7), (1, 10, 32, 3), (0.5, 2.25, 1.125, 4)):
        names = dict(zip(FORMULA.symbols, point, strict=True))
        expected = value(tree, names)
        measured = int(expected) if expected.denominator == 1 else float(expected)
        assert holds(reading, case(measured, **names), {})
        assert not holds(reading, case(measured + max(1, abs(measured)) / 1000, **names), {})


@bounded(150)
@given(trees(), st.data())
def test_two_spellings_of_one_tree_are_equal(tree, data):
    assert right(spelled(tree, chooser(data)), spelled(tree, chooser(data)), FORMULA)


@bounded(150)
@given(trees(most=5), trees(most=5), st.data())
def test_equal_exactly_when_the_oracle_says_so(one, other, data):
    key = good(FORMULA, spelled(one, chooser(data)))
    typed = good(FORMULA, spelled(other, chooser(data)))
    cases = cases_of(key, FORMULA, {}, random.Random(1))
    same = all(value(one, each.given) == value(other, each.given) for each in cases)
    assert all(holds(typed, each, {}) for each in cases) == same


@bounded(150)
@given(trees(most=5), trees(most=3), st.data())
def test_a_perturbed_formula_is_refuted(tree, change, data):
    points = [dict(zip(FORMULA.symbols, (a, a + 1, a + 3, a + 7), strict=True)) for a in (2, 5, 11)]
    assume(all(value(change, point) != 0 for point in points))
    assert not right(spelled(("+", tree, change), chooser(data)), spelled(tree, chooser(data)), FORMULA)


@bounded(250)
@given(trees(), st.data())
def test_the_echo_is_a_fixed_point_with_the_same_value(tree, data):
    reading = good(FORMULA, spelled(tree, chooser(data)))
    again = good(FORMULA, reading.shown)
    assert again == reading


@pytest.mark.parametrize(
    "typed",
    ["(K-1)*M", "(K−1)·M", "M(K−1)", "KM − M", "km-m", "K·M − M", "[K-1]M", "N = (K-1)*M", "f(K, M) = KM−M",
     "M*K-M", "(K-1) x M", "(K-1)×M", "-(1-K)M", "MK-M", "K M - M", "(K²-1)M/(K+1)", "0,5·2(K-1)M"],
)  # fmt: skip
def test_spellings_of_one_formula(typed):
    assert right(typed, "(K - 1)*M", FORMULA)


@pytest.mark.parametrize("typed", ["K*M", "K*(M-1)", "(K-1)*M+1", "(K-1)*(M-1)", "K-1*M", "2M", "99", "K*M-M+1/1000"])
def test_other_formulas_are_wrong(typed):
    assert not right(typed, "(K - 1)*M", FORMULA)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("1 − tanh²(x)", "1 - tanh(x)**2"),
        ("1-tanh^2(x)", "1 - tanh(x)**2"),
        ("1 - tanh x · tanh x", "1 - tanh(x)**2"),
        ("1/cosh²(x)", "1 - tanh(x)**2"),
        ("4σ(2x)(1-σ(2x))", "1 - tanh(x)**2"),
        ("(e^x - e^(-x))/(e^x + e^(-x))", "tanh(x)"),
        ("1/(1+e^(-x))", "sigmoid(x)"),
        ("1/(1+exp(-x))", "σ(x)"),
        ("max(0, d_ap − d_an + margin)", "max(d_ap - d_an + margin, 0)"),
        ("ReLU(d_ap − d_an + margin)", "max(0, d_ap - d_an + margin)"),
        ("max(0; d_ap − d_an + margin)", "max(0, d_ap - d_an + margin)"),
        ("√(x²)", "abs(x)"),
        ("ln(x)", "log(x)"),
        ("2 ln x", "log(x²)/1 * 1 + 0*x"),
        ("x^(1/2)", "sqrt x"),
        ("x²/x⁴", "x⁻²"),
    ],
)
def test_functions(typed, key):
    if typed == "2 ln x":
        assert not right(typed, key, CURVE), "a logarithm of a square has values where one of x has none"
    else:
        assert right(typed, key, CURVE)


@pytest.mark.parametrize(
    ("typed", "key"),
    [("x", "max(0, x)"), ("tanh(x)", "tanh(abs(x))"), ("x", "abs(x)"),
     ("d_ap - d_an + margin", "max(0, d_ap-d_an+margin)")],
)  # fmt: skip
def test_formulas_that_differ_only_for_negative_numbers(typed, key):
    assert not right(typed, key, CURVE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("(K-1)*M", "(K − 1)·M"),
        ("km²", "K·M²"),
        ("K^M", "K^M"),
        ("2^2^3", "2^2³"),
        ("tanh²(K)", "tanh²(K)"),
        ("tanh²(K)^3", "(tanh²(K))³"),
        ("max(0,5; K)", "max(0.5, K)"),
        ("emb_sizec_in", "emb_size·c_in"),
        ("1 000K", "1000·K"),
        ("K^+2", "K²"),
        ("K⁺¹²", "K¹²"),
        ("+K", "K"),
        ("K² x M", "K²·M"),
    ],
)
def test_echo(typed, shown):
    assert good(FORMULA, typed).shown == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("(K-1*M", "missing_bracket"),
        ("K-1)*M", "missing_bracket"),
        ("(K-1]*M", "missing_bracket"),
        ("K+", "unfinished"),
        ("K*/M", "unexpected"),
        ("K, M", "unexpected"),
        ("K = M = 2", "sides_differ"),
        ("K 2", "unexpected"),
        ("K2", "unknown_symbol"),
        ("N*M", "unknown_symbol"),
        ("1/2K", "ambiguous_fraction"),
        ("M/KM", "ambiguous_fraction"),
        ("e^-2K", "ambiguous_fraction"),
        ("e^2K", "ambiguous_fraction"),
        ("1.234*K", "ambiguous_number"),
        ("tanh", "missing_argument"),
        ("max(K)", "missing_argument"),
        ("tanh K^2", "missing_argument"),
        ("()", "unexpected"),
        ("9**9**9**9*K", "too_big"),
    ],
)
def test_unreadable(typed, code):
    assert bad(FORMULA, typed) == code


def test_case_decides_only_where_it_must():
    from quizlab.model import Part

    both = Part("formula", symbols=("m", "M"))
    assert good(both, "M-m").value.names == ("M", "m")
    assert bad(Part("formula", symbols=("n", "N", "K")), "k·Nn2") == "unknown_symbol"
    assert good(Part("formula", symbols=("n", "N", "K")), "kNn").value.names == ("K", "N", "n")


def test_a_name_beats_a_function_and_a_constant():
    from quizlab.model import Part

    part = Part("formula", symbols=("e", "max", "x"))
    assert holds(good(part, "2e + max·x"), case(17, e=3, max=5.5, x=2), {})
    assert holds(good(part, "x max"), case(11.0, e=3, max=5.5, x=2), {})


def test_positions_count_in_what_was_typed():
    assert read_part(FORMULA, "y = K*foo", {}).args["position"] == "7"
    assert read_part(FORMULA, "(K-1*M", {}).args == {"typed": "(K-1*M", "bracket": ")", "position": "1"}


@pytest.mark.parametrize("typed", ["1/(K-K)", "sqrt(0-K)", "log(K-K)", "(0-K)^(1/2)", "exp(1000*K)", "K^K^K"])
def test_no_value_never_holds_and_never_raises(typed):
    reading = good(FORMULA, typed)
    assert not holds(reading, case(1, K=30, M=2), {})
    assert not holds(reading, case(float("inf"), K=30, M=2), {})
    assert not holds(reading, case("text", K=30), {})
    assert not holds(reading, case(1), {})


def test_given_overrides_the_parameters():
    reading = good(FORMULA, "K*M", {"K": 2})
    assert holds(reading, case(35, K=5, M=7), {"K": 2})
    assert holds(reading, case(14, M=7), {"K": 2})
