"""The wrong roads of a question: its mistakes, and answers that belong to the numbers of the quiz."""

from __future__ import annotations

import msgspec

from quizlab import answers
from quizlab.model import AnyQuestion, BankAnswer, Mistake, TypedQuestion
from quizlab.question.texts import fill, with_numbers
from quizlab.question.variants import mistakes_of

SAYS_QUIZ = "To je odgovor za brojeve s blica, a ovdje su drugi brojevi."
QUIZ = "broj-s-blica"
"""The tag of an answer that is right with the numbers of the quiz, where other ones were asked."""


def roads_of(question: AnyQuestion) -> tuple[Mistake, ...]:
    """The mistakes with the question's numbers and, behind them, the answers that belong to those of the quiz.

    The latter are written out in numbers. They are for comparing in this order, after the key: where an answer of
    the quiz comes to the key, or to a mistake, with the present numbers, it is that.
    """
    here = mistakes_of(question)
    if not question.original or not isinstance(question, TypedQuestion):
        return here
    quiz = msgspec.structs.replace(question, params={**question.params, **question.original}, original={})
    right = [Mistake(QUIZ, _written(quiz, each), SAYS_QUIZ) for each in (quiz.answer, *quiz.accept)]
    wrong = [
        Mistake(each.tag, _written(quiz, each.answer), f"{SAYS_QUIZ} {fill(each.says, quiz.params)}")
        for each in mistakes_of(quiz)
    ]
    return (*here, *right, *wrong)


def _written(quiz: AnyQuestion, answer: BankAnswer) -> str:
    parts = answer if isinstance(answer, tuple) else (answer,)
    return "; ".join(with_numbers(answers.written(part), quiz.params) for part in parts)
