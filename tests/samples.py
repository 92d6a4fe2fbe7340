"""Small questions for tests, one of each kind that they need."""

from __future__ import annotations

from typing import Any

from quizlab.model import (
    Case,
    ChoiceQuestion,
    Claim,
    Evidence,
    Key,
    Mistake,
    MultiQuestion,
    NumberQuestion,
    OpenQuestion,
    Option,
    Part,
    Point,
    ShapeQuestion,
    Snippet,
    TupleQuestion,
    Verify,
)

COMMON: dict[str, Any] = {
    "topic": "arhitektura",
    "prompt": "Koliko?",
    "explain": "Zato.",
    "verify": Verify("lab4.unit_parameters"),
    "recollections": (),
}


def key(text: str) -> Key:
    """The key of a question that is answered by one text."""
    return Key((text,), text)


def number(**changes: Any) -> NumberQuestion:
    """Parameters of a unit; without biases there are 32 fewer."""
    mistakes = (Mistake("bez-pristranosti", "9*c*c + 2*c", "Zaboravljene su pristranosti ({c}).", {"bias": False}),)
    fields = {**COMMON, "id": "n1", "params": {"c": 32}, "answer": "9*c*c + 3*c", "mistakes": mistakes}
    return NumberQuestion(**{**fields, **changes})


def shape(**changes: Any) -> ShapeQuestion:
    """A shape with a batch dimension."""
    fields = {**COMMON, "id": "s1", "answer": "(B, 784)", "batch": "B", "accept": ("1x784",)}
    return ShapeQuestion(**{**fields, **changes})


def pair(**changes: Any) -> TupleQuestion:
    """Two formulas."""
    parts = (Part("formula", symbols=("K", "M")), Part("formula", symbols=("K", "M")))
    mistakes = (Mistake("i-sidro", "M; (K-1)*M", "Sidro nije svoj pozitiv."),)
    fields = {**COMMON, "id": "t1", "parts": parts, "answer": ("M-1", "(K-1)*M"), "mistakes": mistakes}
    return TupleQuestion(**{**fields, **changes})


OPTIONS = {
    "a": Option("prva", claim="first", says="Prva ne vrijedi.", tag="prva"),
    "b": Option("druga", claim="second"),
    "c": Option("treća", claim="third", says="Ni treća.", tag="treca"),
}


def choice(**changes: Any) -> ChoiceQuestion:
    """Three options decided by claims; the second holds."""
    return ChoiceQuestion(**{**COMMON, "id": "c1", "options": OPTIONS, "answer": "b", **changes})


def multi(**changes: Any) -> MultiQuestion:
    """Options of which two are right."""
    options = OPTIONS | {"c": Option("treća", claim="second")}
    return MultiQuestion(**{**COMMON, "id": "m1", "options": options, "answer": ("b", "c"), **changes})


def oral(**changes: Any) -> OpenQuestion:
    """An open question with three key points."""
    points = (Point("jedan", "first"), Point("dva", "second"), Point("tri"))
    return OpenQuestion(**{**COMMON, "id": "o1", "points": points, **changes})


def evidence(*cases: Case, **claims: bool) -> Evidence:
    """Evidence with these cases and claims."""
    found = tuple(Claim(name, holds, f"mjereno {name}") for name, holds in claims.items())
    return Evidence(Snippet("print(1)", "1"), cases, found)
