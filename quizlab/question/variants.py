"""The same question with other numbers and its options in another order: pure, with chance as an argument.

A question that varies says so in its bank: ``variants`` lists the numbers worth asking with. They are values of
its parameters, or numbers for symbols of its answer (how many negatives are there if K = 5 and M = 8?). That no
two answers of a question coincide with any of them ``quizlab check`` proves (`quizlab.bank.collisions`).
"""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from quizlab import answers
from quizlab.model import (
    AnyQuestion,
    Atom,
    ChoiceQuestion,
    Dispute,
    FormulaQuestion,
    Mistake,
    Option,
    OptionQuestion,
    Part,
    Recollection,
    SimpleQuestion,
    TupleQuestion,
    TypedQuestion,
)
from quizlab.numbers import grouped
from quizlab.question.texts import placeholders

Varied = TypeVar("Varied", bound=AnyQuestion)

replace = msgspec.structs.replace

SEED = 814
"""Where the points are drawn from at which two answers are compared."""

GENERATED = Part("number", real=True)
"""How the expression of a generated option is read."""


# --- numbers -----------------------------------------------------------------------------------------


def symbols_of(question: AnyQuestion) -> tuple[str, ...]:
    """The symbols that the answer is written in: those of the question, or of all its parts."""
    if isinstance(question, TupleQuestion):
        return tuple(dict.fromkeys(name for part in question.parts for name in part.symbols))
    return question.symbols if isinstance(question, SimpleQuestion) else ()


def count(question: AnyQuestion) -> int:
    """How many combinations of numbers ``variants`` lists; 0 for a question that does not vary."""
    return math.prod(map(len, question.variants.values())) if question.variants else 0


def combinations(question: AnyQuestion) -> Iterator[dict[str, Atom]]:
    """Every combination of numbers that ``variants`` lists, in its order, the present one included."""
    if question.variants:
        for values in itertools.product(*question.variants.values()):
            yield dict(zip(question.variants, values, strict=True))


def draw(question: AnyQuestion, rng: random.Random) -> dict[str, Atom]:
    """Values for the parameters that vary, other than those the question has now.

    Returns:
        The values; empty if the question has no other numbers to ask with.
    """
    for _ in range(50):
        values = {name: rng.choice(choices) for name, choices in question.variants.items()}
        if not _has(question, values):
            return values
    return {}


def several(question: AnyQuestion, number: int, rng: random.Random) -> list[dict[str, Atom]]:
    """So many different combinations of values other than the present ones, or as many as there are."""
    if number <= 0:
        return []
    others = [values for values in combinations(question) if not _has(question, values)]
    return others if len(others) <= number else rng.sample(others, number)


def varied(question: Varied, values: Mapping[str, Atom]) -> Varied:
    """The question asked with other numbers.

    What was remembered was about the numbers of the quiz, so it is left out. So is a mistake that with these
    numbers leads to the right answer: among the variants of a checked bank there is none, but ``--set`` takes
    any number, and with one channel in and one out many roads lead to the key.
    """
    if _has(question, values):
        return question
    changed = replace(
        _without_symbols(question, values),
        prompt=_asked(question, values),
        params={**question.params, **values},
        original={name: question.params[name] for name in values if name in question.params} | question.original,
        recollections=(),
    )
    return worked_out(replace(changed, mistakes=_still_wrong(changed)))


def _asked(question: AnyQuestion, values: Mapping[str, Atom]) -> str:
    """How the question is put with other numbers; what has got none of its own stays the symbol that it is."""
    text = question.asks or question.prompt
    for name in {*placeholders(text)} - {*question.params, *values}:
        text = re.sub(rf"\b{name} = \{{{name}\}}|\{{{name}\}}", name, text)
    return text


def _still_wrong(question: AnyQuestion) -> tuple[Mistake, ...]:
    """The mistakes that with the question's numbers do not lead to its key."""
    if not isinstance(question, TypedQuestion):
        return question.mistakes
    key, params = question.answer, question.params
    return tuple(each for each in question.mistakes if not agree(question, each.answer, key, params))


def mistakes_of(question: AnyQuestion) -> tuple[Mistake, ...]:
    """The mistakes that can be made with the numbers that the question has."""
    return tuple(each for each in question.mistakes if not (each.unless and _has(question, each.unless)))


def _has(question: AnyQuestion, values: Mapping[str, Atom]) -> bool:
    """Whether the question has these numbers already."""
    return all(name in question.params and question.params[name] == value for name, value in values.items())


def _without_symbols(question: Varied, values: Mapping[str, Atom]) -> Varied:
    """The question whose answer no longer contains the symbols that got a number."""
    if isinstance(question, TupleQuestion):
        return replace(question, parts=tuple(_fixed(part, values) for part in question.parts))
    return _fixed(question, values) if isinstance(question, SimpleQuestion) else question


Symbolic = TypeVar("Symbolic", bound=Part | SimpleQuestion)


def _fixed(one: Symbolic, values: Mapping[str, Atom]) -> Symbolic:
    return replace(one, symbols=tuple(name for name in one.symbols if name not in values))


def worked_out(question: Varied) -> Varied:
    """The question with its generated options worked out for its numbers: their values, and texts that say them.

    An option that has no value with these numbers stays as it is; checking a bank reports it.
    """
    if not isinstance(question, OptionQuestion) or not any(each.answer for each in question.options.values()):
        return question
    options = {letter: _worked_out(option, question.params) for letter, option in question.options.items()}
    return replace(question, options=options)


def _worked_out(option: Option, params: Mapping[str, Atom]) -> Option:
    value = number_of(option, params) if option.answer else None
    if value is None:
        return option
    return replace(option, value=value, text=grouped(value) if isinstance(value, int) else answers.written(value))


def number_of(option: Option, params: Mapping[str, Atom]) -> int | float | None:
    """The value of a generated option with these parameters; None if it has none."""
    reading = answers.read_part(GENERATED, option.answer, params)
    if isinstance(reading, answers.Unreadable):
        return None
    found = answers.cases_of(reading, GENERATED, params, random.Random(0))
    value = found[0].value if found else None
    return value if isinstance(value, int | float) else None


# --- the order of the options ------------------------------------------------------------------------


def order(question: AnyQuestion, rng: random.Random, used: Mapping[int, int]) -> str:
    """Draw an order for the options: the letters that they have now, in the order in which to show them.

    The key of a choice comes to one of the places that were used least, so that over a session no place is
    right more often than another. Options that must stay last stay last.

    Args:
        question: any question; one without options has the order "".
        rng: chance.
        used: place of the key, counted from 0 → how many times it stood there so far.
    """
    if not isinstance(question, OptionQuestion):
        return ""
    last = [letter for letter, option in question.options.items() if option.last]
    free = [letter for letter in question.options if letter not in last]
    rng.shuffle(free)
    if isinstance(question, ChoiceQuestion) and question.answer in free:
        least = min(used.get(place, 0) for place in range(len(free)))
        place = rng.choice([place for place in range(len(free)) if used.get(place, 0) == least])
        free.remove(question.answer)
        free.insert(place, question.answer)
    return "".join((*free, *last))


def shuffled(question: Varied, order: str) -> Varied:
    """The question with its options in the order given, lettered anew from a on.

    The key, the second camp of a dispute and what was remembered follow their options.

    Raises:
        ValueError: the order is not one of this question's letters.
    """
    if not isinstance(question, OptionQuestion) and not order:
        return question
    if not fits(question, order):
        raise ValueError(f"{order!r} is no order of the options of {question.id}")
    assert isinstance(question, OptionQuestion)
    letters = dict(zip(order, question.options, strict=True))
    if all(old == new for old, new in letters.items()):
        return question
    changed = replace(
        question,
        options={new: question.options[old] for old, new in letters.items()},
        recollections=tuple(_relettered(each, letters) for each in question.recollections),
    )
    if isinstance(changed, ChoiceQuestion):
        dispute = changed.dispute and _relettered(changed.dispute, letters)
        return replace(changed, answer=letters[changed.answer], dispute=dispute)
    return replace(changed, answer=tuple(letters[letter] for letter in changed.answer))


Lettered = TypeVar("Lettered", Recollection, Dispute)


def _relettered(one: Lettered, letters: Mapping[str, str]) -> Lettered:
    return replace(one, option=letters[one.option]) if one.option else one


def fits(question: AnyQuestion, order: str) -> bool:
    """Whether an order names every option of the question exactly once."""
    return isinstance(question, OptionQuestion) and sorted(order) == sorted(question.options)


def posed(question: Varied, values: Mapping[str, Atom], order: str) -> Varied:
    """The question as a session asks it: with these numbers, its options in this order.

    What the answer log keeps is enough to pose it again exactly. What no longer fits the question, because its
    bank has changed since, is passed over: values of names that it does not have, an order of other letters.

    Args:
        question: the question as its bank has it.
        values: its parameters, or those of them that vary.
        order: the letters of the bank in the order shown; "" leaves the options as they are.
    """
    known = {name: value for name, value in values.items() if name in question.params or name in question.variants}
    other = varied(question, known)
    return shuffled(other, order) if fits(other, order) else other


# --- whether two answers are the same ----------------------------------------------------------------
def agree(
    question: AnyQuestion, one: Atom | tuple[Atom, ...], other: Atom | tuple[Atom, ...], params: Mapping[str, Atom]
) -> bool:
    """Whether two answers written in a bank come to the same at every point where the other has a value.

    The points are drawn from a fixed seed: the same pair is judged the same way every time.
    """
    readings = answers.read_answer(question, one, params), answers.read_answer(question, other, params)
    if isinstance(readings[0], answers.Unreadable) or isinstance(readings[1], answers.Unreadable):
        return False
    return same(question, readings[0], readings[1], params)


def same(question: AnyQuestion, answer: answers.Reading, other: answers.Reading, params: Mapping[str, Atom]) -> bool:
    """Whether an answer holds at every drawn point where the other one has a value.

    Formulas are compared both ways: where one is drawn at positive numbers only, max(0, x) and x would be the same.
    """
    cases = answers.cases_of(other, question, params, random.Random(SEED))
    if not cases or not all(answers.holds(answer, case, params) for case in cases):
        return False
    if not isinstance(question, FormulaQuestion):
        return True
    rng, signed = random.Random(SEED), answers.calls(other)
    back = answers.cases_of(answer, question, params, rng, signed=signed, tries=answers.POINTS)
    return all(answers.holds(other, case, params) for case in back)
