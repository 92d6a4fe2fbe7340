"""Answers that belong to the numbers of the quiz, typed where other numbers are asked."""

from __future__ import annotations

import random

import pytest

from quizlab import answers, bank
from quizlab.model import TypedQuestion
from quizlab.question.grading import grade
from quizlab.question.key import key_of
from quizlab.question.roads import QUIZ, roads_of
from quizlab.question.variants import agree, combinations, several, symbols_of, varied

VARIED = [
    one
    for path in bank.shipped()
    for one in bank.load(path).questions
    if isinstance(one, TypedQuestion) and one.variants and not set(one.variants) & set(symbols_of(one))
]


@pytest.mark.parametrize("question", VARIED, ids=lambda one: one.id)
def test_the_key_of_the_quiz_is_told_where_it_is_no_longer_right(question: TypedQuestion) -> None:
    typed = key_of(question).text
    told = 0
    for values in several(question, 6, random.Random(5)):
        asked = varied(question, values)
        found = grade(asked, typed)
        assert not isinstance(found, answers.Unreadable)
        same = agree(asked, key_of(question).text, asked.answer, asked.params)
        assert (found.outcome == "right") == same, values
        if found.outcome == "wrong":
            known = {each.tag for each in asked.mistakes}
            assert found.tag == QUIZ or found.tag in known, (typed, values)
            told += found.tag == QUIZ
    constant = all(key_of(varied(question, values)).text == typed for values in combinations(question))
    assert told or constant, question.id


def test_with_the_numbers_of_the_quiz_there_is_no_such_road() -> None:
    for question in VARIED:
        assert QUIZ not in {each.tag for each in roads_of(question)}
        back = varied(varied(question, several(question, 1, random.Random(1))[0]), question.params)
        assert grade(back, key_of(question).text).outcome == "right"  # type: ignore[union-attr]


def test_a_mistake_with_the_numbers_of_the_quiz_keeps_its_name() -> None:
    asked = varied(next(one for one in VARIED if one.id == "q36"), {"vocab": 50, "hidden": 60})
    found = grade(asked, "1202100")
    assert not isinstance(found, answers.Unreadable)
    assert found.tag == "dva-vektora-pristranosti"
    assert found.says.startswith("To je odgovor za brojeve s blica, a ovdje su drugi brojevi. Toliko ih ima PyTorchov")
    assert "1000" in found.says
