"""A tally that is resumed is the one that a whole log gives, whatever happened to the log and to its file meanwhile."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from quizlab.learning.memory import remembered
from quizlab.learning.stats import Tally, Time, tallied
from quizlab.learning.stats import tally as tallies
from quizlab.log import Entry, Log
from quizlab.log import log as logs
from tests.entries import ENTRY, answer

NAMES = {"old": "q1"}
NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
ZONES = (ZoneInfo("Europe/Zagreb"), ZoneInfo("Asia/Kathmandu"))


def day_in(zone: ZoneInfo) -> tallies.Day:
    return Time(NOW, NOW, zone).day


FUTURE = datetime(2150, 1, 1, tzinfo=UTC)
ANSWERS = st.builds(
    answer,
    st.sampled_from(["q1", "q2", "old"]),
    st.sampled_from(["right", "wrong", "partial"]),
    st.one_of(st.integers(0, 40).map(lambda hours: NOW - timedelta(hours=hours)), st.just(FUTURE)),
    share=st.sampled_from([0.0, 0.25, 0.1]),
    tag=st.sampled_from(["", "prva"]),
    seconds=st.sampled_from([0.0, 7.5, 0.1]),
    sure=st.sampled_from(["", "sure", "unsure"]),
    mode=st.sampled_from(["practice", "blic"]),
    session=st.sampled_from(["s", "t", "uvoz"]),
)


EDITS = (
    "DELETE FROM answers WHERE number > 3",
    "DELETE FROM answers WHERE number < 3",
    "UPDATE answers SET outcome = 'wrong', share = 0 WHERE number = 2",
    "UPDATE answers SET question = 'q2' WHERE number % 2 = 0",
)


class Quick(Log):
    """A log that does not wait for the disk."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._store.connection.execute("PRAGMA synchronous = OFF")


class Resumed(RuleBasedStateMachine):
    """A log, its cache, and whatever may happen to both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        self.log = Quick(self.home)
        self.zone = 0

    def teardown(self) -> None:
        self.log.close()
        self.folder.cleanup()

    @rule(new=st.lists(ANSWERS, min_size=1, max_size=5), together=st.booleans())
    def answered(self, new: list[Entry], together: bool) -> None:
        with Quick(self.home) as other:
            (other.append_all if together else other.merge)(sorted(new, key=lambda each: each.at))

    @rule(number=st.integers(1, 12))
    def withdrawn(self, number: int) -> None:
        self.log.withdraw(number)

    @rule(number=st.integers(1, 12))
    def regraded(self, number: int) -> None:
        for row, each in self.log.entries():
            if row == number:
                self.log.regrade([(row, replace(each, outcome="wrong", tag="druga"))]).unlink()

    @rule(statement=st.sampled_from(EDITS))
    def edited_by_another_program(self, statement: str) -> None:
        with sqlite3.connect(self.log.path) as connection:
            connection.execute(statement)
        connection.close()

    @rule()
    def emptied(self) -> None:
        self.log.reset().unlink()

    @rule(name=st.sampled_from([tallies.NAME, "memory.snapshot"]), length=st.integers(0, 300))
    def the_cache_is_cut(self, name: str, length: int) -> None:
        path = self.home / "cache" / name
        if path.exists():
            path.write_bytes(path.read_bytes()[:length])

    @rule()
    def the_student_travels(self) -> None:
        self.zone = 1 - self.zone

    @invariant()
    def it_is_the_whole(self) -> None:
        day = day_in(ZONES[self.zone])
        found, fresh = (settled(tallied(self.log, folder, NAMES, day)) for folder in (self.home / "cache", None))
        assert found == fresh
        assert fresh.answers == self.log.count()
        kept, replayed = (remembered(self.log, folder, NAMES) for folder in (self.home / "cache", None))
        assert kept.memories.keys() == replayed.memories.keys()


def settled(tally: Tally) -> Tally:
    """Without what changes while the clock goes on: an answer ahead of now was given by now."""
    if tally.entry and tally.entry.at > NOW.isoformat():
        tally.entry = None
    for seen in tally.questions.values():
        seen.at = min(seen.at, NOW.isoformat())
        for slips in seen.slips.values():
            slips.at = min(slips.at, NOW.isoformat())
    for written in (each for rows in tally.blics.values() for each in rows):
        written.at = min(written.at, NOW.isoformat())
    tally.quarters = {quarter: day for quarter, day in tally.quarters.items() if quarter < NOW.isoformat()}
    return tally


Resumed.TestCase.settings = settings(
    max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestResumed = Resumed.TestCase


@pytest.mark.parametrize("statement", EDITS)
def test_what_another_program_changed_is_counted_anew(tmp_path: Path, statement: str) -> None:
    day, cache = day_in(ZONES[0]), tmp_path / "cache"
    with Log(tmp_path) as log:
        log.append_all([answer(f"q{hour % 3}", at=NOW + timedelta(hours=hour - 20)) for hour in range(8)])
        before = tallied(log, cache, NAMES, day)
        with sqlite3.connect(log.path) as connection:
            connection.execute(statement)
        connection.close()
        assert tallied(log, cache, NAMES, day) == tallied(log, None, NAMES, day) != before
        log.append(answer(at=NOW))
        assert tallied(log, cache, NAMES, day) == tallied(log, None, NAMES, day)
        assert remembered(log, cache, NAMES) == remembered(log, None, NAMES)


class Counting(Log):
    """A log that counts the rows it reads."""

    read = 0

    def pieces(self, after: int = 0) -> Iterator[logs.Numbered]:
        for piece in super().pieces(after):
            self.read += len(piece)
            yield piece


def test_what_was_counted_is_not_read_again_and_no_piece_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "PIECE", 7)
    many = [replace(ENTRY, at=(NOW - timedelta(hours=9, seconds=-place)).isoformat()) for place in range(50)]
    day = day_in(ZONES[0])
    with Counting(tmp_path) as log:
        log.append_all(many)
        assert tallied(log, tmp_path, {}, day).answers == log.read == 50
        log.append(replace(ENTRY, at=NOW.isoformat()))
        assert tallied(log, tmp_path, {}, day).answers == 51
        assert log.read == 50 + 2  # the last one counted, and the new one


def test_a_past_that_changes_while_it_is_counted_is_counted_anew(tmp_path: Path) -> None:
    class Moving(Log):
        def pieces(self, after: int = 0) -> Iterator[logs.Numbered]:
            yield from super().pieces(after)
            if self.count() == 2:
                self.merge([replace(ENTRY, at="2024-01-01T00:00:00+00:00", question="q9")])

    with Moving(tmp_path) as log:
        log.append_all([ENTRY, replace(ENTRY, at="2024-06-03T00:00:00+00:00")])
        assert tallied(log, tmp_path, {}, day_in(ZONES[0])).answers == 3
