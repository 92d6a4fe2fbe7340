"""The tables of the log, and how an older file becomes one of today.

A new file goes through every step that an old one went through, so both have the same tables.
"""

from __future__ import annotations

import secrets
import sqlite3

STEPS = (
    """
    CREATE TABLE answers (
        number     INTEGER PRIMARY KEY,
        at         TEXT NOT NULL,      -- UTC, ISO 8601
        session    TEXT NOT NULL,      -- the same for all answers of one sitting
        question   TEXT NOT NULL,
        params     TEXT NOT NULL,      -- JSON of the parameters asked with
        typed      TEXT NOT NULL,      -- as typed
        understood TEXT NOT NULL,      -- as read
        outcome    TEXT NOT NULL CHECK (outcome IN ('right', 'wrong', 'partial')),
        tag        TEXT NOT NULL,      -- the mistake's stable tag, or empty
        seconds    REAL NOT NULL       -- from the question shown to the answer read
    );
    CREATE INDEX answers_by_question ON answers (question, number);
    """,
    """
    ALTER TABLE answers ADD COLUMN order_shown TEXT NOT NULL DEFAULT '';   -- the options' letters, as shown
    ALTER TABLE answers ADD COLUMN share REAL NOT NULL DEFAULT 0;          -- of the answer, 0 to 1
    ALTER TABLE answers ADD COLUMN sure TEXT NOT NULL DEFAULT '';          -- before the verdict
    ALTER TABLE answers ADD COLUMN hints INTEGER NOT NULL DEFAULT 0;       -- asked for
    ALTER TABLE answers ADD COLUMN mode TEXT NOT NULL DEFAULT 'practice';
    ALTER TABLE answers ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;   -- 1: undone, shown by no reading
    UPDATE answers SET share = CASE outcome WHEN 'right' THEN 1.0 WHEN 'partial' THEN 0.5 ELSE 0.0 END;
    DROP INDEX answers_by_question;
    CREATE INDEX answers_by_question ON answers (question, at) WHERE withdrawn = 0;
    CREATE INDEX answers_by_tag ON answers (tag, outcome) WHERE withdrawn = 0;
    CREATE INDEX answers_by_session ON answers (session) WHERE withdrawn = 0;
    CREATE INDEX answers_by_time ON answers (at) WHERE withdrawn = 0;
    CREATE TABLE sessions (
        id       TEXT PRIMARY KEY,
        mode     TEXT NOT NULL,
        started  TEXT NOT NULL,                 -- UTC, ISO 8601
        updated  TEXT NOT NULL,
        finished INTEGER NOT NULL DEFAULT 0,
        state    TEXT NOT NULL                  -- the session's own, empty once it is finished
    );
    CREATE INDEX sessions_interrupted ON sessions (mode, updated) WHERE finished = 0;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
    """,
)
STAMP = "INSERT OR REPLACE INTO meta VALUES ('revision', random() & 0x3fffffffffffffff)"

TRIGGERS = {
    "past_changed": f"AFTER UPDATE ON answers BEGIN {STAMP}; END",
    "past_shortened": f"AFTER DELETE ON answers BEGIN {STAMP}; END",
    "past_extended": (
        "AFTER INSERT ON answers WHEN EXISTS (SELECT 1 FROM answers WHERE withdrawn = 0 AND at > NEW.at"
        f" AND at <= strftime('%Y-%m-%dT%H:%M:%f', 'now')) BEGIN {STAMP}; END"
    ),
}
"""What gives the log a new revision whichever program changes its past."""

VERSION = len(STEPS)
TABLES = ({"answers"}, {"answers", "sessions", "meta"})
"""What a file of each version has at least."""


def version(connection: sqlite3.Connection) -> int:
    """The version a file was written with; 0 for an empty one.

    Raises:
        sqlite3.DatabaseError: it is no log, or one that lacks its tables.
    """
    number = int(connection.execute("PRAGMA user_version").fetchone()[0])
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if number == 0 and there:
        raise sqlite3.DatabaseError("another database")
    if 0 < number <= VERSION and not TABLES[number - 1] <= there:
        raise sqlite3.DatabaseError("tables missing")
    return number


def upgrade(connection: sqlite3.Connection, number: int) -> None:
    """Bring the tables from one version to today's, inside the transaction that is open."""
    for step in STEPS[number:]:
        for statement in step.split(";"):
            connection.execute(statement)
    stamp(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def watch(connection: sqlite3.Connection) -> None:
    """Have the file itself notice when its past is changed, inside the transaction that is open."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    if missing := TRIGGERS.keys() - {str(name) for (name,) in found}:
        for name in sorted(missing):
            connection.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")
        stamp(connection)


def stamp(connection: sqlite3.Connection) -> None:
    """Give the log a revision it never had.

    It is drawn, not counted: a log begun anew, or put back from a copy, must not be taken for the one that a
    snapshot was made of.
    """
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", (secrets.randbits(62),))
