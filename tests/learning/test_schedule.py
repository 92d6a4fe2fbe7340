"""What is asked next, and what is promised for the exam."""

from __future__ import annotations

import random
import statistics
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizlab.learning import schedule
from quizlab.learning.memory import DAY, Memory, State, after, follow, recall, replay
from quizlab.learning.schedule import Aim, choose, forecast, futures, worth
from quizlab.model import AnyQuestion, Outcome, Recollection, weight
from tests import cohort
from tests.entries import START, answer
from tests.samples import number

NOW = 1_795_636_800.0  # an evening: 2026-11-25 20:00 UTC
TOMORROW = Aim(NOW + DAY / 2, 0.4)


def question(name: str, groups: str = "A", topic: str = "arhitektura") -> AnyQuestion:
    return number(id=name, topic=topic, recollections=tuple(Recollection(group) for group in groups))


BANK = [question(f"q{place}", "ABC"[: place % 4], f"t{place % 3}") for place in range(12)]
NAMES = [each.id for each in BANK]

MEMORIES = st.builds(
    Memory,
    st.floats(0.01, 300),
    st.floats(1, 10),
    st.floats(NOW - 60 * DAY, NOW + DAY),  # a clock may have gone backwards
    st.integers(1, 20),
)
SITUATIONS = st.tuples(
    st.lists(st.sampled_from(BANK), unique_by=lambda each: each.id),
    st.dictionaries(st.sampled_from([*NAMES, "gone"]), MEMORIES),
    st.builds(Aim, st.floats(NOW - DAY, NOW + 60 * DAY), st.floats(0, 1)),
    st.integers(0, 99),
    st.lists(st.sampled_from(["t0", "t1", "t2"]), max_size=3),
)
Situation = tuple[list[AnyQuestion], dict[str, Memory], Aim, int, list[str]]


def chosen(
    candidates: list[AnyQuestion], memories: dict[str, Memory], aim: Aim = TOMORROW, *recent: str, seed: int = 0
) -> str:
    found = choose(candidates, memories, NOW, aim, random.Random(seed), recent)
    assert found is not None
    return found.id


@given(SITUATIONS)
def test_a_candidate_is_chosen_and_always_the_same(situation: Situation) -> None:
    candidates, memories, aim, seed, recent = situation
    found = choose(candidates, memories, NOW, aim, random.Random(seed), recent)
    assert (found in candidates) if candidates else found is None
    assert found == choose(candidates, memories, NOW, aim, random.Random(seed), recent)


class Student:
    """One of those whom a student's memories may be: what is known to which share, by the package and not by ours."""

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def __init__(self, memory: Memory | None, prior: float) -> None:
        self.share = prior
        self.card: Card | None = None
        if memory:
            last = datetime.fromtimestamp(memory.last, UTC)
            self.card = Card(1, stability=memory.stability, difficulty=memory.difficulty, last_review=last)
            self.share = self.recall(self.card, NOW)

    def recall(self, card: Card, at: float) -> float:
        return self.scheduler.get_card_retrievability(card, datetime.fromtimestamp(at, UTC))

    def after(self, rating: Rating) -> Card:
        return self.scheduler.review_card(self.card or Card(1), rating, datetime.fromtimestamp(NOW, UTC))[0]

    def points(self, exam: float, *, asked: bool) -> float:
        """The share of the points for the question that is won at the exam."""
        knowing, not_knowing = self.after(Rating.Good), self.after(Rating.Again)
        if asked:
            return self.share * self.recall(knowing, exam) + (1 - self.share) * self.recall(not_knowing, exam)
        if self.card:
            return self.recall(self.card, exam)
        return self.share * self.recall(knowing, exam)  # known from elsewhere, as if just learnt; or never


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.none() | st.tuples(st.floats(0.1, 300), st.floats(1, 10), st.integers(2, 60))),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 40),
    st.floats(0, 1),
)
def test_no_other_question_brings_more_points_at_a_simulated_exam(
    known: list[tuple[int, tuple[float, float, int] | None]], days: int, prior: float
) -> None:
    """Whole days apart, where the package is exact; who did not practise lately is expected to practise now only."""
    memories = {
        f"q{place}": Memory(stability, difficulty, NOW - ago * DAY)
        for place, (_, each) in enumerate(known)
        if each
        for stability, difficulty, ago in [each]
    }
    candidates = [question(f"q{place}", "ABC"[:groups]) for place, (groups, _) in enumerate(known)]
    exam = NOW + days * DAY
    students = {name: Student(memories.get(name), prior) for name in (each.id for each in candidates)}

    def won(asked: str) -> float:
        return sum(
            (1 + groups) * students[f"q{place}"].points(exam, asked=asked == f"q{place}")
            for place, (groups, _) in enumerate(known)
        )

    best = max(won(each.id) for each in candidates)
    assert won(chosen(candidates, memories, Aim(exam, prior))) == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize(("groups", "expected"), [(8, "same"), (10, "other")])
def test_a_tenth_of_the_points_is_given_for_another_topic(groups: int, expected: str) -> None:
    """What 8 groups remembered is worth 9 against 8, more than a tenth more; what 10 did, 11 against 10, less."""
    letters = "ABCDEFGHIJ"
    pair = [question("same", letters[:groups], "trojke"), question("other", letters[: groups - 1], "gubitak")]
    assert chosen(pair, {}, TOMORROW, "trojke") == expected


@given(st.floats(0.05, 60), st.floats(1, 10), st.floats(0, 40), st.floats(0.01, 30), st.floats(0, 1))
def test_futures_are_chances_and_teaching_what_is_new_never_harms(
    stability: float, difficulty: float, days: float, ahead: float, prior: float
) -> None:
    known = Memory(stability, difficulty, NOW - days * DAY)
    aim = Aim(NOW + ahead * DAY, prior)
    later = NOW + DAY if ahead > 1 else None
    for memory in (known, None):
        found = futures(memory, NOW, later, aim)
        assert all(0 <= each <= 1 for each in msgspec.structs.astuple(found))
    assert found.now >= found.never


@pytest.mark.parametrize("hours", [3, 12, 36, 72, 24 * 14])
def test_what_was_never_asked_comes_before_what_was_just_answered(hours: float) -> None:
    aim = Aim(NOW + hours * 3600, 0.4)
    for rating in (1, 2, 3):
        memories = {"answered": after(None, rating, NOW - 60)}
        assert chosen([question("answered"), question("new")], memories, aim) == "new"


def test_before_an_exam_tonight_the_shakiest_comes_first_even_within_a_day() -> None:
    morning, noon = NOW - 12 * 3600, NOW - 8 * 3600
    memories = {
        "wrong this morning": after(None, 1, morning),
        "right at noon": after(None, 3, noon),
        "right this morning": after(None, 3, morning),
    }
    candidates = [question(name) for name in memories]
    for hours in (2, 6, 14):
        aim = Aim(NOW + hours * 3600, 0.4)
        assert chosen(candidates, memories, aim) == "wrong this morning"
        gains = [futures(memories[name], NOW, None, aim).gain(1.0, 0.0) for name in memories]
        assert gains[0] > gains[2] > gains[1]


def test_what_returned_more_often_comes_first() -> None:
    candidates = [question("never", ""), question("once"), question("thrice", "ABC"), question("again", "AAA")]
    assert {chosen(candidates, {}, seed=seed) for seed in range(20)} == {"thrice"}
    assert weight(candidates[3]) == 1
    assert worth(candidates[0]) > 0


def test_equals_are_chosen_by_chance() -> None:
    candidates = [question(f"q{place}") for place in range(5)]
    assert {chosen(candidates, {}, seed=seed) for seed in range(60)} == {each.id for each in candidates}
    memories = {each.id: Memory(2.0, 5.0, NOW - 3 * DAY) for each in candidates}
    assert {chosen(candidates, memories, seed=seed) for seed in range(60)} == {each.id for each in candidates}


def test_topics_alternate_unless_much_is_at_stake() -> None:
    same, other = question("same", "AB", "trojke"), question("other", "AB", "gubitak")
    assert {chosen([same, other], {}, TOMORROW, "trojke", seed=seed) for seed in range(20)} == {"other"}
    assert {chosen([same, other], {}, TOMORROW, "trojke", "gubitak", seed=seed) for seed in range(20)} == {"same"}
    assert (
        chosen([question("much", "ABC", "trojke"), question("little", "", "gubitak")], {}, TOMORROW, "trojke") == "much"
    )

    candidates = [question(f"{topic}{place}", "A", topic) for topic in ("x", "y") for place in range(6)]
    topics: list[str] = []
    while candidates:
        name = chosen(candidates, {}, TOMORROW, *topics)
        topics.append(name[0])
        candidates = [each for each in candidates if each.id != name]
    assert all(one != another for one, another in pairwise(topics))


def test_what_can_wait_for_tomorrow_waits_if_the_student_is_expected_back() -> None:
    """Two new questions, room for one a day: the heavier is fresher in memory if it is asked on the last evening."""
    heavy, light = question("heavy", "ABC"), question("light", "A")
    aim = Aim(NOW + 1.5 * DAY, 0.4)
    assert chosen([heavy, light], {}, aim) == "heavy"  # nobody knows whether there will be a tomorrow
    yesterday = {"other": after(None, 3, NOW - DAY)}
    assert schedule.pace(yesterday, NOW) == 1
    assert chosen([heavy, light], yesterday, aim) == "light"
    assert chosen([heavy, light], yesterday, TOMORROW) == "heavy"


def test_the_pace_is_that_of_the_better_of_the_last_two_days() -> None:
    answered = [NOW, NOW - 60, NOW - DAY, NOW - 1.1 * DAY, NOW - 0.9 * DAY, NOW - 5 * DAY]
    memories = {f"q{place}": Memory(1.0, 5.0, at) for place, at in enumerate(answered)}
    assert schedule.pace(memories, NOW) == 3
    assert schedule.pace({}, NOW) == 0


@given(SITUATIONS, st.floats(0, 30))
def test_a_forecast_is_a_weighted_mean_that_falls_with_time(situation: Situation, days: float) -> None:
    candidates, memories, aim, _, _ = situation
    early = forecast(candidates, memories, NOW + DAY, aim.prior)
    late = forecast(candidates, memories, NOW + (1 + days) * DAY, aim.prior)
    each = [recall(memories[one.id], NOW + DAY) if one.id in memories else aim.prior for one in candidates]
    assert late <= early + 1e-12
    assert min(each, default=0.0) - 1e-12 <= early <= max(each, default=0.0) + 1e-12


def test_a_forecast_counts_what_returns_more_often_more() -> None:
    memories = {"heavy": Memory(1e6, 5.0, NOW)}
    candidates = [question("heavy", "ABC"), question("light", "")]
    assert forecast(candidates, memories, NOW, 0.0) == pytest.approx(4 / 5)
    assert forecast([], {}, NOW, 0.5) == 0.0


def test_a_question_is_due_below_nine_tenths() -> None:
    memory = Memory(3.0, 5.0, NOW)
    assert not schedule.due(memory, NOW + 2.99 * DAY)
    assert schedule.due(memory, NOW + 3.01 * DAY)


@pytest.mark.parametrize("outcome", ["wrong", "partial"])
def test_what_was_wrong_is_due_at_once_and_until_a_later_sitting_has_shown_it_right(outcome: Outcome) -> None:
    missed = answer("q1", outcome, share=0.8 if outcome == "partial" else 0.0)
    minutes, next_day = (answer("q1", at=START + timedelta(minutes=each)) for each in (3, 24 * 60))
    at = START.timestamp()
    assert schedule.due(replay([missed])["q1"], at + 60)
    assert schedule.due(replay([missed, minutes])["q1"], at + 240) == (outcome == "wrong")
    assert not schedule.due(replay([missed, minutes, next_day])["q1"], at + DAY + 60)


def test_mistakes_are_those_wrong_last_the_most_wrong_and_then_the_latest_first() -> None:
    minutes = [("oral", "partial"), ("old", "wrong"), ("thrice", "wrong"), ("thrice", "wrong"), ("mended", "wrong")]
    minutes += [("mended", "right"), ("new", "wrong"), ("thrice", "wrong"), ("oral late", "partial")]
    found = [
        answer(name, outcome, START + timedelta(minutes=place), share=0.8 if outcome == "partial" else 0.0)  # type: ignore[arg-type]
        for place, (name, outcome) in enumerate(minutes)
    ]
    bank = [question(name) for name in sorted({name for name, _ in minutes} | {"unseen"})]
    assert [each.id for each in schedule.mistakes(bank, replay(found))] == ["thrice", "new", "old", "oral late", "oral"]


def test_all_wrong_promises_what_guessing_yields() -> None:
    """Twelve of twelve wrong, four questions three times over with the key shown each time: it was guessed at best."""
    names = [f"q{place}" for place in range(4)]
    found = [answer(name, "wrong", START + timedelta(minutes=place)) for place, name in enumerate(names * 3)]
    at = START.timestamp() + 720
    state = follow(State(), enumerate(found, 1))
    for hours in (0, 12, 24):
        assert forecast([question(name) for name in names], state.memories, at + hours * 3600, state.prior) <= 0.25
    assert forecast(BANK, state.memories, at + DAY / 2, state.prior) <= 0.25 + 0.1
    everything = [answer(each.id, "wrong", START + timedelta(minutes=place)) for place, each in enumerate(BANK)]
    assert follow(State(), enumerate(everything, 1)).prior <= 0.25


def test_a_cohort_knows_more_the_next_morning() -> None:
    """The small version of what `make bench` measures with more students and longer horizons."""
    scores = cohort.compare(8, horizons=(1,))
    for name in cohort.POLICIES.keys() - {"ours", *cohort.LIMITS}:
        ahead = [mine - theirs for mine, theirs in zip(scores[1, "ours"], scores[1, name], strict=True)]
        assert statistics.mean(ahead) > statistics.stdev(ahead) / 8**0.5
    assert cohort.covered(scores, 1) >= 0.5
    assert cohort.covered(scores, 1, "blind oracle") >= 0.8
