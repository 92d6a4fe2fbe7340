"""How a question is put to the student this time: with which numbers, its options in which order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from quizlab.model import AnyQuestion, Atom, ChoiceQuestion, OptionQuestion
from quizlab.question import variants

Numbers = Literal["asked", "other", "any"]
"""The numbers of the quiz, other ones, or either by chance."""

TRIES = 20


class Asking(Struct, frozen=True):
    """How a question is asked once: enough to ask it again exactly.

    ``order`` are the letters that the options have in the bank, in the order in which they are shown; ``place``
    is where the right one stands among them, from 0, and -1 where there is no single right one.
    """

    question: str
    values: dict[str, Atom] = {}
    order: str = ""
    place: int = -1


def posed(question: AnyQuestion, item: Asking) -> AnyQuestion:
    """The question as this item asks it."""
    return variants.posed(question, item.values, item.order)


def compose(
    question: AnyQuestion, rng: random.Random, before: Sequence[Asking] = (), *, numbers: Numbers = "asked"
) -> Asking:
    """Choose the numbers and the order of the options for one asking.

    Args:
        question: as it stands in the bank.
        rng: chance.
        before: what the session asked so far: right options are spread evenly over the places, and the numbers
            of an earlier asking of this question are avoided.
        numbers: which numbers to ask with.
    """
    values = _values(question, rng, numbers, [each.values for each in before if each.question == question.id])
    if not isinstance(question, OptionQuestion):
        return Asking(question.id, values)
    order = variants.order(question, rng, Counter(each.place for each in before if each.place >= 0))
    place = order.index(question.answer) if isinstance(question, ChoiceQuestion) else -1
    return Asking(question.id, values, order, place)


def _values(
    question: AnyQuestion, rng: random.Random, numbers: Numbers, avoid: Sequence[dict[str, Atom]]
) -> dict[str, Atom]:
    if numbers == "asked" or not question.variants:
        return {}
    as_asked = numbers == "any" and rng.random() < 1 / TRIES
    values: dict[str, Atom] = {}
    for _ in range(TRIES):
        values = {} if as_asked else variants.draw(question, rng)
        if values not in avoid:
            break
        as_asked = False
    return values
