"""A blic as a state machine: drawn, written, changed, handed in."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab import bank
from quizlab.answers import Unreadable, written
from quizlab.learning.schedule import worth
from quizlab.model import AnyQuestion, OpenQuestion
from quizlab.session import blic
from quizlab.session.blic import Blic

QUESTIONS = {each.id: each for path in bank.shipped() if path.stem != "torch" for each in bank.load(path).questions}
POOL = tuple(QUESTIONS.values())
START = 1_700_000_000.0


def begin(number: int = 10, seed: int = 5, pool: tuple[AnyQuestion, ...] = POOL) -> Blic:
    return blic.begin("b", ("lab4",), pool, number, seed, START, 10)


def right(question: AnyQuestion) -> str:
    return written(question.answer)  # type: ignore[union-attr]


def test_a_blic_asks_written_questions_each_once_and_the_same_seed_is_the_same_blic() -> None:
    for seed in range(50):
        made = begin(seed=seed)
        names = [slot.item.question for slot in made.slots]
        assert len(set(names)) == len(names) == 10
        assert not any(isinstance(QUESTIONS[name], OpenQuestion) for name in names)
        assert made == begin(seed=seed)
    assert begin(seed=1) != begin(seed=2)
    assert begin(pool=tuple(each for each in POOL if isinstance(each, OpenQuestion))).slots == ()
    assert len(begin(number=500).slots) == sum(blic.written(each) for each in POOL)


def test_what_came_back_more_often_is_drawn_more_often_and_topics_take_turns() -> None:
    drawn = Counter(slot.item.question for seed in range(400) for slot in begin(seed=seed).slots)
    asked = [each for each in POOL if blic.written(each)]
    often = [drawn[each.id] for each in asked if worth(each) >= 3]
    once = [drawn[each.id] for each in asked if worth(each) <= 2]
    assert sum(often) / len(often) > sum(once) / len(once)
    for seed in range(20):
        topics = Counter(QUESTIONS[slot.item.question].topic for slot in begin(seed=seed).slots)
        assert max(topics.values()) <= 4


def test_right_answers_earn_everything_empty_ones_nothing() -> None:
    made = begin()
    for place in range(10):
        if place % 2:
            made = blic.turn(made, place)
            question = blic.posed(made, QUESTIONS)
            after = blic.write(made, question, right(question), 2.0)
            assert not isinstance(after, Unreadable)
            made = after
    result = blic.finish(made, QUESTIONS, datetime.fromtimestamp(START + 95, UTC))
    assert (result.points, result.seconds) == (5, 95)
    assert [each is not None for each in result.answered] == [False, True] * 5
    for slot, each in zip(made.slots, result.answered, strict=True):
        if each:
            assert each.graded.outcome == "right"
            assert (each.entry.mode, each.entry.seconds, each.entry.order) == ("blic", 2.0, slot.item.order)
    assert list(result.again) == [slot.item.question for slot in made.slots[::2]]


def test_an_answer_may_be_changed_until_the_end_and_time_adds_up() -> None:
    made = begin(number=2)
    question = blic.posed(made, QUESTIONS)
    wrong = next(letter for letter in "abcd" if letter != right(question)) if hasattr(question, "options") else "1"
    for text in (wrong, right(question)):
        written_down = blic.write(blic.turn(made, 0), question, text, 3.0)
        assert not isinstance(written_down, Unreadable)
        made = written_down
    assert (made.slots[0].typed, made.slots[0].seconds) == (right(question), 6.0)


def test_unreadable_is_given_back_and_changes_nothing() -> None:
    made = begin()
    question = blic.posed(made, QUESTIONS)
    assert isinstance(blic.write(made, question, "(((", 1.0), Unreadable)


def test_writing_turns_to_the_next_empty_question() -> None:
    made = begin(number=3)
    seen = []
    for _ in range(3):
        seen.append(made.at)
        question = blic.posed(made, QUESTIONS)
        after = blic.write(made, question, right(question), 0.0)
        assert not isinstance(after, Unreadable)
        made = after
    assert seen == [0, 1, 2]
    assert blic.empty(made) == []


@pytest.mark.parametrize(("now", "left", "over"), [(0, 600, False), (599, 1, False), (600, 0, True), (9999, 0, True)])
def test_the_clock(now: int, left: float, over: bool) -> None:
    made = begin()
    assert (blic.remaining(made, START + now), blic.over(made, START + now)) == (left, over)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["write", "mark", "turn", "spent"]), st.integers(0, 30)), max_size=40))
def test_whatever_is_done_the_slots_stay_and_it_survives_being_written_down(steps: list[tuple[str, int]]) -> None:
    made = begin()
    rng = random.Random(1)
    for what, number in steps:
        if what == "write":
            question = blic.posed(made, QUESTIONS)
            after = blic.write(made, question, rng.choice([right(question), "a", "1", "(("]), 1.0)
            made = made if isinstance(after, Unreadable) else after
        elif what == "mark":
            assert blic.mark(blic.mark(made)) == made
            made = blic.mark(made)
        elif what == "turn":
            made = blic.turn(made, number)
        else:
            made = blic.spent(made, float(number))
        assert 0 <= made.at < len(made.slots)
    assert [slot.item for slot in made.slots] == [slot.item for slot in begin().slots]
    assert msgspec.json.decode(msgspec.json.encode(made), type=Blic) == made
    result = blic.finish(made, QUESTIONS, datetime.fromtimestamp(START, UTC))
    assert sum(each is not None for each in result.answered) == len(made.slots) - len(blic.empty(made))
    assert 0 <= result.points <= len(made.slots)


def test_new_questions_come_as_on_the_quiz_and_known_ones_with_any_numbers() -> None:
    varied = tuple(each for each in POOL if each.variants)
    fresh = blic.begin("b", (), varied, 12, 5, START, 10, met=())
    assert all(slot.item.values == {} for slot in fresh.slots)
    again = blic.begin("b", (), varied, 12, 5, START, 10, met={each.id for each in varied})
    assert sum(slot.item.values != {} for slot in again.slots) > 8
    assert [slot.item.question for slot in fresh.slots] != []


def test_what_is_handed_in_late_is_handed_in_at_the_end() -> None:
    made = begin(number=1)
    question = blic.posed(made, QUESTIONS)
    after = blic.write(made, question, right(question), 1.0)
    assert not isinstance(after, Unreadable)
    result = blic.finish(after, QUESTIONS, datetime.fromtimestamp(START + 5000, UTC))
    assert result.seconds == 600
    (answered,) = result.answered
    assert answered is not None
    assert datetime.fromisoformat(answered.entry.at).timestamp() == START + 600


def test_the_time_of_a_blic_is_no_matter_of_the_clock_on_the_wall() -> None:
    made = begin()
    for back in (0.0, 3600.0, 1e9):
        assert blic.remaining(made, made.started - back) == 600.0, "never more than was given"
    passed = [100.0]
    for wall in (made.started, made.started - 3600, made.started + 60):
        now = blic.steady(made, wall, lambda: passed[0])
        gone = max(0.0, wall - made.started)
        assert blic.remaining(made, now()) == 600.0 - gone
        passed[0] += 30.0
        assert blic.remaining(made, now()) == 600.0 - gone - 30.0
    late = blic.steady(made, made.ends + 1, lambda: passed[0])
    assert blic.over(made, late())
    assert blic.remaining(made, late()) == 0.0
