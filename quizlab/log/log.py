"""What can be asked of the answer log, and what can be written to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from quizlab.log import merging, rows, schema
from quizlab.log.entry import Entry, Mode
from quizlab.log.rows import COLUMNS, MARKS
from quizlab.log.store import Store

Numbered = tuple[tuple[int, Entry], ...]


class Log:
    """The open answer log of one data folder.

    Readings are in the order in which the answers were given: by ``at``, and by number within the same moment.
    A number is given once and grows with every row. As long as `revision` stays the same, rows have only been
    added, and the rows above a number are exactly those added since and come last.

    Raises:
        QuizlabError: the folder cannot be made, the file cannot be opened or written, or is no answer log.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self.path = self._store.path

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.connection.close()

    # --- writing: when a method returns, all that it wrote is on disk ------------------------------------------

    def append(self, entry: Entry, state: str = "") -> int:
        """Add one answer, with the state that its session is in after it; returns its number."""
        return self.append_all([entry], state)[0]

    def append_all(self, entries: Sequence[Entry], state: str = "", finished: bool = False) -> list[int]:
        """Add the answers of one session all at once or not at all; returns their numbers.

        With a state, or finished, the session is saved with them; where there are no answers there is no session
        either, and `save` does it.
        """
        with self._store.writing() as connection:
            numbers = _insert(connection, entries)
            if entries and (state or finished):
                _save(connection, entries[-1].session, entries[-1].mode, state, finished=finished)
        return numbers

    def withdraw(self, number: int, session: str = "", state: str = "") -> None:
        """Take an answer back: its row stays, but no reading shows it.

        With a session's name only an answer of that session is taken back. An answer that is gone already (the log
        was emptied meanwhile) stays gone.
        """
        with self._store.writing() as connection:
            where = "number = ? AND ? IN ('', session)"
            found = connection.execute(f"SELECT session, mode FROM answers WHERE {where}", (number, session)).fetchone()
            done = connection.execute(
                f"UPDATE answers SET withdrawn = 1 WHERE withdrawn = 0 AND {where}", (number, session)
            )
            if done.rowcount:
                schema.stamp(connection)
            if state and (session or found):
                _save(connection, session or found[0], found[1] if found else None, state)

    def save(self, session: str, mode: Mode, state: str, *, finished: bool = False) -> None:
        """Keep the state of a session; a finished one needs none."""
        with self._store.writing() as connection:
            _save(connection, session, mode, state, finished=finished)

    def regrade(self, changes: Sequence[tuple[int, Entry]]) -> Path:
        """Overwrite how the numbered answers were understood and graded; returns the copy made before."""
        with self._store.writing() as connection:
            copy = self._store.copy()
            for number, entry in changes:
                new = (entry.understood, entry.outcome, entry.tag, entry.share)
                same = (number, entry.at, entry.session, entry.question)  # or the log was emptied meanwhile
                connection.execute(
                    "UPDATE answers SET understood = ?, outcome = ?, tag = ?, share = ?"
                    " WHERE number = ? AND at = ? AND session = ? AND question = ?",
                    (*new, *same),
                )
            if changes:
                schema.stamp(connection)
        return copy

    def merge(self, entries: Sequence[Entry]) -> int:
        """Add those answers that are not there yet; returns how many there were.

        An answer that was taken back counts as there: it does not return with an older copy.
        """
        with self._store.writing() as connection:
            there = (entry for _, entry in rows.entries(_select(connection, "1")))
            new = merging.missing(entries, there)
            if new:
                _insert(connection, new)
                schema.stamp(connection)
        return len(new)

    def backup(self) -> Path:
        """Copy the log beside itself; returns where."""
        with self._store.writing():
            return self._store.copy()

    def reset(self) -> Path:
        """Empty the log; returns the copy made before."""
        with self._store.writing() as connection:
            copy = self._store.copy()
            connection.execute("DELETE FROM answers")
            connection.execute("DELETE FROM sessions")
            schema.stamp(connection)
        return copy

    # --- reading -----------------------------------------------------------------------------------------------

    def entries(self, after: int = 0) -> Numbered:
        """The answers above a number, oldest first."""
        return self._read("withdrawn = 0 AND number > ?", after)

    def history(self) -> tuple[Entry, ...]:
        """Every answer, oldest first."""
        return tuple(entry for _, entry in self.entries())

    def of_session(self, session: str) -> Numbered:
        """The answers of one session, oldest first."""
        return self._read("withdrawn = 0 AND session = ?", session)

    def last(self, question: str) -> Entry | None:
        """The latest answer to a question."""
        found = self._read("withdrawn = 0 AND question = ? ORDER BY at DESC, number DESC LIMIT 1", question)
        return found[0][1] if found else None

    def times(self, tag: str) -> int:
        """How often a mistake was made."""
        query = "SELECT count(*) FROM answers WHERE withdrawn = 0 AND tag = ? AND outcome <> 'right'"
        with self._store.reading() as connection:
            return rows.one(connection.execute(query, (tag,)), int) if tag else 0

    def revision(self) -> int:
        """A number that changes when the past does: an answer withdrawn, regraded, imported or out of its time."""
        with self._store.reading() as connection:
            return rows.one(connection.execute("SELECT value FROM meta WHERE name = 'revision'"), int)

    def interrupted(self, mode: Mode) -> tuple[str, str] | None:
        """The latest unfinished session of a mode: its name and its state."""
        query = "SELECT id, state FROM sessions WHERE finished = 0 AND mode = ? ORDER BY updated DESC LIMIT 1"
        with self._store.reading() as connection:
            found = connection.execute(query, (mode,)).fetchone()
        return (str(found[0]), str(found[1])) if found else None

    def started(self, mode: Mode) -> dict[str, str]:
        """When each session of a mode began that this log saw: its name → UTC, ISO 8601."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT id, started FROM sessions WHERE mode = ?", (mode,)).fetchall()
        return {str(name): str(at) for name, at in found}

    def _read(self, where: str, *values: object) -> Numbered:
        with self._store.reading() as connection:
            return rows.entries(_select(connection, where, *values))


def _select(connection: sqlite3.Connection, where: str, *values: object) -> sqlite3.Cursor:
    return connection.execute(f"SELECT number, {COLUMNS} FROM answers WHERE {where}", values)


def _insert(connection: sqlite3.Connection, entries: Sequence[Entry]) -> list[int]:
    """Add rows; one that is older than what is there already changes the past."""
    latest = rows.one(connection.execute("SELECT coalesce(max(at), '') FROM answers WHERE withdrawn = 0"), str)
    numbers = []
    for entry in entries:
        done = connection.execute(f"INSERT INTO answers ({COLUMNS}) VALUES ({MARKS})", rows.row(entry))
        numbers.append(int(done.lastrowid or 0))
    times = [latest, *(entry.at for entry in entries)]
    if times != sorted(times):
        schema.stamp(connection)
    return numbers


def _save(
    connection: sqlite3.Connection, session: str, mode: str | None, state: str, *, finished: bool = False
) -> None:
    now = datetime.now(UTC).isoformat()
    connection.execute(
        "INSERT INTO sessions (id, mode, started, updated, finished, state) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET updated = excluded.updated, finished = excluded.finished,"
        " state = excluded.state",
        (session, mode or "practice", now, now, finished, "" if finished else state),
    )
