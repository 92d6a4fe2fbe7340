"""The answer log: one row of SQLite an answer, committed before its feedback is shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Literal

from msgspec import Struct

from quizlab.errors import QuizlabError

FILE = "napredak.sqlite"
SCHEMA_VERSION = 1
SCHEMA = """
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
"""
COLUMNS = "at, session, question, params, typed, understood, outcome, tag, seconds"

Outcome = Literal["right", "wrong", "partial"]
Sure = Literal["", "sure", "unsure"]
Mode = Literal["practice", "blic"]


class Entry(Struct, frozen=True):
    """One answer as it is logged; times in UTC (ISO 8601), durations in seconds.

    ``order`` are the letters that the options have in the bank, in the order they were shown; ``share`` is how
    much of the answer was there (0 to 1), ``sure`` how sure the student was before the verdict, ``hints`` how
    many hints were asked for.
    """

    at: str
    session: str
    question: str
    params: str
    typed: str
    understood: str
    outcome: Outcome
    tag: str
    seconds: float
    order: str = ""
    share: float = 0.0
    sure: Sure = ""
    hints: int = 0
    mode: Mode = "practice"


class Log:
    """The open answer log of one data folder.

    Raises:
        QuizlabError: the folder cannot be made, the file cannot be written or is no answer log.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._trouble("progress_folder", error.strerror or str(error)) from None
        try:
            self._connection = sqlite3.connect(self.path, timeout=5.0, isolation_level=None)
            self._prepare()
        except sqlite3.Error as error:
            raise self._trouble("progress_broken", str(error)) from None

    def _trouble(self, code: str, why: str) -> QuizlabError:
        return QuizlabError(code, {"path": str(self.path), "why": why})

    def _prepare(self) -> None:
        # one transaction: of two first runs at once, the second waits and then finds the table made
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise self._trouble("progress_newer", str(version))
        if version == 0:
            for statement in SCHEMA.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._connection.execute("COMMIT")

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def append(self, entry: Entry) -> None:
        """Add one answer; when this returns, it is on disk."""
        row = tuple(getattr(entry, name) for name in COLUMNS.split(", "))
        marks = ", ".join("?" * len(row))
        try:
            self._connection.execute(f"INSERT INTO answers ({COLUMNS}) VALUES ({marks})", row)
        except sqlite3.Error as error:
            raise self._trouble("progress_write", str(error)) from None

    def history(self) -> tuple[Entry, ...]:
        """Every answer, oldest first."""
        try:
            rows = self._connection.execute(f"SELECT {COLUMNS} FROM answers ORDER BY number").fetchall()
        except sqlite3.Error as error:
            raise self._trouble("progress_broken", str(error)) from None
        return tuple(Entry(*row) for row in rows)
