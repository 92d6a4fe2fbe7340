"""How a question is posed: other numbers, other orders, right options spread over the places."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from quizlab import bank
from quizlab.model import AnyQuestion, ChoiceQuestion, OptionQuestion
from quizlab.question import asking
from quizlab.question.grading import Graded, grade

BANKS = [bank.load(path) for path in bank.shipped()]
QUESTIONS = [question for each in BANKS for question in each.questions]
CHOICES = [question for question in QUESTIONS if isinstance(question, ChoiceQuestion)]


def test_right_options_stand_everywhere_equally_often() -> None:
    rng = random.Random(1)
    items: list[asking.Asking] = []
    for question in CHOICES:
        items.append(asking.compose(question, rng, items))
    places = Counter(item.place for item in items)
    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) - min(places.values()) <= 3, places


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_what_is_posed_can_be_posed_again_and_its_key_is_right(question: AnyQuestion) -> None:
    rng = random.Random(2)
    for _ in range(10):
        item = asking.compose(question, rng, numbers="any")
        posed = asking.posed(question, item)
        assert posed == asking.posed(question, item)
        assert posed.id == question.id
        if isinstance(posed, ChoiceQuestion):
            assert list(posed.options)[item.place] == posed.answer
            graded = grade(posed, posed.answer)
            assert isinstance(graded, Graded)
            assert graded.outcome == "right"
        assert bool(item.order) == isinstance(question, OptionQuestion)


def test_numbers_are_those_of_the_quiz_or_others_and_do_not_repeat() -> None:
    question = next(each for each in QUESTIONS if each.id == "q1")
    rng = random.Random(3)
    assert asking.compose(question, rng).values == {}
    items: list[asking.Asking] = []
    for _ in range(30):
        items.append(asking.compose(question, rng, items, numbers="other"))
    kept = [tuple(sorted(item.values.items())) for item in items]
    assert len(set(kept)) == len(kept)
    assert all(dict(each) != dict(question.params) for each in kept)
    drawn = {bool(asking.compose(question, random.Random(seed), numbers="any").values) for seed in range(200)}
    assert drawn == {True, False}
