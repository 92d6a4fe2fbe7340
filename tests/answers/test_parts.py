"""Several answers at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import Reading, Unreadable, cases_of, holds, read, read_answer
from quizlab.model import Part, TupleQuestion
from tests.answers.helpers import FORMULAS, PAIR, SHAPES, bounded, case, question


@bounded(150)
@given(
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.sampled_from(["; ", ";", " i ", ", ", " te ", "\n"]),
    st.sampled_from(["{}", "({})", "[{}]"]),
    st.sampled_from(["", " ", "."]),
)
def test_pairs_round_trip(one, other, separator, brackets, mark):
    texts = [f"{number:,}".replace(",", mark) for number in (one, other)]
    reading = read(PAIR, brackets.format(separator.join(texts)))
    assert isinstance(reading, Reading)
    assert holds(reading, case((one, other)), {})
    assert not holds(reading, case((one, other + 1)), {})
    assert not holds(reading, case((one,)), {})
    assert not holds(reading, case(one), {})
    assert read(PAIR, reading.shown) == reading


@pytest.mark.parametrize(
    "typed",
    ["32 i 784", "32, 784", "32,784", "32;784", "(32, 784)", "32 784", "prvi: 32, drugi: 784", "drugi=784; prvi=32",
     "32 i 28·28", "[32, 784]", "32 te 784"],
)  # fmt: skip
def test_pairs(typed):
    assert read(PAIR, typed).shown == "32; 784"


@pytest.mark.parametrize(
    "typed", ["(M-1, (K-1)*M)", "M−1, (K−1)M", "M-1 i KM-M", "(M-1), (K-1)M", "M-1;(K-1)M", "(M-1, M(K-1))"]
)
def test_formulas(typed):
    cases = cases_of(read_answer(FORMULAS, FORMULAS.answer), FORMULAS, {}, random.Random(5))
    assert len(cases) >= 12
    assert all(holds(read(FORMULAS, typed), one, {}) for one in cases)
    assert not all(holds(read(FORMULAS, "(K-1)M, M-1"), one, {}) for one in cases)


@pytest.mark.parametrize(
    "typed",
    ["(n,q), (q,), (m,q)", "((n,q), (q,), (m,q))", "U: (n,q); S: (q,); V: (m,q)", "V=(m,q), U=(n,q), S=(q,)",
     "(n, q) i (q) i (m, q)", "nxq, q, mxq", "n,q; q; m,q", "[n,q], [q], [m,q]"],
)  # fmt: skip
def test_shapes(typed):
    assert read(SHAPES, typed).shown == "(n, q); (q,); (m, q)"


@pytest.mark.parametrize(
    ("asked", "typed", "found"),
    [(PAIR, "32", "1"), (PAIR, "1, 2, 3", "3"), (SHAPES, "(n, q, m)", "1"), (FORMULAS, "(M-1)(K-1)", "1")],
)
def test_wrong_number_of_parts(asked, typed, found):
    trouble = read(asked, typed)
    assert isinstance(trouble, Unreadable)
    assert trouble.code == "wrong_number_of_parts"
    assert (trouble.args["expected"], trouble.args["found"]) == (str(len(asked.parts)), found)


def test_the_unreadable_part_is_named():
    trouble = read(PAIR, "32 i banana")
    assert (trouble.code, trouble.part, trouble.args["typed"]) == ("not_a_number", 2, "banana")
    assert read(PAIR, "; 784").part == 1


def test_mixed_kinds():
    asked = question(
        TupleQuestion,
        parts=(Part("text", name="matrica"), Part("number"), Part("interval"), Part("number", real=True)),
        answer=("W_hh", 1000, "(-1, 1)", 0.5),
    )
    reading = read(asked, "w hh; 1.000; <-1, 1>; 0,5")
    assert reading.shown == "w hh; 1000; (−1, 1); 0,5"
    assert holds(reading, case(("W_hh", 1000, (-1, 1, False, False), 0.5)), {})
    assert read(asked, reading.shown) == reading
    key = read_answer(asked, asked.answer)
    assert [one.value for one in cases_of(key, asked, {}, random.Random(1))] == [
        ("W_hh", 1000, (-1.0, 1.0, False, False), 0.5)
    ]


def test_synonyms_in_a_part():
    asked = question(TupleQuestion, parts=(Part("text", accept=("skriveno",)), Part("number")), answer=("hidden", 1))
    assert holds(read(asked, "skriveno; 1"), case(("hidden", 1)), {})
