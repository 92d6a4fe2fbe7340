"""What is typed: an answer of a bank as a number with its tolerance, or as everything that people write for it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from quizlab import answers
from quizlab.answers.evaluate import numeric
from quizlab.answers.reader import parts_of, value_at
from quizlab.answers.reading import Phrase, Reading, Span
from quizlab.export.items import spellings
from quizlab.export.items.markup import line
from quizlab.model import Atom, BankAnswer, Part, TupleQuestion, TypedQuestion
from quizlab.question.key import alone
from quizlab.question.texts import with_numbers

NOTHING = "–"
"""Where nothing is left that may be shown."""


class Said(Struct, frozen=True):
    """One answer as it can be typed; ``number`` is set where all of its spellings are of one number."""

    spellings: tuple[str, ...]
    number: int | float | None = None
    real: bool = False

    @property
    def numerical(self) -> str:
        """The number as every platform reads it: digits with a point, no exponent."""
        return decimal(self.number) if self.number is not None else ""

    @property
    def tolerance(self) -> float:
        """How far off a typed number may be: three digits of a real number count, all of a whole one."""
        if not self.real or not self.number:
            return 0.0
        return float(f"5e{math.floor(math.log10(abs(self.number))) - 3}")


def decimal(number: float) -> str:
    """A number in digits."""
    if isinstance(number, int):
        return str(number)
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def parts(question: TypedQuestion) -> tuple[Part, ...]:
    """How each part of the answer is read; a simple question has one."""
    return parts_of(question) if isinstance(question, TupleQuestion) else (answers.part_of(question),)


def said(question: TypedQuestion, written: BankAnswer) -> tuple[Said, ...]:
    """An answer of the bank with the question's numbers put in, part by part; empty if it cannot be read so."""
    asked, question = parts(question), alone(question, written)
    numbers = tuple(with_numbers(str(one), question.params) for one in _pieces(written))
    reading = answers.read_answer(question, numbers if isinstance(written, tuple) else numbers[0])
    if isinstance(reading, answers.Unreadable):
        reading = answers.read_answer(question, written)
    if isinstance(reading, answers.Unreadable):
        return ()
    found = reading.value if isinstance(reading.value, tuple) else (reading,)
    if len(found) != len(asked):
        return ()
    return tuple(_said(one, part, question) for one, part in zip(found, asked, strict=True))


def counted(value: float, *, real: bool) -> Said:
    """A number that is known already."""
    return Said(spellings.distinct(spellings.number(answers.written(value))), value, real)


def _pieces(written: BankAnswer) -> tuple[Atom, ...]:
    return written if isinstance(written, tuple) else (written,)


def _said(reading: Reading, part: Part, question: TypedQuestion) -> Said:
    if part.kind in ("number", "formula"):
        value = value_at(reading, numeric(question.params))
        if isinstance(value, int | float) and math.isfinite(value):
            return counted(value, real=part.real or isinstance(value, float))
    return Said(spellings.distinct(line(text) for text in _spelled(reading, part)) or (NOTHING,))


def _spelled(reading: Reading, part: Part) -> Iterable[str]:
    if isinstance(reading.value, Span):
        return spellings.interval(reading.value)
    if part.kind == "shape":
        return spellings.shape(reading.shown, part.batch)
    if part.kind == "text":
        names = part.accept if isinstance(reading.value, Phrase) and reading.value.synonyms else ()
        return spellings.phrase((reading.shown, *names))
    return spellings.typename(reading.shown) if part.kind == "type" else spellings.formula(reading.shown)
