"""Shapes in every spelling; the batch dimension under any name."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import cases_of, holds, special_case
from quizlab.model import Part
from tests.answers.helpers import SHAPE, bad, bounded, case, good

SPELLINGS = [
    lambda sizes: f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})",
    lambda sizes: f"[{','.join(sizes)}]",
    lambda sizes: f"[{' '.join(sizes)}]",
    lambda sizes: f"torch.Size([{', '.join(sizes)}])",
    lambda sizes: f"Size({', '.join(sizes)})",
    lambda sizes: f"oblik: ({', '.join(sizes)})",
    lambda sizes: f"x.shape = ({'; '.join(sizes)})",
    "x".join,
    "×".join,
    " × ".join,
    " x ".join,
    " ".join,
    ", ".join,
]


@bounded(250)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6), st.sampled_from(SPELLINGS))
def test_every_spelling_round_trips(sizes, spelling):
    reading = good(SHAPE, spelling([str(size) for size in sizes]))
    assert holds(reading, case(tuple(sizes)), {})
    assert not holds(reading, case((*sizes[:-1], sizes[-1] + 1)), {})
    assert not holds(reading, case((*sizes, 1)), {})
    assert good(SHAPE, reading.shown) == reading


@bounded(150)
@given(
    st.sampled_from(["B", "N", "b", "batch", "batch_size", "n", "velicina_grupe", "?", "*", "None", "-1"]),
    st.lists(st.sampled_from(["emb_size", "hidden", "784", "2*hidden", "3·emb_size"]), min_size=1, max_size=4),
    st.sampled_from(["({})", "[{}]", "torch.Size([{}])"]),
)
def test_any_name_of_the_batch_is_the_batch(batch, sizes, brackets):
    typed = good(SHAPE, brackets.format(", ".join([batch, *sizes])))
    assert typed == good(SHAPE, f"(B, {', '.join(sizes)})")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("(64, 32)", "(64, 32)"), ("64 32", "(64, 32)"), ("10 × 32", "(10, 32)"), ("(32,)", "(32,)"), ("32", "(32,)"),
     ("()", "()"), ("torch.Size([])", "()"), ("skalar", "()"), ("(B, emb_size)", "(B, emb_size)"),
     ("N x emb_size", "(B, emb_size)"), ("Bx784", "(B, 784)"), ("(N, N)", "(B, B)"), ("emb_sizex3", "(emb_size, 3)"),
     ("(B, 2×hidden)", "(B, 2·hidden)"), ("(64*32,)", "(2048,)"), ("(batch size, 784)", "(B, 784)"),
     ("hidden hidden", "(hidden, hidden)"), ("(64; 32)", "(64, 32)"), ("{3, 4}", "(3, 4)"), ("(3, 4).", "(3, 4)")],
)  # fmt: skip
def test_echo(typed, shown):
    assert good(SHAPE, typed).shown == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [("(10 32", "missing_bracket"), ("10, 32)", "missing_bracket"), ("(10, 32]", "missing_bracket"),
     ("64*32", "ambiguous_shape"), ("(64*32)", "ambiguous_shape"), ("2*hidden", "ambiguous_shape"),
     ("(0.5, 3)", "not_a_size"), ("(3, -2)", "not_a_size"), ("(1,024)", "not_a_size"), ("(3,,4)", "not_a_shape"),
     ("(3, foo)", "unknown_symbol"), ("foo", "unknown_symbol"), ("(,)", "not_a_shape"), ("(3/0, 2)", "not_a_size")],
)  # fmt: skip
def test_unreadable(typed, code):
    assert bad(SHAPE, typed) == code


def test_parameters_are_sizes():
    params = {"classes": 10, "width": 32}
    assert good(SHAPE, "(classes, 2*width)", params).shown == "(10, 64)"
    assert holds(good(SHAPE, "(classes, width)", params), case((10, 32)), params)
    assert holds(good(SHAPE, "(B, width)", params), case((64, 16), B=64, width=16), params)


def test_without_a_batch_symbol_an_unknown_name_is_unknown():
    assert bad(Part("shape"), "(N, 784)") == "unknown_symbol"


def test_measured_values_of_another_kind_do_not_hold():
    for value in (32, "(64, 32)", (64, "32"), (), ((64, 32),), 64.0, (True, 32)):
        assert not holds(good(SHAPE, "(64, 32)"), case(value), {})


@pytest.mark.parametrize(
    ("typed", "key", "found"),
    [
        ("(64, 784)", "(B, 784)", {"B": 64}),
        ("(1, 784)", "(B, 784)", {"B": 1}),
        ("1x784", "(B, 784)", {"B": 1}),
        ("(64, emb_size)", "(B, emb_size)", {"B": 64}),
        ("(64, 2*hidden)", "(B, hidden + hidden)", {"B": 64}),
        ("(64, 32)", "(B, emb_size)", None),
        ("(784, 1)", "(B, 784)", None),
        ("(0, 784)", "(B, 784)", None),
        ("(784,)", "(B, 784)", None),
        ("(B, 784)", "(B, 784)", None),
        ("(hidden, 784)", "(B, 784)", None),
        ("(64, 784)", "(64, 784)", None),
    ],
)
def test_a_concrete_batch_is_a_special_case(typed, key, found):
    assert special_case(good(SHAPE, typed), good(SHAPE, key), SHAPE, {}) == found


def test_a_shape_is_compared_with_a_key_at_many_points():
    cases = cases_of(good(SHAPE, "(B, 2*hidden)"), SHAPE, {}, random.Random(3))
    assert len(cases) >= 12
    assert len({tuple(one.given.values()) for one in cases}) == len(cases)
    assert all(holds(good(SHAPE, "(N, hidden + hidden)"), one, {}) for one in cases)
    assert not all(holds(good(SHAPE, "(N, hidden)"), one, {}) for one in cases)
    assert not any(holds(good(SHAPE, "(64, 32)"), one, {}) for one in cases)
