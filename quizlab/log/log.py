"""What can be asked of the answer log, and what can be written to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from quizlab.log import merging, order, rows, schema, window
from quizlab.log.entry import Entry, Mode
from quizlab.log.holding import Holds
from quizlab.log.rows import COLUMNS, MARKS
from quizlab.log.store import Store

PIECE = 10_000
"""Answers that are read at once."""

Numbered = tuple[tuple[int, Entry], ...]

FOLLOWING = "SELECT at FROM answers WHERE withdrawn = 0 AND number > ? AND at <= ? ORDER BY number LIMIT 1"
SINCE = "SELECT coalesce(max(at), '') FROM answers WHERE withdrawn = 0 AND question = ? AND at <= ?"
"""The latest time of an answer to a question that is not ahead of now."""

TOGETHER = (
    "withdrawn = 0 AND number IN ("
    "SELECT number FROM answers WHERE withdrawn = 0 AND question = ? AND at >= ? AND session = ?"
    " UNION SELECT number FROM answers WHERE withdrawn = 0"
    " AND session IN (SELECT session FROM answers WHERE withdrawn = 0 AND at >= ? AND session <> ?))"
)
"""The sessions that were going on at a time or later, and what was imported without one: only there can the latest
answer to the question be that had this time."""

LATEST = "SELECT coalesce(max(at), '') FROM answers WHERE withdrawn = 0 AND at <= ?"


class Log:
    """The open answer log of one data folder.

    Readings are in the order in which the answers were given, see `order`: by ``at``, and by number within the same
    moment; an answer whose clock was wrong has a moment that fits. A number is given once and grows with every row.
    As long as `revision` stays the same, rows have only been added, and the rows above a number are exactly those
    added since and come last.

    Args:
        folder: the data folder.
        only_read: whether it is enough that the file can be read; writing then says that it cannot be written.

    Raises:
        QuizlabError: the folder cannot be made, the file cannot be opened or written, or is no answer log.
    """

    def __init__(self, folder: Path, *, only_read: bool = False) -> None:
        self._store = Store(folder, only_read=only_read)
        self._holds = Holds(folder)
        self._past: dict[int, tuple[int, tuple[Entry, ...]]] = {}  # revision → the greatest number read, what was read
        self.path = self._store.path

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and of the sessions that are held."""
        self._holds.close()
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
        if entries and (state or finished):
            self._hold(entries[-1].session, finished=finished)
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
        """Keep the state of a session; a finished one needs none. Until then no other process is offered it."""
        with self._store.writing() as connection:
            _save(connection, session, mode, state, finished=finished)
        self._hold(session, finished=finished)

    def _hold(self, session: str, *, finished: bool) -> None:
        if finished:
            self._holds.release(session)
        else:
            self._holds.take(session)

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
            new = merging.missing(entries, _every(connection))
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

    def pieces(self, after: int = 0) -> Iterator[Numbered]:
        """The same, some thousand at a time as long as no clock was wrong; what is written meanwhile comes last.

        Where the past changes meanwhile, which `revision` tells, they are not what they were.
        """
        with self._store.reading() as connection:
            straight = window.straight(connection, after, datetime.now(UTC).isoformat())
        if not straight:
            yield self.entries(after)
            return
        while piece := self._piece(after):
            yield piece
            after = piece[-1][0]

    def _piece(self, after: int) -> Numbered:
        with self._store.reading() as connection:
            where = "withdrawn = 0 AND number > ? ORDER BY number LIMIT ?"
            return rows.entries(rows.read(_select(connection, where, after, PIECE)))

    def history(self) -> tuple[Entry, ...]:
        """Every answer, oldest first; asked again, only what was added since is read."""
        revision = self.revision()
        known, past = self._past.get(revision, (0, ()))
        if new := self.entries(known):
            past = (*past, *(entry for _, entry in new))
            self._past = {revision: (max(number for number, _ in new), past)}
        return past

    def recent(self, number: int) -> tuple[Entry, ...]:
        """The last so many answers of `history`, oldest first; what is long before them is not read."""
        with self._store.reading() as connection:
            since = window.since(connection, number, datetime.now(UTC).isoformat())
        if not since:
            return self.history()[-number:] if number else ()
        found = self._read(window.WINDOW, since, since)
        return tuple(entry for _, entry in found if entry.at >= since)[-number:] if number else ()

    def count(self) -> int:
        """How many answers there are."""
        with self._store.reading() as connection:
            return rows.one(connection.execute("SELECT count(*) FROM answers WHERE withdrawn = 0"), int)

    def questions(self) -> set[str]:
        """The questions that were ever answered, by the ids they had."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT DISTINCT question FROM answers WHERE withdrawn = 0").fetchall()
        return {str(name) for (name,) in found}

    def written(self) -> Numbered:
        """Every answer with the time that its clock showed, by that time: what is taken along and compared."""
        with self._store.reading() as connection:
            return rows.entries(rows.read(_select(connection, "withdrawn = 0 ORDER BY at, number")))

    def of_session(self, session: str) -> Numbered:
        """The answers of one session, oldest first."""
        return self._read("withdrawn = 0 AND session = ?", session)

    def last(self, question: str) -> Entry | None:
        """The latest answer to a question."""
        with self._store.reading() as connection:
            since = rows.one(connection.execute(SINCE, (question, datetime.now(UTC).isoformat())), str)
        found = self._read(TOGETHER, question, since, merging.REVIEWS, since, merging.REVIEWS)
        return next((entry for _, entry in reversed(found) if entry.question == question), None)

    def times(self, tag: str) -> int:
        """How often a mistake was made."""
        query = "SELECT count(*) FROM answers WHERE withdrawn = 0 AND tag = ? AND outcome <> 'right'"
        with self._store.reading() as connection:
            return rows.one(connection.execute(query, (tag,)), int) if tag else 0

    def mistaken(self, tag: str) -> tuple[str, ...]:
        """The questions on which a mistake was made, each as often as it was, the latest first."""
        query = "SELECT question FROM answers WHERE withdrawn = 0 AND tag = ? AND outcome <> 'right'"
        with self._store.reading() as connection:
            found = connection.execute(f"{query} ORDER BY at DESC, number DESC", (tag,)).fetchall() if tag else []
        return tuple(str(name) for (name,) in found)

    def revision(self) -> int:
        """A number that changes when the past does: an answer withdrawn, regraded, imported or out of its time."""
        with self._store.reading() as connection:
            return rows.one(connection.execute("SELECT value FROM meta WHERE name = 'revision'"), int)

    def interrupted(self, mode: Mode) -> tuple[str, str] | None:
        """The latest unfinished session of a mode that no other process runs: its name and its state."""
        query = "SELECT id, state FROM sessions WHERE finished = 0 AND mode = ? ORDER BY updated DESC"
        with self._store.reading() as connection:
            found = [(str(name), str(state)) for name, state in connection.execute(query, (mode,))]
        return next((each for each in found if not self._holds.elsewhere(each[0])), None)

    def started(self, mode: Mode) -> dict[str, str]:
        """When each session of a mode began that this log saw: its name → UTC, ISO 8601."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT id, started FROM sessions WHERE mode = ?", (mode,)).fetchall()
        return {str(name): str(at) for name, at in found}

    def _read(self, where: str, *values: object) -> Numbered:
        now = datetime.now(UTC).isoformat()
        with self._store.reading() as connection:

            def following(number: int) -> str | None:
                found = connection.execute(FOLLOWING, (number, now)).fetchone()
                return str(found[0]) if found else None

            return rows.entries(order.settled(rows.read(_select(connection, where, *values)), now, following))


def _select(connection: sqlite3.Connection, where: str, *values: object) -> sqlite3.Cursor:
    return connection.execute(f"SELECT number, {COLUMNS} FROM answers WHERE {where}", values)


def _every(connection: sqlite3.Connection) -> Iterator[Entry]:
    """All rows, those that were taken back, too, some thousand at a time."""
    found = _select(connection, "1")
    while some := found.fetchmany(PIECE):
        yield from (entry for _, entry in rows.entries(rows.read(some)))


def _insert(connection: sqlite3.Connection, entries: Sequence[Entry]) -> list[int]:
    """Add rows; one that is older than what is there already changes the past."""
    now = datetime.now(UTC).isoformat()
    latest = rows.one(connection.execute(LATEST, (now,)), str)
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
