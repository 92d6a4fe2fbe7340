"""Entries as rows and rows as entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from quizlab.log.entry import Entry, Mode
from quizlab.log.trouble import MALFORMED
from quizlab.model import Outcome, Sure

COLUMNS = ", ".join("order_shown" if name == "order" else name for name in Entry.__struct_fields__)
MARKS = ", ".join("?" * len(Entry.__struct_fields__))

Value = TypeVar("Value", int, str)

Row = tuple[int, str, str, str, str, str, str, Outcome, str, float, str, float, Sure, int, Mode]
"""A number and the fields of an entry."""


def row(entry: Entry) -> tuple[object, ...]:
    """The fields as SQLite takes them: half of a surrogate pair is no text."""
    return tuple(
        field.encode("utf-8", "replace").decode() if isinstance(field, str) else field
        for field in msgspec.structs.astuple(entry)
    )


def entries(rows: Iterable[object]) -> tuple[tuple[int, Entry], ...]:
    """Numbered entries, oldest first; those of the same moment in the order they were written.

    Raises:
        sqlite3.DatabaseError: a row holds what no log ever wrote: SQLite does not notice every damaged byte.
    """
    try:
        read = msgspec.convert(list(rows), list[Row])
        for fields in read:
            datetime.fromisoformat(fields[1])
    except (msgspec.ValidationError, ValueError):
        raise sqlite3.DatabaseError(MALFORMED) from None
    read.sort(key=lambda fields: fields[1])
    return tuple((fields[0], Entry(*fields[1:])) for fields in read)


def one(found: sqlite3.Cursor, kind: type[Value]) -> Value:
    """The only value of the only row.

    Raises:
        sqlite3.DatabaseError: there is none, or it is none of its kind.
    """
    fields = found.fetchone()
    if not fields or not isinstance(fields[0], kind):
        raise sqlite3.DatabaseError(MALFORMED)
    return fields[0]
