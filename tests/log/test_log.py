"""The answer log: what it was given it gives back, in the order of time, and knows when its past has changed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from quizlab.log import Entry, Log
from tests.entries import ENTRY, answer, entries, entry

START = datetime(2026, 5, 1, tzinfo=UTC)


def at(seconds: int) -> str:
    return (START + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def in_time(rows: list[tuple[int, Entry]]) -> tuple[tuple[int, Entry], ...]:
    """By time; within a session no answer is earlier than one that was written before it."""
    moved = []
    for number, each in rows:
        before = [other.at for place, other in rows if place <= number and other.session == each.session]
        moved.append((number, replace(each, at=max(before))))
    return tuple(sorted(moved, key=lambda row: (row[1].at, row[0])))


@settings(max_examples=40, deadline=None)
@given(st.lists(entry, max_size=20))
def test_what_was_appended_is_read_back_in_the_order_of_time(given_entries: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Log(Path(folder) / "new" / "folder") as log:
            rows = [(log.append(each), each) for each in given_entries]
        with Log(Path(folder) / "new" / "folder") as log:
            assert log.entries() == in_time(rows)
            assert log.history() == tuple(each for _, each in in_time(rows))
            assert log.written() == tuple(sorted(rows, key=lambda row: (row[1].at, row[0])))
            for question in {each.question for each in given_entries}:
                mine = [each for each in log.history() if each.question == question]
                assert log.last(question) == mine[-1]
            made = Counter(each.tag for each in given_entries if each.outcome != "right" and each.tag)
            assert {tag: log.times(tag) for tag in made} == made
            for session in {each.session for each in given_entries}:
                assert log.of_session(session) == tuple(row for row in log.entries() if row[1].session == session)


def test_what_nobody_should_type_is_kept_as_text(tmp_path: Path) -> None:
    typed = ["'; DROP TABLE answers; --", "š\x00đ", "\u202e", "", "x" * 100_000]
    with Log(tmp_path) as log:
        log.append_all([replace(ENTRY, typed=each) for each in typed])
        log.append(replace(ENTRY, typed="half \ud800 a pair"))
        assert [each.typed for each in log.history()] == [*typed, "half ? a pair"]


def test_an_empty_log_has_nothing(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        assert (log.entries(), log.history(), log.last("q1"), log.times("x"), log.times("")) == ((), (), None, 0, 0)
        assert (log.of_session("s"), log.interrupted("practice")) == ((), None)


class Model(RuleBasedStateMachine):
    """A log beside the plainest model of one: a list of rows, and a snapshot that trusts the revision."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.log = Log(Path(self.folder.name))
        self.rows: dict[int, Entry] = {}
        self.gone: list[Entry] = []
        self.states: dict[str, str] = {}
        self.snapshot: tuple[int, int, tuple[tuple[int, Entry], ...]] = (self.log.revision(), 0, ())

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()

    @rule(seconds=st.integers(0, 50), question=st.sampled_from(["q1", "q2"]), state=st.sampled_from(["", "a", "b"]))
    def append(self, seconds: int, question: str, state: str) -> None:
        new = replace(ENTRY, at=at(seconds), question=question)
        number = self.log.append(new, state)
        assert number > max(self.rows, default=0)
        self.rows[number] = new
        if state:
            self.states["s"] = state

    @rule(seconds=st.lists(st.integers(0, 50), max_size=4), finished=st.booleans())
    def append_all(self, seconds: list[int], finished: bool) -> None:
        new = [replace(ENTRY, at=at(each)) for each in seconds]
        self.rows |= dict(zip(self.log.append_all(new, "end", finished), new, strict=True))
        if new:
            self.states.pop("s", None)
            self.states |= {} if finished else {"s": "end"}

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), state=st.sampled_from(["", "undone"]), session=st.sampled_from(["", "s", "other"]))
    def withdraw(self, data: st.DataObject, state: str, session: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.rows)))
        self.log.withdraw(number, session, state)
        if session != "other":
            self.gone.append(self.rows.pop(number))
        if state:
            self.states[session or "s"] = state

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def regrade(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.rows)))
        new = replace(self.rows[number], understood="1", outcome="partial", tag="t", share=0.25)
        copy = self.log.regrade([(number, new)])
        copy.unlink()
        self.rows[number] = new

    @rule(seconds=st.lists(st.integers(0, 50), max_size=4))
    def merge(self, seconds: list[int]) -> None:
        new = [replace(ENTRY, at=at(each)) for each in seconds]
        there = Counter(each.at for each in [*self.rows.values(), *self.gone] if each.question == "q1")
        expected = sum(max(0, times - there[moment]) for moment, times in Counter(each.at for each in new).items())
        assert self.log.merge(new) == expected
        assert self.log.merge(new) == 0
        before = set(self.rows)
        self.rows |= {number: each for number, each in self.log.written() if number not in before}
        assert len(self.rows) == len(before) + expected

    @precondition(lambda self: len(self.rows) > 6)
    @rule()
    def reset(self) -> None:
        copy = self.log.reset()
        with_copy = Path(self.folder.name) / "copy"
        with_copy.mkdir(exist_ok=True)
        copy.rename(with_copy / "napredak.sqlite")
        with Log(with_copy) as old:
            assert old.entries() == in_time(list(self.rows.items()))
            assert old.revision() not in (self.log.revision(), self.snapshot[0])
        self.rows, self.gone, self.states = {}, [], {}

    @invariant()
    def reads_what_there_is(self) -> None:
        assert self.log.entries() == in_time(list(self.rows.items()))
        questions = {question: [e for e in self.log.history() if e.question == question] for question in ("q1", "q2")}
        assert all(self.log.last(name) == (mine[-1] if mine else None) for name, mine in questions.items())
        found = self.log.interrupted("practice")
        assert (found is None) == (not self.states)
        assert found is None or self.states[found[0]] == found[1]

    @invariant()
    def a_snapshot_of_the_same_revision_only_lacks_what_is_new(self) -> None:
        revision, number, rows = self.snapshot
        if revision == self.log.revision():
            rows = (*rows, *self.log.entries(number))
            assert rows == self.log.entries()
        else:
            rows = self.log.entries()
        self.snapshot = (self.log.revision(), max((each for each, _ in rows), default=0), rows)


Model.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestModel = Model.TestCase


def test_a_withdrawn_answer_is_no_mistake_made(tmp_path: Path) -> None:
    wrong = replace(ENTRY, outcome="wrong", tag="bez-pristranosti", share=0.0)
    with Log(tmp_path) as log:
        numbers = [log.append(replace(wrong, at=at(second))) for second in range(3)]
        log.append(replace(wrong, at=at(3), outcome="right", share=1.0))
        assert log.times("bez-pristranosti") == 3
        log.withdraw(numbers[-1], "s", "{}")
        assert log.times("bez-pristranosti") == 2
        log.append(replace(wrong, at=at(4)))
        assert log.times("bez-pristranosti") == 3


def test_the_latest_unfinished_session_of_a_mode_is_the_interrupted_one(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        log.save("one", "practice", "1")
        log.append(replace(ENTRY, session="exam", mode="blic"), "e")
        log.save("two", "practice", "2")
        assert log.interrupted("practice") == ("two", "2")
        assert log.interrupted("blic") == ("exam", "e")
        log.append(replace(ENTRY, session="one"), "1b")
        assert log.interrupted("practice") == ("one", "1b")
        log.save("one", "practice", "whatever", finished=True)
        assert log.interrupted("practice") == ("two", "2")
        log.append_all([replace(ENTRY, session="exam", mode="blic")], finished=True)
        assert log.interrupted("blic") is None
        log.withdraw(log.of_session("exam")[-1][0], "exam", "again")
        assert log.interrupted("blic") == ("exam", "again")


def test_another_sessions_answer_is_not_withdrawn_even_after_a_reset(tmp_path: Path) -> None:
    with Log(tmp_path) as one, Log(tmp_path) as two:
        number = one.append(ENTRY)
        two.reset()
        assert two.append(replace(ENTRY, session="other")) == number
        one.withdraw(number, "s")
        one.regrade([(number, replace(ENTRY, outcome="wrong"))])
        assert [(each.session, each.outcome) for each in two.history()] == [("other", "right")]


def test_a_clock_that_goes_back_changes_the_past(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        log.append(replace(ENTRY, at=at(100)))
        before = log.revision()
        log.append(replace(ENTRY, at=at(100)))
        log.append(replace(ENTRY, at=at(101)))
        assert log.revision() == before
        log.append(replace(ENTRY, at=at(99)))
        assert log.revision() != before


def test_an_answer_from_the_future_comes_before_the_next_one(tmp_path: Path) -> None:
    ahead, today = datetime.now(UTC) + timedelta(days=1200), datetime.now(UTC) - timedelta(hours=1)
    with Log(tmp_path) as log:
        for number, moment in enumerate((ahead, ahead + timedelta(days=1), today, ahead, today + timedelta(minutes=1))):
            session = f"s{number}"
            log.append(answer("q1", "wrong" if moment < ahead else "right", moment, session=session, typed=str(number)))
        found = log.history()
        assert [each.typed for each in found] == ["0", "1", "2", "3", "4"]
        assert [each.at for each in found] == [found[2].at] * 3 + [found[4].at] * 2
        last = log.last("q1")
        assert last is not None
        assert (last.typed, last.outcome) == ("4", "wrong")
        assert {each.at for _, each in log.written()} > {ahead.isoformat()}, "taken along as it was written"
        before = log.revision()
        log.append(answer("q1", "right", today + timedelta(minutes=2), session="s5"))
        assert log.revision() == before, "a future that is known of does not change the past again and again"
        log.append(answer("q2", "right", ahead, session="s6"))
        assert log.history()[-1].question == "q2"
        assert log.history()[-1].at <= datetime.now(UTC).isoformat()


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59.999+00:00", "0001-01-01T00:00:00+00:00", "1969-12-31T23:00:00+00:00"]
)
def test_a_time_that_no_local_clock_has_is_none(tmp_path: Path, at: str) -> None:
    with Log(tmp_path) as log:
        log.append(replace(ENTRY, at=at))
        (found,) = log.history()
        assert 1970 < datetime.fromisoformat(found.at).astimezone().year < 2100


def test_in_one_session_the_order_of_writing_counts(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        numbers = [log.append(replace(ENTRY, at=at(second))) for second in (1800, 0, 60)]
        assert [number for number, _ in log.of_session("s")] == numbers
        assert [number for number, _ in log.entries()] == numbers


HOLDER = """
import sys
from pathlib import Path
from quizlab.log import Log
with Log(Path(sys.argv[1])) as log:
    log.save("running", "practice", "r")
    print("holds", flush=True)
    sys.stdin.readline()
"""


def test_a_session_that_runs_elsewhere_is_not_the_interrupted_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with (
        Log(tmp_path) as log,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other,
    ):
        log.save("older", "practice", "o")
        assert other.stdout is not None
        assert other.stdout.readline() == "holds\n"
        assert log.interrupted("practice") == ("older", "o")
        other.kill()
        other.wait()
        assert log.interrupted("practice") == ("running", "r"), "a killed process lets go"
        log.save("running", "practice", "r", finished=True)
        log.save("older", "practice", "o", finished=True)
    assert [each.name for each in tmp_path.iterdir()] == ["napredak.sqlite"]


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        log.append(ENTRY)
        copy = log.backup()
        log.append(replace(ENTRY, typed="lost with the file"))
        copy.replace(log.path)
        log.append(replace(ENTRY, typed="in the new one"))
        assert [each.typed for each in log.history()] == ["9 312", "in the new one"]
        log.path.unlink()
        log.append(replace(ENTRY, typed="in a third"))
    with Log(tmp_path) as log:
        assert [each.typed for each in log.history()] == ["in a third"]


def test_two_new_logs_have_different_revisions(tmp_path: Path) -> None:
    with Log(tmp_path / "a") as one, Log(tmp_path / "b") as two:
        assert one.revision() != two.revision()


@pytest.mark.parametrize("number", [1, 40])
def test_a_copy_is_a_log_of_its_own(tmp_path: Path, number: int) -> None:
    with Log(tmp_path) as log:
        log.append_all(entries(number))
        copies = [log.backup(), log.backup()]
        assert len({*copies, log.path}) == 3
        assert not list(tmp_path.glob("*.part"))
        for copy in copies:
            (tmp_path / "there").mkdir(exist_ok=True)
            copy.replace(tmp_path / "there" / log.path.name)
            with Log(tmp_path / "there") as other:
                assert other.history() == log.history()
                assert other.revision() != log.revision()
