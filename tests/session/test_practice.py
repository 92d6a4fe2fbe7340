"""The session as a state machine: what it asks, when it returns, what can be taken back."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.answers import Unreadable
from quizlab.learning import schedule
from quizlab.learning.memory import Memory
from quizlab.question import asking
from quizlab.question.grading import grade_points
from quizlab.session import practice
from quizlab.session.practice import Answered, Place, Plan, Session
from tests.samples import choice, number, oral

NOW = datetime(2024, 6, 2, 21, 14, tzinfo=UTC)
AT = NOW.timestamp()
QUESTIONS = {each.id: each for each in (number(), choice(), oral())}
MANY = {
    name: number(id=name, topic=f"t{at % 3}", variants={"c": (8, 16, 64)})
    for at, name in enumerate(f"n{number}" for number in range(1, 13))
}


def plan(questions: practice.Questions, limit: int = 99, seed: int = 7) -> Plan:
    return Plan((), tuple(questions), limit, seed, schedule.Aim(AT + 86400, 0.3))


def begin(questions: practice.Questions = QUESTIONS, limit: int = 99, seed: int = 7) -> Session:
    return practice.begin("abc", plan(questions, limit, seed), questions, {}, AT)


def posed(session: Session, questions: practice.Questions) -> practice.AnyQuestion:
    assert session.current is not None
    return asking.posed(questions[session.current.question], session.current)


def go(
    session: Session, typed: str, questions: practice.Questions = QUESTIONS
) -> tuple[Session, Answered | Unreadable]:
    """Answer the current question and choose the next, as a sitting does."""
    outcome = practice.submit(session, posed(session, questions), typed, NOW, 3.04)
    if isinstance(outcome, Unreadable):
        return session, outcome
    return practice.advance(practice.answered(session, outcome), questions, {}, AT), outcome


def right_or_wrong(session: Session, questions: practice.Questions, *, right: bool) -> str:
    c = posed(session, questions).params["c"]
    assert isinstance(c, int)
    return str(9 * c * c + 3 * c if right else 1)


def test_an_answer_is_logged_with_all_that_it_takes_to_grade_it_again() -> None:
    session = begin({"c1": choice()})
    question = posed(session, {"c1": choice()})
    wrong = next(letter for letter in "abc" if letter != question.answer)  # type: ignore[union-attr]
    _, outcome = go(practice.hint(session), wrong, {"c1": choice()})
    assert isinstance(outcome, Answered)
    entry = outcome.entry
    assert entry.at == "2024-06-02T21:14:00.000+00:00"
    assert (entry.session, entry.question, entry.typed, entry.outcome) == ("abc", "c1", wrong, "wrong")
    assert (entry.seconds, entry.share, entry.hints, entry.mode) == (3.0, 0.0, 1, "practice")
    assert sorted(entry.order) == ["a", "b", "c"]
    assert entry.order[ord(wrong) - ord("a")] == {"prva": "a", "treca": "c"}[entry.tag]


@pytest.mark.parametrize("seed", range(4))
def test_mistakes_are_asked_in_their_order(seed: int) -> None:
    """Whatever FSRS would ask first; one that is wrong again returns as in any session."""
    names = ["n7", "n2", "n11", "n5", "n1"]
    ordered = msgspec.structs.replace(plan(MANY, seed=seed), pool=tuple(names), ordered=True)
    session = practice.begin("abc", ordered, MANY, {}, AT)
    asked = []
    while session.current:
        asked.append(session.current.question)
        right = right_or_wrong(session, MANY, right=asked != ["n7"])
        session, _ = go(session, right, MANY)
    assert asked == [*names[:4], "n7", "n1"]


@given(st.lists(st.sampled_from(["(9", "", "9312", "a", "skip", "sve", "ništa", "x" * 600]), max_size=12))
def test_unreadable_answers_cost_nothing_and_others_move_on_by_one(typed: list[str]) -> None:
    session = begin()
    for text in typed:
        if session.current is None:
            break
        before = session
        if text == "skip":
            session = practice.advance(practice.skip(session), QUESTIONS, {}, AT)
        else:
            session, outcome = go(session, text)
            if isinstance(outcome, Unreadable):
                assert session == before
                continue
        assert len(session.done) == len(before.done) + 1


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=60, max_size=60), st.integers(1, 12), st.integers(0, 1000))
def test_wrong_ones_return_after_others_and_nothing_is_asked_too_often(
    outcomes: list[bool], limit: int, seed: int
) -> None:
    session = begin(MANY, limit, seed)
    places_met = []
    for right in outcomes:
        if session.current is None:
            break
        place = practice.place(session)
        assert 1 <= place.number <= place.total
        assert place.again == (session.current.question in practice.met(session))
        places_met.append(place)
        session, _ = go(session, right_or_wrong(session, MANY, right=right), MANY)
    assert session.current is None, "a session comes to an end"
    assert {each.total for each in places_met} == {limit}, "the end does not recede"
    assert [each.number for each in places_met if not each.again] == list(range(1, limit + 1))
    asked = [each.item.question for each in session.done]
    assert len(set(asked)) == limit
    for name in set(asked):
        places = [place for place, each in enumerate(asked) if each == name]
        outcome = [session.done[place].outcome for place in places]
        assert "right" not in outcome[:-1], "what was right does not return"
        assert len(places) <= 3, "asked, and asked twice more"
        assert outcome[-1] == "right" or len(places) == 3
        for one, other in pairwise(places):
            between = set(asked[one + 1 : other])
            waiting = {each for each in asked[one:other] if each != name}
            assert other - one > 3 or between == waiting, "soon only if there was nothing else to ask"
        numbers = [session.done[place].item.values for place in places]
        assert all(one != other for one, other in pairwise(numbers))


def test_a_wrong_one_returns_after_exactly_three_others() -> None:
    session = begin(MANY)
    first = posed(session, MANY).id
    session, _ = go(session, "1", MANY)
    for _ in range(3):
        assert posed(session, MANY).id != first
        session, _ = go(session, right_or_wrong(session, MANY, right=True), MANY)
    assert posed(session, MANY).id == first


def test_undo_gives_back_the_same_question_and_forgets_the_answer() -> None:
    session = begin(MANY)
    after, _ = go(session, "1", MANY)
    back = practice.undo(after)
    assert back == session
    skipped = practice.advance(practice.skip(session), MANY, {}, AT)
    assert practice.undo(skipped) == session
    assert practice.undo(session) is None


def test_the_same_seed_and_answers_are_the_same_session() -> None:
    def played(seed: int) -> list[asking.Asking]:
        repeatable = msgspec.structs.replace(plan(MANY, seed=seed), repeatable=True)
        session = practice.begin("x", repeatable, MANY, {}, AT)
        rng = random.Random(3)
        while session.current is not None:
            session, _ = go(session, right_or_wrong(session, MANY, right=rng.random() < 0.6), MANY)
        return [each.item for each in session.done]

    assert played(5) == played(5)
    assert played(5) != played(6)


def test_known_questions_are_asked_with_other_numbers_and_new_ones_as_on_the_quiz() -> None:
    known = {name: Memory(5.0, 5.0, AT - 86400 * 9) for name in MANY}
    fresh = practice.begin("x", plan(MANY), MANY, {}, AT)
    later = practice.begin("x", plan(MANY), MANY, known, AT)
    assert fresh.current is not None
    assert later.current is not None
    assert (fresh.current.values, bool(later.current.values)) == ({}, True)


def test_a_session_survives_being_written_down() -> None:
    session = begin(MANY)
    for right in (False, True, False):
        session, _ = go(session, right_or_wrong(session, MANY, right=right), MANY)
    assert msgspec.json.decode(msgspec.json.encode(session), type=Session) == session


def test_questions_that_left_the_bank_are_not_asked() -> None:
    session = begin(MANY)
    fewer = {name: question for name, question in MANY.items() if name != posed(session, MANY).id}
    session, _ = go(session, "1", MANY)
    while session.current is not None and len(session.done) < 40:
        assert session.current.question in fewer
        session, _ = go(session, right_or_wrong(session, fewer, right=True), fewer)
    session = practice.advance(session, {}, {}, AT)
    assert session.current is None


def test_varying_asks_once_more_with_other_numbers() -> None:
    session = begin({"n1": MANY["n1"]})
    session, _ = go(session, right_or_wrong(session, MANY, right=True), MANY)
    varied = practice.vary(session, MANY["n1"])
    assert varied is not None
    assert varied.current is not None
    assert varied.current.values
    assert practice.place(varied) == Place(1, 1, again=True)
    assert practice.vary(session, choice()) is None


def test_of_an_oral_question_only_the_missing_points_return() -> None:
    question = oral()
    session = begin({"o1": question})
    assert practice.points(session, question) == (1, 2, 3)
    session, first = go(session, "1", {"o1": question})
    assert isinstance(first, Answered)
    assert (first.graded.outcome, first.graded.missing) == ("partial", (2, 3))
    assert practice.points(session, question) == (2, 3)
    session, second = go(session, "3", {"o1": question})
    assert isinstance(second, Answered)
    assert (second.graded.missing, second.entry.understood) == ((2,), "1, 3")
    assert second.entry.share == pytest.approx(2 / 3)
    assert practice.points(session, question) == (2,)
    back = practice.undo(session)
    assert back is not None
    assert practice.points(back, question) == (2, 3)
    last = practice.submit(session, question, grade_points(question, [2]), NOW, 1.0)
    assert isinstance(last, Answered)
    assert (last.graded.outcome, last.entry.typed) == ("right", "1, 2, 3")
    _, nothing = go(session, "ništa", {"o1": question})
    assert isinstance(nothing, Answered)
    assert nothing.graded.missing == (2,), "what was said before stays said"


def test_a_session_is_over_when_its_minutes_are() -> None:
    timed = begin(MANY)
    timed = msgspec.structs.replace(timed, plan=msgspec.structs.replace(timed.plan, minutes=15.0), spent=899.0)
    assert not practice.over(timed)
    assert practice.over(msgspec.structs.replace(timed, spent=900.0))
    assert not practice.over(msgspec.structs.replace(begin(MANY), spent=1e6)), "no minutes, no end"
