"""Answers as a log may hold them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
from hypothesis import strategies as st

from quizlab.log import Entry
from quizlab.model import Outcome

START = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)
"""A Wednesday evening before a quiz."""

ENTRY = Entry("2024-06-02T21:14:00.000+00:00", "s", "q1", "{}", "9 312", "9312", "right", "", 4.2, share=1.0)


def answer(question: str = "q1", outcome: Outcome = "right", at: datetime = START, **changes: Any) -> Entry:
    """An answer to a question at a moment; what the changes do not say is as in ENTRY."""
    fields = {"question": question, "outcome": outcome, "share": float(outcome == "right"), **changes}
    return msgspec.structs.replace(ENTRY, at=at.astimezone(UTC).isoformat(), **fields)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))
PARAMS = st.dictionaries(st.sampled_from(["c_in", "kernel"]), st.integers(0, 99) | st.booleans() | TEXT, max_size=2)

entry = st.builds(
    Entry,
    at=MOMENTS.map(lambda moment: moment.isoformat(timespec="milliseconds")),
    session=st.sampled_from(["s", "3f2a9c01", "blic-1"]),
    question=st.sampled_from(["q1", "q2", "loss-4", "b_n"]),
    params=PARAMS.map(lambda params: msgspec.json.encode(params).decode()),
    typed=TEXT,
    understood=TEXT,
    outcome=st.sampled_from(["right", "wrong", "partial"]),
    tag=st.sampled_from(["", "bez-pristranosti", "i-sidro"]),
    seconds=st.floats(0, 10_000).map(lambda seconds: round(seconds, 1)),
    order=st.sampled_from(["", "abc", "cab"]),
    share=st.floats(0, 1),
    sure=st.sampled_from(["", "sure", "unsure"]),
    hints=st.integers(0, 5),
    mode=st.sampled_from(["practice", "blic"]),
)


def entries(number: int) -> list[Entry]:
    """So many different answers, one after the other."""
    return [
        msgspec.structs.replace(ENTRY, at=f"2024-06-02T21:{n // 60 % 60:02}:{n % 60:02}.000+00:00", typed=str(n))
        for n in range(number)
    ]
