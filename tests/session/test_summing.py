"""What a session came to: each question once, repeats apart, and what was weak."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizlab.learning import schedule
from quizlab.question.asking import Asking
from quizlab.session.practice import RETURNING, Done, Plan, Session
from quizlab.session.summing import Weak, summary

OUTCOMES = ("right", "partial", "wrong", "shown", "skipped")
NAMES = ("q1", "q2", "q3", "q4")


def session(*done: tuple[str, str], pool: tuple[str, ...] = NAMES) -> Session:
    plan = Plan((), pool, 99, 1, schedule.Aim(0.0, 0.3))
    return Session("s", plan, done=tuple(Done(Asking(name), outcome, seconds=2.0) for name, outcome in done))  # type: ignore[arg-type]


def test_nothing_came_to_nothing() -> None:
    found = summary(session())
    assert (found.asked, found.left, found.repeats, found.weak, found.again) == (0, 4, 0, (), ())


def test_a_wrong_answer_does_not_make_the_session_longer() -> None:
    found = summary(session(("q1", "wrong"), pool=("q1",)))
    assert (found.asked, found.total, found.left, found.returning) == (1, 1, 0, 1)


def test_the_first_answer_is_the_score_and_repeats_are_apart() -> None:
    found = summary(session(("q1", "wrong"), ("q2", "right"), ("q1", "right"), ("q3", "shown"), ("q3", "wrong")))
    assert (found.right, found.wrong, found.shown, found.repeats, found.repeats_right) == (1, 1, 1, 2, 1)
    assert found.weak == (Weak("q3", 2, "wrong"), Weak("q1", 1, "right"))
    assert found.again == ("q3",)


def test_what_is_to_be_repeated_was_wrong_most_then_latest_and_skipping_changes_nothing() -> None:
    wrong = [("q1", "wrong"), ("q2", "wrong"), ("q3", "wrong"), ("q1", "wrong")]
    found = summary(session(*wrong, ("q3", "right"), ("q4", "partial"), ("q2", "skipped")))
    assert found.again == ("q1", "q2", "q4")
    assert [each.question for each in found.weak] == ["q1", "q2", "q4", "q3"]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(OUTCOMES)), max_size=20))
def test_every_answer_is_counted_once(done: list[tuple[str, str]]) -> None:
    found = summary(session(*done))
    first = dict(reversed(done))
    counts = (found.right, found.partial, found.wrong, found.shown, found.skipped)
    assert counts == tuple(sum(each == outcome for each in first.values()) for outcome in OUTCOMES)
    assert sum(counts) + found.left == found.total
    assert found.asked + found.shown + found.repeats == sum(outcome != "skipped" for _, outcome in done)
    answered = {name: outcome for name, outcome in done if outcome != "skipped"}
    assert set(found.again) == {name for name, outcome in answered.items() if outcome in RETURNING}
