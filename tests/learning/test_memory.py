"""What is remembered: the package as oracle, the log as the only truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizlab import home
from quizlab.learning import keeping, memory
from quizlab.learning.memory import DAY, Memory, State, after, recall, remembered, replay
from quizlab.log import Entry, Log
from quizlab.log.entry import rating
from quizlab.model import Outcome
from tests.entries import START, answer

AT = START.timestamp()

STABILITIES = st.floats(0.01, 1000)
MEMORIES = st.builds(Memory, STABILITIES, st.floats(1, 10), st.just(AT))


def entry(question: str = "q1", outcome: Outcome = "right", days: float = 0.0, **changes: Any) -> Entry:
    return answer(question, outcome, START + timedelta(days=days), **changes)


ENTRIES = st.builds(
    entry,
    st.sampled_from(["q1", "q2", "q3", "old"]),
    st.sampled_from(["right", "wrong", "partial"]),
    st.floats(-3, 60),  # in any order: clocks go backwards
    share=st.floats(0, 1),
    hints=st.integers(0, 2),
    sure=st.sampled_from(["", "sure", "unsure"]),
)
HISTORIES = st.lists(ENTRIES, max_size=25)


@pytest.mark.parametrize(
    ("given_entry", "expected"),
    [
        (entry(), 3),
        (entry(sure="sure"), 3),
        (entry(sure="unsure"), 2),
        (entry(hints=1), 2),
        (entry(outcome="partial", share=0.6), 2),
        (entry(outcome="partial", share=0.59), 1),
        (entry(outcome="wrong"), 1),
        (entry(outcome="wrong", sure="unsure"), 1),
    ],
)
def test_a_rating_says_how_well_it_was_known(given_entry: Entry, expected: int) -> None:
    assert rating(given_entry) == expected


@given(MEMORIES, st.integers(0, 4000))
def test_recall_is_the_packages_at_whole_days(known: Memory, days: int) -> None:
    card = Card(1, stability=known.stability, difficulty=known.difficulty, last_review=START)
    oracle = Scheduler().get_card_retrievability(card, START + timedelta(days=days))
    assert recall(known, AT + days * DAY) == pytest.approx(oracle, rel=1e-12)


@given(MEMORIES, st.floats(0, 400), st.floats(0.001, 400))
def test_what_is_not_asked_fades_within_a_day_too(known: Memory, days: float, more: float) -> None:
    assert recall(known, AT + (days + more) * DAY) < recall(known, AT + days * DAY) <= 1
    assert recall(known, AT + known.stability * DAY) == pytest.approx(0.9)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40)), min_size=1, max_size=12))
def test_answers_whole_days_apart_change_a_memory_as_the_package_does(answers: list[tuple[int, int]]) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, known, at = Card(1), None, START
    for grade, days in answers:
        at += timedelta(days=days)
        card, _ = scheduler.review_card(card, Rating(grade), at)
        known = after(known, grade, at.timestamp())
    assert known is not None
    assert (known.stability, known.difficulty) == pytest.approx((card.stability, card.difficulty), rel=1e-12)
    assert (known.last, known.reviews) == (at.timestamp(), len(answers))
    assert known.lapses == sum(grade == 1 for grade, _ in answers)


def test_a_night_makes_a_day() -> None:
    first = after(None, 3, AT)
    next_evening = after(first, 3, AT + 0.97 * DAY)
    assert next_evening.stability == after(first, 3, AT + DAY).stability
    assert after(first, 3, AT + 3600).stability == after(first, 3, AT + 60).stability < next_evening.stability


def test_a_day_begins_at_three_in_the_morning_utc() -> None:
    def stability(first: datetime, second: datetime) -> float:
        return after(after(None, 3, first.timestamp()), 3, second.timestamp()).stability

    evening, night = datetime(2026, 11, 25, 22, tzinfo=UTC), datetime(2026, 11, 26, 2, 59, tzinfo=UTC)
    morning = datetime(2026, 11, 26, 3, tzinfo=UTC)
    same = stability(evening, evening + timedelta(hours=1))
    assert stability(evening, night) == same, "one sitting past midnight is one day"
    assert stability(evening, morning) > same
    assert stability(night, morning) > same
    assert stability(morning, morning + timedelta(hours=23, minutes=59)) == same


@given(MEMORIES, st.integers(1, 3), st.floats(-1000, 1000))
def test_better_answers_leave_longer_memories_and_clocks_may_go_backwards(
    known: Memory, rating: int, days: float
) -> None:
    at = AT + days * DAY
    found = after(known, rating, at)
    assert found.last == at
    assert found.stability >= 0.001
    assert 1 <= found.difficulty <= 10
    assert 0 < recall(found, at + days * DAY) <= 1
    assert after(known, 1, at).stability < after(known, 2, at).stability <= after(known, 3, at).stability


@given(MEMORIES, st.floats(-1, 1))
def test_the_key_seen_a_minute_ago_is_worth_what_is_left_of_it_the_next_day(known: Memory, hours: float) -> None:
    """FSRS's own success on the day after a failure, from the first second on; for an answer in part as well."""
    wrong = after(known, 1, AT + hours * 3600)
    assert recall(wrong, wrong.last) == recall(wrong, wrong.last + DAY) < 1
    assert recall(wrong, wrong.last + 2 * DAY) < recall(wrong, wrong.last)
    partial = replay([entry(outcome="partial", share=0.8)])["q1"]
    assert recall(partial, AT + 60) == recall(partial, AT + DAY) < 1


@pytest.mark.parametrize("misses", [1, 2, 3])
def test_right_a_minute_after_the_key_lies_between_wrong_and_right(misses: int) -> None:
    moments = [entry(outcome="wrong", days=place / 1000) for place in range(misses)]
    repeated = replay([*moments, entry(days=0.01)])["q1"]
    wrong, right = replay(moments)["q1"], replay([entry()])["q1"]
    for days in (0.02, 0.5, 3):
        at = AT + days * DAY
        assert recall(wrong, at) < recall(repeated, at) < recall(right, at)
    the_next_day = replay([*moments, entry(days=0.01), entry(days=1)])["q1"]
    assert recall(the_next_day, AT + 1.01 * DAY) > 0.9


def test_who_misses_it_again_and_again_with_the_key_just_seen_has_not_learnt_it() -> None:
    found = [
        recall(replay([entry(outcome="wrong", days=place / 1000) for place in range(times)])["q1"], AT + DAY / 2)
        for times in (1, 2, 3)
    ]
    assert found[0] > 2 * found[1] > 4 * found[2]
    assert found[2] < 0.15


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 3)), min_size=1, max_size=8), st.data())
def test_no_right_answer_lowers_what_is_forecast(steps: list[tuple[bool, float]], data: st.DataObject) -> None:
    """The same history with one answer right that was wrong is never remembered worse."""
    place, days, worse, better = data.draw(st.integers(0, len(steps) - 1)), 0.0, [], []
    for number, (right, more) in enumerate(steps):
        days += more
        worse.append(entry(outcome="right" if right and number != place else "wrong", days=days))
        better.append(entry(outcome="right" if right or number == place else "wrong", days=days))
    at = AT + (days + 0.5) * DAY
    assert recall(replay(worse)["q1"], at) <= recall(replay(better)["q1"], at) + 1e-9


@given(HISTORIES, st.integers(0, 25))
def test_a_log_replayed_in_two_parts_is_the_log_replayed_whole(history: list[Entry], cut: int) -> None:
    names = {"old": "q1"}
    assert replay(history[cut:], replay(history[:cut], names=names), names) == replay(history, names=names)


@given(HISTORIES)
def test_questions_do_not_disturb_each_other(history: list[Entry]) -> None:
    apart: dict[str, Memory] = {}
    for name in {each.question for each in history}:
        apart |= replay([each for each in history if each.question == name])
    assert replay(history) == apart


def test_a_later_answer_to_what_was_wrong_tells_how_much_a_key_leaves() -> None:
    def share(outcome: Outcome, days: float, before: Outcome = "wrong") -> float:
        state = State()
        for place in range(10):
            pair = [entry(f"q{place}", before), entry(f"q{place}", outcome, days)]
            state = memory.follow(state, enumerate(pair, state.number + 1))
        return keeping.share(state.trials)

    assert share("wrong", 1) < 0.5
    assert share("right", 1) > 1
    assert share("wrong", 0.01) == share("wrong", 1, before="right") == keeping.share(keeping.NONE) == 1


def test_what_is_believed_changes_only_what_was_missed() -> None:
    state = memory.follow(State(), enumerate([entry("q1", "wrong"), entry("q2"), entry("q1", "wrong", 2)], 1))
    found = memory.believed(state.memories, state.trials)
    assert found["q2"] == state.memories["q2"]
    assert recall(found["q1"], AT + 4 * DAY) < recall(state.memories["q1"], AT + 4 * DAY)
    assert memory.believed(found, state.trials) == found
    assert after(found["q1"], 3, AT + 3 * DAY).stability == after(state.memories["q1"], 3, AT + 3 * DAY).stability


def test_a_renamed_question_keeps_its_memory() -> None:
    both = [entry("old", "wrong"), entry("q1", days=2)]
    assert replay(both, names={"old": "q1"}) == replay([entry("q1", "wrong"), entry("q1", days=2)])


def test_the_outcome_of_the_last_answer_is_kept_whatever_its_rating() -> None:
    assert replay([entry(outcome="partial", share=0.1)])["q1"].outcome == "partial"
    assert replay([entry(sure="unsure")])["q1"].outcome == "right"


def test_the_prior_follows_the_first_answers() -> None:
    assert State().prior == pytest.approx(0.4)
    right = memory.follow(State(), enumerate([entry(f"q{number}") for number in range(96)], start=1))
    assert right.prior == pytest.approx(102.4 / 112)
    wrong = memory.follow(State(), enumerate([entry(outcome="wrong"), *[entry()] * 30], start=1))
    assert (wrong.firsts, wrong.points) == (1, 0.0)
    assert memory.follow(State(), [(1, entry(outcome="partial", share=0.25))]).points == 0.25


class Fake:
    """A log that keeps its promises: the revision changes with everything but later rows."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.rows = list(enumerate(sorted(entries, key=lambda each: each.at), start=1))
        self.changes = 7
        self.read = 0

    def revision(self) -> int:
        return self.changes

    def entries(self, after: int = 0) -> tuple[tuple[int, Entry], ...]:
        found = tuple(sorted((row for row in self.rows if row[0] > after), key=lambda row: row[1].at))
        self.read += len(found)
        return found

    def pieces(self, after: int = 0) -> Iterator[tuple[tuple[int, Entry], ...]]:
        yield self.entries(after)

    def append(self, given_entry: Entry) -> None:
        if any(row[1].at > given_entry.at for row in self.rows):
            self.changes += 1
        self.rows.append((max((row[0] for row in self.rows), default=0) + 1, given_entry))

    def withdraw(self, place: int) -> None:
        if self.rows:
            del self.rows[place % len(self.rows)]
            self.changes += 1


STEPS = st.lists(st.one_of(ENTRIES, st.integers(0, 30), st.just("start")), max_size=20)


@given(HISTORIES, STEPS)
def test_a_snapshot_gives_what_a_fresh_replay_gives(
    tmp_path_factory: pytest.TempPathFactory, history: list[Entry], steps: list[object]
) -> None:
    folder, log, names = tmp_path_factory.mktemp("cache"), Fake(history), {"old": "q1"}
    for step in [*steps, "start", "start"]:
        if isinstance(step, Entry):
            log.append(step)
        elif isinstance(step, int):
            log.withdraw(step)
        else:
            found, fresh = remembered(log, folder, names), remembered(log, None, names)
            assert (found.memories, found.firsts) == (fresh.memories, fresh.firsts)
            assert found.points == pytest.approx(fresh.points)


def test_a_start_reads_only_what_is_new(tmp_path: Path) -> None:
    log = Fake(entry(f"q{number}", days=number) for number in range(50))
    remembered(log, tmp_path)
    log.append(entry("q1", days=60))
    log.read = 0
    state = remembered(log, tmp_path)
    assert (log.read, state.number, len(state.memories)) == (2, 51, 50)  # the last row known, and the new one


def test_a_snapshot_of_another_log_renames_or_model_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Fake([entry("old"), entry("q2", days=1)])
    assert set(remembered(log, tmp_path).memories) == {"old", "q2"}
    assert set(remembered(log, tmp_path, {"old": "q1"}).memories) == {"q1", "q2"}
    other = Fake([entry("q8"), entry("q9", days=1), entry("q9", days=2)])
    assert set(remembered(other, tmp_path).memories) == {"q8", "q9"}
    assert remembered(Fake(), tmp_path) == State()
    monkeypatch.setattr(memory, "SCHEMA", memory.SCHEMA + 1)
    other.read = 0
    remembered(other, tmp_path)
    assert other.read == 3


@pytest.mark.parametrize("damage", [b"", b"x", b"seal", msgspec.msgpack.encode({"key": 1})])
def test_a_damaged_snapshot_is_replaced(tmp_path: Path, damage: bytes) -> None:
    log = Fake([entry(), entry("q2", days=1)])
    whole = remembered(log, tmp_path)
    (tmp_path / memory.SNAPSHOT).write_bytes(damage)
    assert remembered(log, tmp_path) == whole
    home.write_sealed(tmp_path / memory.SNAPSHOT, damage)  # sealed, and still nothing that was ever a state
    assert remembered(log, tmp_path) == whole
    log.read = 0
    assert remembered(log, tmp_path) == whole
    assert log.read == 1


@given(st.data())
def test_no_changed_byte_of_a_snapshot_is_believed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    log = Fake([entry(), entry("q2", "wrong", days=1)])
    whole = remembered(log, folder)
    kept = folder / memory.SNAPSHOT
    content = bytearray(kept.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    kept.write_bytes(content)
    assert remembered(log, folder) == whole


def test_without_a_place_for_the_snapshot_everything_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    log = Fake([entry()])
    assert remembered(log, tmp_path / "file").memories == remembered(log, None).memories != {}


def test_nothing_is_left_beside_the_snapshot(tmp_path: Path) -> None:
    remembered(Fake([entry()]), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [memory.SNAPSHOT]


def test_the_answer_log_keeps_its_promises(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        cache = tmp_path / "cache"
        numbers = [log.append(entry(f"q{number % 3}", "wrong", number - 30)) for number in range(6)]
        remembered(log, cache)
        log.append(entry("q1", days=-21))
        log.append(entry("q2", days=-25.5, session="another"))  # out of its time
        assert remembered(log, cache) == remembered(log, None)
        log.withdraw(numbers[2])
        log.merge([entry("q5", days=-31), entry("q0", days=-30)])
        found, fresh = remembered(log, cache), remembered(log, None)
        assert found == fresh == remembered(log, cache)
        assert found.memories["q0"].reviews == 2
        assert set(found.memories) == {"q0", "q1", "q2", "q5"}
