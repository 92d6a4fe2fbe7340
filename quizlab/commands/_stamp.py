"""When what an export is made of last changed, for readers that go by time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizlab import bank
from quizlab.hooks import registry


def stamp(added: Sequence[Path] = ()) -> int:
    """The newest change of a bank, of a proof, or of this program, in seconds since 1970.

    Whatever changes a card changes one of these files, so a changed card has a later time than before, and where
    nothing changed the time is the same. ``SOURCE_DATE_EPOCH`` overrides it, as it does in other tools.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isascii() and given.isdigit():
        return int(given)
    files = (path for path in (*bank.shipped(), *added, *_code()) if path.is_file())
    newest = max((int(path.stat().st_mtime) for path in files), default=0)
    while int(time.time()) == newest:  # a change later in this second would have the same time
        time.sleep(0.05)
    return newest


def _code() -> Iterator[Path]:
    """The files of quizlab and of the labs, without what Python compiled of them."""
    for place in (registry.PACKAGE, *(path for each in registry.labs() for path in registry.places(each.lab))):
        yield from (path for path in (place, *place.rglob("*")) if "__pycache__" not in path.parts)
