"""What of an imported log is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from quizlab.log.entry import Entry, given

REVIEWS = "uvoz"
"""The session of answers of which only a rating and a time are known."""

Key = tuple[str | int, ...]


def key(entry: Entry) -> Key:
    """What makes two entries the same answer."""
    if entry.session == REVIEWS:
        return given(entry), entry.question
    return entry.at, entry.session, entry.question, entry.typed, entry.params


def missing(entries: Sequence[Entry], there: Iterable[Entry]) -> list[Entry]:
    """Those entries that are not there yet, oldest first.

    Equal answers are counted: who answered the same twice within a second did it twice. A bare review is there
    as soon as that question was answered at that moment at all, so that a log's own reviews add nothing to it.
    """
    left: Counter[Key] = Counter()
    for entry in there:
        left[given(entry), entry.question] += 1
        if entry.session != REVIEWS:
            left[key(entry)] += 1
    new = []
    for entry in sorted(entries, key=lambda entry: entry.at):
        if left[key(entry)] > 0:
            left[key(entry)] -= 1
        else:
            new.append(entry)
    return new
