"""What the tests of answers share: questions of every kind, and how many examples a property takes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from quizlab.answers import Reading, Unreadable, read_part
from quizlab.model import (
    Case,
    ChoiceQuestion,
    FormulaQuestion,
    IntervalQuestion,
    MultiQuestion,
    NumberQuestion,
    OpenQuestion,
    Option,
    Part,
    Point,
    ShapeQuestion,
    TextQuestion,
    TupleQuestion,
    TypeQuestion,
    Verify,
)


def bounded(examples):
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def question(kind, **fields):
    return kind(id="q1", topic="t", prompt="p", explain="e", verify=Verify("lab4.hook"), recollections=(), **fields)


COUNT = Part("number")
REAL = Part("number", real=True)
SHAPE = Part("shape", symbols=("emb_size", "hidden"), batch="B")
FORMULA = Part("formula", symbols=("K", "M", "emb_size", "c_in"))
CURVE = Part("formula", symbols=("x", "d_ap", "d_an", "margin"))
TYPE = Part("type")
INTERVAL = Part("interval")
TEXT = Part("text", accept=("hidden state", "skriveno stanje"))
PARTS = (COUNT, REAL, SHAPE, FORMULA, CURVE, TYPE, INTERVAL, TEXT)

CHOICE = question(
    ChoiceQuestion,
    options={
        "a": Option("32"),
        "b": Option("1"),
        "c": Option("784"),
        "d": Option("Analiza glavnih komponenti (PCA)"),
    },
    answer="c",
)
MULTI = question(
    MultiQuestion,
    options={"a": Option("<PAD>"), "b": Option("<UNK>"), "c": Option("<EOS>"), "d": Option("nijedan")},
    answer=("a", "b"),
)
OPEN = question(OpenQuestion, points=tuple(Point(f"točka {number}") for number in range(1, 5)))
PAIR = question(TupleQuestion, parts=(Part("number", name="prvi"), Part("number", name="drugi")), answer=(32, 784))
FORMULAS = question(
    TupleQuestion,
    parts=(Part("formula", symbols=("K", "M")), Part("formula", symbols=("K", "M"))),
    answer=("M-1", "(K-1)*M"),
)
SHAPES = question(
    TupleQuestion,
    parts=tuple(Part("shape", name=name, symbols=("n", "q", "m")) for name in "USV"),
    answer=("(n, q)", "(q,)", "(m, q)"),
)
SIMPLE = (
    question(NumberQuestion, answer="k**2 * c_in", params={"k": 3, "c_in": 32}),
    question(ShapeQuestion, answer="(B, 784)", batch="B"),
    question(TypeQuestion, answer="tuple[Tensor, Tensor, Tensor]"),
    question(FormulaQuestion, answer="(K-1)*M", symbols=("K", "M")),
    question(IntervalQuestion, answer="(-1, 1)"),
    question(TextQuestion, answer="W_hh", accept=("W",)),
)
QUESTIONS = (*SIMPLE, CHOICE, MULTI, OPEN, PAIR, FORMULAS, SHAPES)


def good(part, typed, params=None):
    """The reading of a text that must be readable."""
    found = read_part(part, typed, params or {})
    assert isinstance(found, Reading), (typed, found)
    return found


def bad(part, typed, params=None):
    """The code of a text that must be unreadable."""
    found = read_part(part, typed, params or {})
    assert isinstance(found, Unreadable), (typed, found)
    return found.code


def case(value, **given):
    return Case(value, given)
