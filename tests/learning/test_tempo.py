"""How long questions take: believed at first, then learnt from the student's own log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizlab.learning import tempo
from quizlab.learning.memory import Memory
from quizlab.log import Entry
from quizlab.model import AnyQuestion
from tests.samples import choice, multi, number, oral

START = datetime(2024, 6, 2, 21, 0, tzinfo=UTC)
QUESTIONS: dict[str, AnyQuestion] = {each.id: each for each in (number(), choice(), multi(), oral())}
KINDS = {"n1": "typed", "c1": "choice", "m1": "choice", "o1": "oral"}


def answered(at: float, name: str = "n1", seconds: float = 1.0, session: str = "s") -> Entry:
    moment = (START + timedelta(seconds=at)).isoformat(timespec="milliseconds")
    return Entry(moment, session, name, "{}", "1", "1", "right", "", seconds)


def evening(name: str, pace: float, number: int) -> list[Entry]:
    """So many answers, each so many seconds after the one before."""
    return [answered(pace * step, name, pace) for step in range(1, number + 1)]


def learnt(entries: list[Entry]) -> tempo.Tempo:
    return tempo.tempo(entries, QUESTIONS.get)


def test_a_kind_of_question_is_how_it_is_answered() -> None:
    assert {name: tempo.kind(question) for name, question in QUESTIONS.items()} == KINDS


def test_nothing_known_is_the_prior() -> None:
    assert learnt([]) == tempo.PRIOR


@given(st.sampled_from(sorted(QUESTIONS)), st.floats(2, 250), st.integers(2, 60))
def test_it_learns_the_students_own_pace(name: str, pace: float, number: int) -> None:
    """More answers at one pace always bring the estimate nearer to it, and never beyond; other kinds stay."""
    kind = KINDS[name]
    prior = tempo.PRIOR[kind]  # type: ignore[index]
    entries = evening(name, pace, number)
    found = [learnt(entries[:few])[kind] for few in range(number + 1)]  # type: ignore[index]
    distances = [abs(each - pace) for each in found]
    assert all(later <= earlier + 0.01 for earlier, later in pairwise(distances))
    assert min(prior, pace) - 0.01 <= found[-1] <= max(prior, pace) + 0.01
    if number >= 40:
        assert distances[-1] <= abs(prior - pace) / 5
    other = learnt(entries)
    assert {each: other[each] for each in tempo.PRIOR if each != kind} == {
        each: value for each, value in tempo.PRIOR.items() if each != kind
    }


@given(st.lists(st.floats(1, 100), min_size=5, max_size=39), st.floats(280, 5000))
def test_one_long_pause_hardly_matters(gaps: list[float], pause: float) -> None:
    at, entries = 0.0, []
    for gap in [*gaps, pause]:
        at += gap
        entries.append(answered(at))
    assert learnt(entries)["typed"] <= max(*gaps, tempo.PRIOR["typed"])


def test_reading_the_feedback_counts_and_a_break_does_not() -> None:
    entries = [answered(0, seconds=8), answered(40, seconds=9), answered(2000, seconds=10)]
    assert [turn.seconds for turn in tempo.turns(entries)] == [8, 40, 10]


def test_the_answers_of_a_blic_take_what_was_measured() -> None:
    assert [turn.seconds for turn in tempo.turns([answered(5, seconds=20), answered(5, seconds=30)])] == [20, 30]


@given(st.floats(0, 1))
def test_what_is_likely_to_be_wrong_takes_longer(prior: float) -> None:
    questions = list(QUESTIONS.values())
    now = START.timestamp()
    new = tempo.seconds(questions, tempo.PRIOR, {}, prior, now)
    least = sum(tempo.PRIOR[tempo.kind(each)] for each in questions)
    assert least - 1e-6 <= new <= 2 * least + 1e-6
    sure = {name: Memory(1000.0, 5.0, now) for name in QUESTIONS}
    assert tempo.seconds(questions, tempo.PRIOR, sure, prior, now) <= new + 0.1


@given(st.integers(1, 60), st.floats(1, 120), st.floats(0.1, 600))
def test_what_fits_into_some_minutes_takes_no_longer(number: int, pace: float, minutes: float) -> None:
    fits = tempo.fitting(number * pace, number, minutes)
    assert 1 <= fits <= number
    assert fits == 1 or fits * pace <= 60 * minutes + 1e-6
    assert fits == number or (fits + 1) * pace > 60 * minutes - 1e-6
