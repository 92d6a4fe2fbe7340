"""Entries as rows and rows as entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from quizlab.log.entry import Entry
from quizlab.log.order import Row
from quizlab.log.trouble import MALFORMED

COLUMNS = ", ".join("order_shown" if name == "order" else name for name in Entry.__struct_fields__)
MARKS = ", ".join("?" * len(Entry.__struct_fields__))

Value = TypeVar("Value", int, str)


def row(entry: Entry) -> tuple[object, ...]:
    """The fields as SQLite takes them: half of a surrogate pair is no text."""
    return tuple(
        field.encode("utf-8", "replace").decode() if isinstance(field, str) else field
        for field in msgspec.structs.astuple(entry)
    )


def read(rows: Iterable[object]) -> list[Row]:
    """Rows as they were written.

    Raises:
        sqlite3.DatabaseError: a row holds what no log ever wrote: SQLite does not notice every damaged byte.
    """
    try:
        found = msgspec.convert(list(rows), list[Row])
        read_at = datetime.fromisoformat
        for fields in found:
            read_at(fields[1])
    except (msgspec.ValidationError, ValueError):
        raise sqlite3.DatabaseError(MALFORMED) from None
    return found


def entries(rows: Iterable[Row]) -> tuple[tuple[int, Entry], ...]:
    """Rows as numbered entries."""
    return tuple([(fields[0], Entry(*fields[1:])) for fields in rows])


def one(found: sqlite3.Cursor, kind: type[Value]) -> Value:
    """The only value of the only row.

    Raises:
        sqlite3.DatabaseError: there is none, or it is none of its kind.
    """
    fields = found.fetchone()
    if not fields or not isinstance(fields[0], kind):
        raise sqlite3.DatabaseError(MALFORMED)
    return fields[0]
