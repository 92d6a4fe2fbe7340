"""The last answers of a log that may be very long, without reading what is before them."""

from __future__ import annotations

import sqlite3

from quizlab.log.entry import LEAST
from quizlab.log.merging import REVIEWS

REACHES = "SELECT at FROM answers WHERE withdrawn = 0 AND at <= ? ORDER BY at DESC LIMIT 1 OFFSET ?"

WINDOW = (
    "withdrawn = 0 AND number IN ("
    "SELECT number FROM answers WHERE withdrawn = 0 AND at >= ?"
    " UNION SELECT number FROM answers WHERE withdrawn = 0"
    f" AND session IN (SELECT session FROM answers WHERE withdrawn = 0 AND at >= ? AND session <> '{REVIEWS}'))"
)
"""What was given at a moment or later by its clock, and all of the sessions that this is part of.

An answer whose clock was wrong moves up to others of its session or, from the future, back: so that all which end up
at the moment or later are among these.
"""

STRAIGHT = (
    "SELECT count(*), min(at), max(at), max(back) FROM"
    " (SELECT at, at < lag(at) OVER (ORDER BY number) AS back FROM answers WHERE withdrawn = 0 AND number > ?)"
)


def straight(connection: sqlite3.Connection, after: int, now: str) -> bool:
    """Whether the answers above a number were written in the order in which they were given, and no clock was wrong."""
    number, first, last, back = connection.execute(STRAIGHT, (after,)).fetchone()
    return not number or (isinstance(first, str) and first >= LEAST and last <= now and not back)


def since(connection: sqlite3.Connection, number: int, now: str) -> str:
    """A moment at which, or later, at least so many answers were given; "" where there are hardly more."""
    found = connection.execute(REACHES, (now, max(0, number - 1))).fetchone()
    at = str(found[0]) if found else ""
    return at if at > LEAST else ""
