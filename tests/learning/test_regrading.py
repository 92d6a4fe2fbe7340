"""Logged answers graded again: put as they were asked, and what cannot be put any more left alone."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizlab import bank
from quizlab.answers import Unreadable
from quizlab.learning.regrading import regraded
from quizlab.log import GIVEN_UP, Entry
from quizlab.model import AnyQuestion, Bank
from quizlab.question import variants
from quizlab.question.grading import grade
from tests.entries import ENTRY, answer
from tests.samples import choice, multi, number, oral

BANKS = tuple(bank.load(path) for path in bank.shipped())
QUESTIONS = [question for each in BANKS for question in each.questions]
TYPED = ("a", "b", "c", "d", "1", "1 2", "sve", "ništa", "9312", "9 280", "(64, 32)", "int", "[0, 1)", "K*M", "x; y")


def logged(question: AnyQuestion, typed: str, rng: random.Random) -> Entry | None:
    """An answer as a session logs it, with drawn numbers and a drawn order."""
    values, order = variants.draw(question, rng), variants.order(question, rng, {})
    asked = variants.posed(question, values, order)
    graded = grade(asked, typed)
    if isinstance(graded, Unreadable):
        return None
    return replace(
        ENTRY,
        question=question.id,
        params=msgspec.json.encode(asked.params).decode(),
        order=order,
        typed=typed,
        understood=graded.understood,
        outcome=graded.outcome,
        tag=graded.tag,
        share=graded.share,
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(QUESTIONS), st.sampled_from(TYPED), st.integers(0, 2**32))
def test_grading_again_changes_nothing_where_nothing_changed(question: AnyQuestion, typed: str, seed: int) -> None:
    entry = logged(question, typed, random.Random(seed))
    if entry is not None:
        found = regraded(BANKS, [(1, entry)])
        assert (found.changes, found.same, found.gone, found.unread) == ((), 1, 0, 0)
        tampered = replace(entry, outcome="wrong" if entry.outcome == "right" else "right", tag="x", share=0.123)
        (change,) = regraded(BANKS, [(7, tampered)]).changes
        assert (change.number, change.was, change.now) == (7, tampered, entry)


def banked(*questions: AnyQuestion) -> tuple[Bank, ...]:
    return (Bank("b", "B", {}, questions, {}),)


def test_a_changed_key_changes_the_outcome() -> None:
    old, new = choice(), choice(answer="a")
    was = answer(old.id, typed="b", understood="b")
    (change,) = regraded(banked(new), [(3, was)]).changes
    assert (change.number, change.now.outcome, change.now.share) == (3, "wrong", 0.0)


def test_the_order_shown_decides_what_a_letter_meant() -> None:
    question = choice()
    letters = list(question.options)
    letters.remove(question.answer)
    order = "".join([question.answer, *letters])
    right = answer(question.id, typed="a", order=order, understood="a")
    assert regraded(banked(question), [(1, right)]).same == 1
    assert len(regraded(banked(question), [(1, replace(right, order=""))]).changes) == 1


def test_a_point_more_changes_the_share() -> None:
    question = oral()
    half = answer(question.id, typed="1", understood="1", outcome="partial", share=1 / len(question.points))
    assert regraded(banked(question), [(1, half)]).same == 1
    more = replace(question, points=(*question.points, question.points[0]))
    (change,) = regraded(banked(more), [(1, half)]).changes
    assert change.now.share == pytest.approx(1 / len(more.points))


def test_a_renamed_question_is_found_by_its_alias() -> None:
    renamed = replace(number(), id="new", aliases=("old",))
    typed = answer("old", typed="9312", understood="9312")
    assert regraded(banked(renamed), [(1, typed)]).same == 1


@pytest.mark.parametrize(
    "changes",
    [{"params": "{"}, {"params": "[1]"}, {"params": '{"gone": 1}'}, {"order": "ba"}, {"typed": ""}, {"typed": "x y"}],
)
def test_what_cannot_be_put_again_is_left_alone(changes: dict[str, str]) -> None:
    question = multi()
    found = regraded(banked(question), [(1, answer(question.id, **{"typed": "a", **changes}))])
    assert (found.changes, found.same, found.gone, found.unread) == ((), 0, 0, 1)


def test_a_question_that_is_gone_is_counted() -> None:
    found = regraded(banked(number()), [(1, replace(ENTRY, question="gone"))] * 3)
    assert (found.changes, found.gone) == ((), 3)


def test_an_answer_that_was_only_shown_is_never_graded_again() -> None:
    given_up = [replace(ENTRY, question=each.id, params="{}", typed="", understood=GIVEN_UP) for each in QUESTIONS]
    found = regraded(BANKS, enumerate(given_up))
    assert (found.changes, found.same, found.gone, found.unread) == ((), 0, 0, len(QUESTIONS))
