"""The proof over all variants: with no numbers does a question have an answer without a value, or two alike.

A mistake that comes to the same as the key would call a right answer wrong, and of two mistakes that come to the
same only one would ever be named. Formulas with free symbols are compared at points drawn from a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from quizlab import answers
from quizlab.answers.evaluate import Env, Number, equal, is_number, numeric
from quizlab.answers.reader import value_at
from quizlab.answers.reading import Quantity, Reading, Span
from quizlab.bank.meeting import Meeting
from quizlab.model import (
    AnyQuestion,
    Atom,
    BankAnswer,
    Code,
    Kind,
    OpenQuestion,
    OptionQuestion,
    Problem,
    SimpleQuestion,
    TupleQuestion,
    TypedQuestion,
    Value,
    kind_of,
)
from quizlab.question import variants
from quizlab.question.key import alone, forms_of
from quizlab.question.texts import fill

POINTS = 4
"""Points at which formulas are compared: two different ones of a bank do not meet at four random points."""


class Road(Struct, frozen=True):
    """One answer of a question: its field, what a message calls it, and how the bank writes it."""

    field: str
    name: str
    answer: BankAnswer
    unless: dict[str, Atom] = {}


def check_variants(question: AnyQuestion) -> Iterator[Problem]:
    """A problem for each two answers that coincide, and each answer without a value, with the first such numbers.

    Args:
        question: a question in which nothing else was found wrong, so that it is within `limits`.
    """
    if isinstance(question, OptionQuestion):
        yield from _options(question)
    elif not isinstance(question, OpenQuestion):
        yield from _once(_answers(question))


def _numbers(question: AnyQuestion) -> Iterator[dict[str, Atom]]:
    """The numbers of the question as it stands, then every combination of its variants."""
    yield {}
    yield from variants.combinations(question)


def _once(found: Iterator[Problem]) -> Iterator[Problem]:
    """Only the first problem of each pair: the others differ by their numbers alone."""
    seen: set[tuple[str, str, str]] = set()
    for problem in found:
        key = (problem.code, problem.field, problem.args.get("other", ""))
        if key not in seen:
            seen.add(key)
            yield problem


# --- typed answers -----------------------------------------------------------------------------------


def _answers(question: TypedQuestion) -> Iterator[Problem]:
    written = _written(question)
    readings = [_read(question, one, question.params) for one in written]
    keys = 1 + len(question.accept)
    varies = any(_spans(reading) for reading in readings)
    for values in _numbers(question):
        params = {**question.params, **values}
        if varies and values:  # the ends of an interval are worked out where it is read
            readings = [_read(question, one, params) for one in written]
        points = _points(question, params)
        numbers = numeric(params)
        places = [numbers | point for point in points]
        met = Meeting(alike)
        for at, reading in enumerate(readings):
            if (excused := written[at].unless) and all(params.get(name) == excused[name] for name in excused):
                continue
            value = _values(reading, places)
            if value is None:
                yield _problem("answer_without_value", question, written[at], values)
                continue
            same = met.first(value) if at >= keys else None
            if same is not None:
                code: Code = "mistake_is_key" if same < keys else "mistakes_alike"
                yield _problem(code, question, written[at], values, other=written[same].name, value=_shown(value))
            met.add(at, value)


def _written(question: TypedQuestion) -> list[Road]:
    """The key, the accepted forms and the mistakes, in this order."""
    key = Road("answer", "", question.answer)
    forms = [Road(f"accept[{index}]", str(form), form) for index, form in enumerate(forms_of(question))]
    mistakes = [
        Road(f"mistakes[{index}].answer", each.tag, each.answer, each.unless)
        for index, each in enumerate(question.mistakes)
    ]
    return [key, *forms, *mistakes]


def _read(question: TypedQuestion, one: Road, params: Mapping[str, Atom]) -> Reading | None:
    found = answers.read_answer(alone(question, one.answer), one.answer, params)
    return found if isinstance(found, Reading) else None


def _spans(reading: Reading | None) -> bool:
    """Whether an interval is part of an answer."""
    if reading is None or isinstance(reading.value, Span):
        return True
    return isinstance(reading.value, tuple) and any(map(_spans, reading.value))


def _points(question: TypedQuestion, params: Mapping[str, Atom]) -> list[dict[str, Number]]:
    """Values for the free symbols: sizes, and for formulas numbers near zero too."""
    rng = random.Random(814)
    formulas = _kinds(question) == {"formula"}
    batch = question.batch if isinstance(question, SimpleQuestion) else ""
    free = [name for name in (*variants.symbols_of(question), batch) if name and name not in params]
    if not free:
        return [{}]
    return [{name: _drawn(rng, whole=not (formulas and at % 2)) for name in free} for at in range(POINTS)]


def _drawn(rng: random.Random, *, whole: bool) -> Number:
    """A size; or a number of either sign near zero, where functions such as tanh are not yet flat."""
    return rng.randint(2, 97) if whole else rng.choice((-1, 1)) * rng.uniform(0.2, 3)


def _values(reading: Reading | None, points: Sequence[Env]) -> tuple[Value | None, ...] | None:
    """What an answer comes to at each point; None if it has a value at none of them."""
    if reading is None:
        return None
    found = tuple(value_at(reading, point) for point in points)
    return found if any(value is not None and _answers_with(reading, value) for value in found) else None


def _answers_with(reading: Reading, value: Value) -> bool:
    """Whether a value is one of the kind asked for: a count must be whole."""
    if isinstance(reading.value, tuple) and isinstance(value, tuple):
        return all(map(_answers_with, reading.value, value))
    counts = isinstance(reading.value, Quantity) and not reading.value.real
    return isinstance(value, int) or not counts


def alike(one: object, other: object) -> bool:
    """Whether two answers have the same values, numbers compared as answers are."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if is_number(one) and is_number(other):
        return equal(one, other)  # type: ignore[arg-type]
    return type(one) is type(other) and one == other


def _kinds(question: TypedQuestion) -> set[Kind]:
    """The kinds of the answer's parts."""
    return {part.kind for part in question.parts} if isinstance(question, TupleQuestion) else {kind_of(question)}


# --- options -----------------------------------------------------------------------------------------


def _options(question: OptionQuestion) -> Iterator[Problem]:
    """The options of a choice must differ with any numbers, by what they say and by what decides them."""
    return _once(problem for values in _numbers(question) for problem in _options_with(question, values))


def _options_with(question: OptionQuestion, values: Mapping[str, Atom]) -> Iterator[Problem]:
    params = {**question.params, **values}
    texts: dict[str, str] = {}
    decided: dict[str, Value] = {}
    for letter, option in question.options.items():
        one = Road(f"options.{letter}", letter, option.answer or option.text)
        value = variants.number_of(option, params) if option.answer else option.value
        if option.answer and value is None:
            yield _problem("answer_without_value", question, one, values)
            continue
        text = _folded(str(value) if option.answer else fill(option.text, params))
        twin = next((other for other, found in decided.items() if value is not None and alike(found, value)), None)
        twin = twin or next((other for other, found in texts.items() if found == text), None)
        if twin:
            yield _problem(
                "options_alike", question, one, values, other=twin, value=str(text if value is None else value)
            )
        texts[letter] = text
        if value is not None:
            decided[letter] = value


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# --- what is said ------------------------------------------------------------------------------------


def _problem(code: Code, question: AnyQuestion, one: Road, values: Mapping[str, Atom], **args: str) -> Problem:
    words = {"name": one.name, "answer": answers.written(one.answer), "numbers": _listed(question, values), **args}
    return Problem(code, words, field=one.field)


def _listed(question: AnyQuestion, values: Mapping[str, Atom]) -> str:
    """«kernel = 3, c_in = 1»; the numbers of the quiz where none were varied."""
    shown = {**question.params, **values}
    return ", ".join(f"{name} = {shown[name]}" for name in shown) or "–"


def _shown(values: tuple[Value | None, ...]) -> str:
    """The one value of two answers; nothing where it depends on symbols."""
    return str(values[0]) if len(values) == 1 else ""
