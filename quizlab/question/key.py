"""The key of a question as a person reads it, worked out with the numbers the question is asked with."""

from __future__ import annotations

import random
import re

import msgspec

from quizlab import answers, numbers
from quizlab.answers import number
from quizlab.model import (
    AnyQuestion,
    BankAnswer,
    ChoiceQuestion,
    FormulaQuestion,
    Key,
    MultiQuestion,
    OpenQuestion,
    TupleQuestion,
    TypedQuestion,
    Value,
)
from quizlab.question import texts


def key_of(question: AnyQuestion) -> Key:
    """The key as a person reads it: a letter, a number worked out, a formula, or the number of points."""
    if isinstance(question, ChoiceQuestion):
        return _single(question.answer)
    if isinstance(question, MultiQuestion):
        return Key(tuple(sorted(question.answer)), ", ".join(sorted(question.answer)))
    if isinstance(question, OpenQuestion):
        return _single(str(len(question.points)))
    value = worked_out(question, question.answer)
    if value is not None:
        return _answered(question, value)
    parts = question.answer if isinstance(question.answer, tuple) else (question.answer,)
    forms = tuple(texts.with_numbers(str(part), question.params) for part in parts)
    reading = answers.read_answer(question, forms if isinstance(question.answer, tuple) else forms[0])
    return _read(answers.written(question.answer), reading)


def _read(written: str, reading: answers.Reading | answers.Unreadable) -> Key:
    """A key as it is read; as it is written where it cannot be."""
    if isinstance(reading, answers.Unreadable):
        return _single(_comma(written))
    if not isinstance(reading.value, tuple):
        return _single(_comma(reading.shown))
    return _several(tuple(_comma(part.shown) for part in reading.value))


def _several(parts: tuple[str, ...]) -> Key:
    """A key of several parts, with semicolons between them: a comma could be one of its numbers'."""
    return Key(parts, "; ".join(parts))


def _single(text: str) -> Key:
    return Key((text,), text)


def _comma(text: str) -> str:
    """Text with decimal commas."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text)


def _answered(question: AnyQuestion, value: Value) -> Key:
    """A value as a person would answer it: the parts one after another, a real number to a few digits."""
    if isinstance(question, TupleQuestion) and isinstance(value, tuple):
        return _several(tuple(_rounded(part) for part in value))
    return _single(_rounded(value))


def _rounded(value: Value) -> str:
    return number.show(numbers.rounded(value)) if isinstance(value, float) else shown(value)


def worked_out(question: AnyQuestion, written: BankAnswer) -> Value | None:
    """The one value of an answer without free symbols (``kernel**2*c_in`` → 288), else None."""
    reading = answers.read_answer(question, written)
    if isinstance(reading, answers.Unreadable):
        return None
    cases = answers.cases_of(reading, question, question.params, random.Random(0))
    return cases[0].value if len(cases) == 1 and not cases[0].given else None


def as_read(question: AnyQuestion, typed: str) -> str:
    """An answer that a bank holds as a person would be shown it: worked out, its numbers set, its parts apart."""
    reading = answers.read(question, texts.with_numbers(typed, question.params))
    if isinstance(reading, answers.Unreadable):
        return typed
    value = worked_out(question, reading.shown)
    if value is not None and not isinstance(question, TupleQuestion):
        return shown(_four_digits(value))
    text = _read("", reading).text
    return _bare(text) if isinstance(question, FormulaQuestion) else text


def _bare(formula: str) -> str:
    """A formula without brackets that hold it all, or a single name: what a factor 1 leaves behind."""
    bare = re.sub(r"(?<!\w)\((\w+)\)", r"\1", formula)
    whole = re.fullmatch(r"\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", bare)
    return whole[1] if whole else bare


def _four_digits(value: Value) -> Value:
    """Real numbers to as many digits as people read: ends of an interval at π/2 have no last one."""
    if isinstance(value, tuple):
        return tuple(numbers.rounded(each) if isinstance(each, float) else each for each in value)
    return numbers.rounded(value) if isinstance(value, float) else value


def forms_of(question: AnyQuestion) -> tuple[BankAnswer, ...]:
    """The other forms of the key that are accepted."""
    return question.accept if isinstance(question, TypedQuestion) else ()


def alone(question: TypedQuestion, answer: BankAnswer) -> TypedQuestion:
    """The question without its other accepted forms, which say nothing of whether this answer can be read.

    Beside all of them each of ten thousand would be compared with each.
    """
    if not isinstance(question, TupleQuestion):
        return msgspec.structs.replace(question, accept=(answers.written(answer),)) if question.accept else question
    if not isinstance(answer, tuple):
        return question
    pieces = zip(question.parts, answer, strict=False)
    parts = tuple(
        msgspec.structs.replace(each, accept=(answers.written(one),)) if each.accept else each for each, one in pieces
    )
    return msgspec.structs.replace(question, parts=(*parts, *question.parts[len(parts) :]))


def shown(value: Value | None) -> str:
    """A measured value as text; empty where none was measured."""
    return "" if value is None else texts.measured(value)
