"""The key of a question as a person reads it, worked out with the numbers the question is asked with."""

from __future__ import annotations

import random
import re

from quizlab import answers, numbers
from quizlab.answers import number
from quizlab.model import AnyQuestion, BankAnswer, ChoiceQuestion, MultiQuestion, OpenQuestion, TupleQuestion, Value
from quizlab.question import texts


def key_of(question: AnyQuestion) -> str:
    """The key as a person reads it: a letter, a number worked out, a formula, or the number of points."""
    if isinstance(question, ChoiceQuestion):
        return question.answer
    if isinstance(question, MultiQuestion):
        return ", ".join(sorted(question.answer))
    if isinstance(question, OpenQuestion):
        return str(len(question.points))
    value = worked_out(question, question.answer)
    if value is not None:
        return _answered(question, value)
    parts = question.answer if isinstance(question.answer, tuple) else (question.answer,)
    forms = tuple(texts.with_numbers(str(part), question.params) for part in parts)
    reading = answers.read_answer(question, forms if isinstance(question.answer, tuple) else forms[0])
    shown = answers.written(question.answer) if isinstance(reading, answers.Unreadable) else reading.shown
    return re.sub(r"(?<=\d)\.(?=\d)", ",", shown)


def _answered(question: AnyQuestion, value: Value) -> str:
    """A value as a person would answer it: the parts one after another, a real number to a few digits."""
    if isinstance(question, TupleQuestion) and isinstance(value, tuple):
        parts = [_rounded(part) for part in value]
        return ("; " if any("," in text for text in parts) else ", ").join(parts)
    return _rounded(value)


def _rounded(value: Value) -> str:
    return number.show(numbers.rounded(value)) if isinstance(value, float) else shown(value)


def worked_out(question: AnyQuestion, written: BankAnswer) -> Value | None:
    """The one value of an answer without free symbols (``kernel**2*c_in`` → 288), else None."""
    reading = answers.read_answer(question, written)
    if isinstance(reading, answers.Unreadable):
        return None
    cases = answers.cases_of(reading, question, question.params, random.Random(0))
    return cases[0].value if len(cases) == 1 and not cases[0].given else None


def shown(value: Value | None) -> str:
    """A measured value as text; empty where none was measured."""
    return "" if value is None else texts.measured(value)
