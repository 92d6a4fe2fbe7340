"""The same question with other numbers: pure, with chance as an argument."""

from __future__ import annotations

import random
from collections.abc import Mapping

import msgspec

from quizlab import answers
from quizlab.model import AnyQuestion, Atom, FormulaQuestion


def draw(question: AnyQuestion, rng: random.Random) -> dict[str, Atom]:
    """Values for the parameters that vary, other than those the question has now.

    Returns:
        The values; empty if the question has no other numbers to ask with.
    """
    for _ in range(50):
        values = {name: rng.choice(choices) for name, choices in question.variants.items()}
        if any(question.params.get(name) != value for name, value in values.items()):
            return values
    return {}


def varied(question: AnyQuestion, values: Mapping[str, Atom]) -> AnyQuestion:
    """The question asked with other numbers.

    What was remembered was about the numbers of the quiz, so it is left out, and so is a mistake that with
    these numbers leads to the right answer (with one channel in and one out many roads do).
    """
    if all(question.params.get(name) == value for name, value in values.items()):
        return question
    params = {**question.params, **values}
    key = getattr(question, "answer", "")
    mistakes = tuple(each for each in question.mistakes if not agree(question, each.answer, key, params))
    return msgspec.structs.replace(question, params=params, recollections=(), mistakes=mistakes)


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

    Formulas are compared at the points of both: where one is drawn at positive numbers only, max(0, x) and x
    would be the same.
    """
    cases = answers.cases_of(other, question, params, random.Random(814))
    if not cases or not all(answers.holds(answer, case, params) for case in cases):
        return False
    if not isinstance(question, FormulaQuestion):
        return True
    back = answers.cases_of(answer, question, params, random.Random(814))
    return all(answers.holds(other, case, params) for case in back)
