"""When what an export is made of last changed, for readers that go by time."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from quizlab import bank, home
from quizlab.hooks import registry

RECORD = "anki.times"


class Times:
    """When each note of a package last changed, as far as this computer has exported it before.

    A note that says what it said the last time keeps its time, so that importing the package again leaves the note
    with all that the student added to it; a changed one has a later time than ever before. Where
    ``SOURCE_DATE_EPOCH`` is set, every note has that time.

    Args:
        least: when what the notes are made of last changed, in seconds since 1970.
        folder: where the times are kept; None keeps none.
    """

    def __init__(self, least: int, folder: Path | None) -> None:
        self.least = least
        self._path = folder / RECORD if folder and not _given() else None
        self._known: dict[str, tuple[str, int]] = {}
        with contextlib.suppress(msgspec.MsgspecError):
            data = home.read_sealed(self._path) if self._path else None
            self._known = msgspec.msgpack.decode(data or b"", type=dict[str, tuple[str, int]])

    def of(self, note: str, content: str) -> int:
        """The time of a note with this content."""
        before, at = self._known.get(note, ("", self.least - 1))
        if before != content:
            at = max(self.least, at + 1)
            self._known[note] = content, at
        return at

    def keep(self) -> None:
        """Remember the times of the notes that were asked for, once they are written."""
        if self._path:
            home.write_sealed(self._path, msgspec.msgpack.encode(self._known))


def _given() -> int | None:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isascii() and given.isdigit() else None


def stamp(added: Sequence[Path] = ()) -> int:
    """The newest change of a bank, of a proof, or of this program, in seconds since 1970.

    Whatever changes a card changes one of these files, so a changed card has a later time than before, and where
    nothing changed the time is the same. ``SOURCE_DATE_EPOCH`` overrides it, as it does in other tools.
    """
    if (given := _given()) is not None:
        return given
    files = (path for path in (*bank.shipped(), *added, *_code()) if path.is_file())
    newest = max((int(path.stat().st_mtime) for path in files), default=0)
    while int(time.time()) == newest:  # a change later in this second would have the same time
        time.sleep(0.05)
    return newest


def _code() -> Iterator[Path]:
    """The files of quizlab and of the labs, without what Python compiled of them."""
    for place in (registry.PACKAGE, *(path for each in registry.labs() for path in registry.places(each.lab))):
        yield from (path for path in (place, *place.rglob("*")) if "__pycache__" not in path.parts)
