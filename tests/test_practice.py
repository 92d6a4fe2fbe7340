"""The session as a state machine, and the order it asks in."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from quizlab import practice, schedule
from quizlab.answers import Unreadable
from quizlab.model import Recollection
from quizlab.practice import Answered
from quizlab.progress import Entry
from tests.samples import choice, number, oral

NOW = datetime(2024, 6, 2, 21, 14, tzinfo=UTC)
QUESTIONS = (number(), choice(), oral())


def test_a_session_goes_through_its_questions_and_sums_up() -> None:
    session = practice.begin("abc", QUESTIONS)
    session, first = practice.submit(session, "9280", NOW, 3.04)
    assert isinstance(first, Answered)
    assert first.entry == Entry(
        "2024-06-02T21:14:00+00:00", "abc", "n1", '{"c":32}', "9280", "9280", "wrong", "bez-pristranosti", 3.0
    )
    session = practice.skip(session)
    session, _ = practice.submit(session, "1", NOW, 1.0)
    assert practice.current(session) is None
    summary = practice.summary(session)
    assert (summary.asked, summary.total, summary.wrong, summary.partial, summary.right) == (2, 3, 1, 1, 0)
    assert summary.mistakes == (("Zaboravljene su pristranosti (32).", 1),)
    assert summary.again == ("n1", "o1")
    assert session.skipped == ("c1",)


@given(st.lists(st.sampled_from(["(9", "", "9312", "b", "skip", "sve", "ništa", "x" * 600]), max_size=12))
def test_unreadable_answers_cost_nothing_and_others_move_on_by_one(typed: list[str]) -> None:
    session = practice.begin("s", QUESTIONS)
    for text in typed:
        before = session
        if practice.current(session) is None:
            break
        if text == "skip":
            session = practice.skip(session)
        else:
            session, outcome = practice.submit(session, text, NOW, 0.0)
            if isinstance(outcome, Unreadable):
                assert session == before
                continue
        assert session.at == before.at + 1
    assert session.at == len(session.answered) + len(session.skipped)


def entry(name: str, outcome: str, at: int) -> Entry:
    return Entry(f"2024-06-{at:02}T00:00:00+00:00", "s", name, "{}", "", "", outcome, "", 0.0)  # type: ignore[arg-type]


def test_wrong_comes_before_new_and_new_before_known_oldest_first() -> None:
    questions = [number(id=name) for name in ("known", "new", "wrong", "older", "mended")]
    history = [
        entry("older", "right", 1),
        entry("mended", "wrong", 2),
        entry("known", "right", 3),
        entry("wrong", "right", 4),
        entry("wrong", "partial", 5),
        entry("mended", "right", 6),
    ]
    for seed in range(20):
        ordered = schedule.order(questions, history, random.Random(seed))
        assert [question.id for question in ordered] == ["wrong", "new", "older", "known", "mended"]


def test_what_came_back_most_often_is_asked_first_and_ties_by_chance() -> None:
    def remembered(name: str, groups: str) -> object:
        return number(id=name, recollections=tuple(Recollection(group) for group in groups))

    questions = [
        remembered("once", "A"),
        remembered("thrice", "ABC"),
        remembered("again", "AAA"),
        remembered("twice", "AB"),
    ]
    orders = {
        tuple(question.id for question in schedule.order(questions, [], random.Random(seed)))  # type: ignore[arg-type]
        for seed in range(20)
    }
    assert {order[:2] for order in orders} == {("thrice", "twice")}
    assert len(orders) == 2
    again = schedule.order(questions, [], random.Random(7))  # type: ignore[arg-type]
    assert again == schedule.order(questions, [], random.Random(7))  # type: ignore[arg-type]


def test_the_summary_of_nothing_is_nothing() -> None:
    summary = practice.summary(practice.begin("s", QUESTIONS))
    assert msgspec.structs.astuple(summary)[:2] == (0, 3)
