"""What a page is told of the answers of a question: their values at the points where Python compares answers.

The page reads what was typed, evaluates it at these points and compares; it never reads a key. So it needs neither
Python's chance nor correctly rounded powers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice
from typing import Any

import msgspec

from quizlab import answers
from quizlab.answers.cases import POINTS
from quizlab.answers.evaluate import Number, numeric, single
from quizlab.answers.number import computed
from quizlab.answers.reader import parts_of, value_at
from quizlab.model import AnyQuestion, FormulaQuestion, SimpleQuestion, TupleQuestion, TypedQuestion, Value
from quizlab.question.key import alone, key_of
from quizlab.question.roads import roads_of
from quizlab.question.variants import SEED

MOST = 40
"""Points that are sent at most, where an answer has a value at few of them."""

Points = list[dict[str, Number]]


def told(question: AnyQuestion) -> dict[str, Any]:
    """The fields of a question that is answered by typing: its parts, its mistakes and what `known` says."""
    fields: dict[str, Any] = msgspec.to_builtins(question)
    if not isinstance(question, TypedQuestion):
        return fields
    parts = parts_of(question) if isinstance(question, TupleQuestion) else (answers.part_of(question),)
    mistakes = [{"tag": each.tag, "says": each.says} for each in roads_of(question)]
    without = ("answer", "accept", "symbols", "batch", "real")
    kept = {name: value for name, value in fields.items() if name not in without}
    reading = {"parts": msgspec.to_builtins(parts), "listed": answers.counts_only(question)}
    return {**kept, **reading, "mistakes": mistakes, **known(question)}


def known(question: TypedQuestion) -> dict[str, Any]:
    """The key as text, the points, and the values of the right answers and of the mistakes.

    ``samples`` are the positive points and, of formulas, those near zero with both signs: each symbol with its
    values. An answer is its values at the positive points (null where it has none), then at the others; one that is
    compared at the others has none at the positive. ``batch`` are the places of the batch dimension in a shape.
    """
    right = _readings(question, (question.answer, *question.accept))
    wrong = _readings(question, [each.answer for each in roads_of(question)])
    both_ways = isinstance(question, FormulaQuestion)
    signs = {answers.calls(one) for one in (*right, *wrong) if one} | ({True} if both_ways else set())
    samples = [_points(question, [*right, *wrong], signed) if signed in signs else [] for signed in (False, True)]
    batch = question.batch if isinstance(question, SimpleQuestion) else ""
    return {
        "key": key_of(question).text,
        "samples": [{name: [each[name] for each in half] for name in half[0]} if half else {} for half in samples],
        "batch": answers.batch_places(right[0], batch) if right[0] else (),
        "right": [_values(question, one, samples) for one in right],
        "wrong": [_values(question, one, samples) for one in wrong],
    }


def _readings(question: TypedQuestion, written: Sequence[Any]) -> list[answers.Reading | None]:
    found = (answers.read_answer(alone(question, one), one) for one in written)
    return [None if isinstance(one, answers.Unreadable) else one for one in found]


def _points(question: AnyQuestion, readings: Sequence[answers.Reading | None], signed: bool) -> Points:
    """So many points that every answer has a value at enough of those where it is compared."""
    here = [one for one in readings if one and answers.calls(one) == signed]
    some = next((one for one in readings if one), None)
    if some is None:
        return []
    left = [POINTS] * len(here)
    chosen: Points = []
    for given in islice(answers.points_of(some, question, question.params, random.Random(SEED), signed=signed), MOST):
        chosen.append(given)
        left = [n - (_at(question, one, given) is not None) for n, one in zip(left, here, strict=True)]
        if max(left, default=0) <= 0 and (len(chosen) >= POINTS or not isinstance(question, FormulaQuestion)):
            break
    return chosen


def _values(question: AnyQuestion, one: answers.Reading | None, samples: Sequence[Points]) -> list[list[Value | None]]:
    """What an answer comes to where it is compared and, if it is a formula, where something typed may be."""
    if one is None:
        return []
    signed = answers.calls(one)
    halves = [[] if signed else samples[0], samples[1] if signed or isinstance(question, FormulaQuestion) else []]
    return [[_at(question, one, given) for given in half] for half in (halves if halves[1] else halves[:1])]


def _at(question: AnyQuestion, one: answers.Reading, given: dict[str, Number]) -> Value | None:
    return _short(value_at(one, {**numeric(question.params), **given}))


def _short(value: Value | None) -> Value | None:
    """A value with the digits that count; one that may be measured in single precision stays as it is."""
    if isinstance(value, tuple):
        return tuple(map(_short, value))  # type: ignore[arg-type]
    return computed(value) if isinstance(value, float) and not single(value) else value
