"""What was made of a log up to a row, kept so that only later rows are read the next time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct

from quizlab import home
from quizlab.log.entry import Entry

Piece = tuple[tuple[int, Entry], ...]
"""Rows that follow each other, oldest first."""


class Rows(Protocol):
    """What an answer log offers: numbered rows, oldest first, and a count that changes when a row is withdrawn."""

    def revision(self) -> int:
        """A number that changes when the past does: when anything but later rows was written."""

    def entries(self, after: int = 0) -> Piece:
        """The rows with a number above this one."""

    def pieces(self, after: int = 0) -> Iterator[Piece]:
        """The same, where possible not all at once."""


class Made(Protocol):
    """What was made of the rows of a log."""

    @property
    def number(self) -> int:
        """The greatest number of a row that it is made of; 0 for none."""

    @property
    def entry(self) -> Entry | None:
        """That row."""


State = TypeVar("State", bound=Made)


class Snapshot(Struct, Generic[State], frozen=True):
    """A state on disk and what it holds for."""

    key: str
    state: State


TRIES = 3
"""So often a log whose past changes meanwhile is read piece by piece; then at once."""


def resumed(
    log: Rows,
    kept: Path | None,
    key: Callable[[int], str],
    empty: Callable[[], State],
    follow: Callable[[State, Piece], State],
    sound: Callable[[State], bool] = lambda state: True,  # noqa: ARG005
) -> State:
    """The state of a whole log, made of what is new since the snapshot.

    The snapshot holds only for the same key and the same last row, so it cannot be stale; any trouble with it is
    ignored, and the whole log is read.

    Args:
        log: the log.
        kept: the file of the snapshot; None keeps nothing.
        key: the log's revision → everything besides the rows that a state follows from.
        empty: a new state of no rows.
        follow: a state and later rows of the same log → the state after them; the first may be changed.
        sound: whether a state that was kept is true still, by what only this kind of state knows.
    """
    for again in range(TRIES):
        revision = log.revision()
        state = _recalled(kept, key(revision), type(empty())) if kept and not again else None
        state = state if state and sound(state) else empty()
        begun = state.number
        rows = log.pieces(begun - 1 if begun else 0)
        first = next(rows, ())
        if begun and first[:1] != ((begun, state.entry),):  # another log
            state, begun, rows = empty(), 0, log.pieces()
            first = next(rows, ())
        state = follow(state, tuple(row for row in first if row[0] > begun))
        for piece in rows:
            state = follow(state, piece)
        if log.revision() == revision:
            if kept and state.number != begun:
                _keep(kept, Snapshot(key(revision), state))
            return state
    return follow(empty(), log.entries())


def _recalled(kept: Path, key: str, kind: type[State]) -> State | None:
    try:
        snapshot = msgspec.msgpack.decode(home.read_sealed(kept) or b"", type=Snapshot[kind])  # type: ignore[valid-type]
    except msgspec.MsgspecError:
        return None
    return snapshot.state if snapshot.key == key else None


def _keep(kept: Path, snapshot: Snapshot[State]) -> None:
    with contextlib.suppress(UnicodeEncodeError):  # half of a surrogate pair is no text
        home.write_sealed(kept, msgspec.msgpack.encode(snapshot))
