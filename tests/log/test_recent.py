"""The last answers of a long log are the last of all its answers, whatever its clocks showed, and cost no more."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizlab.log import Entry, Log
from quizlab.log.merging import REVIEWS
from tests.entries import ENTRY, entries

NOW = datetime.now(UTC)
MOMENTS = st.one_of(
    st.integers(0, 30).map(lambda second: NOW - timedelta(days=30, seconds=-second)),
    st.sampled_from([NOW + timedelta(days=9), NOW + timedelta(days=99)]),
    st.sampled_from([datetime(1970, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)]),
    st.just(datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
)
ROWS = st.lists(
    st.builds(
        lambda at, session, question: replace(ENTRY, at=at.isoformat(), session=session, question=question),
        MOMENTS,
        st.sampled_from(["a", "b", "c", REVIEWS]),
        st.sampled_from(["q1", "q2"]),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None)
@given(ROWS)
@example([replace(ENTRY, at=f"{year}-01-01T00:00:00+00:00", session=year) for year in ("1970", "0001")])
def test_they_are_the_end_of_the_history(given_entries: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder, Log(Path(folder)) as log:
        log.append_all([replace(each, typed=str(place)) for place, each in enumerate(given_entries)])
        history = timeless(log.history())
        for number in range(len(history) + 2):
            assert timeless(log.recent(number)) == history[max(0, len(history) - number) :]
        assert (log.count(), log.questions()) == (len(history), {each.question for each in history})


def timeless(found: Sequence[Entry]) -> list[Entry]:
    """Without the moment of those that nothing is known of but that they were given by now."""
    return [replace(each, at="") if each.at > NOW.isoformat() else each for each in found]


def test_what_is_long_before_them_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [
        replace(each, session=f"s{place // 10}", at=(NOW - timedelta(days=3, seconds=-place)).isoformat())
        for place, each in enumerate(entries(600))
    ]
    seen: list[int] = []
    with Log(tmp_path) as log:
        log.append_all(many)
        read = log._read
        monkeypatch.setattr(log, "_read", lambda *given: seen.append(len(found := read(*given))) or found)
        assert log.recent(20) == tuple(many[-20:])
    assert sum(seen) <= 40
