"""The open file: transactions that are on disk when they end, copies of it, and its troubles as sentences."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from quizlab.errors import QuizlabError
from quizlab.log import schema
from quizlab.log.trouble import COMPLAINTS, is_busy, why_of
from quizlab.log.trouble import trouble as _trouble

FILE = "napredak.sqlite"
PATIENCE = 5.0
"""Seconds to wait for another quizlab that is writing."""


class Store:
    """One file of SQLite with the tables of the log.

    The journal is SQLite's own rollback journal, not a write-ahead log: between answers there is one file, which
    can be copied, mailed or put on a stick as it is. ``synchronous = EXTRA`` also waits for the folder after the
    journal is deleted, so that even a power cut does not bring back a journal that takes the last answer away.

    Args:
        folder: the data folder.
        only_read: whether a file that can only be read is enough.

    Raises:
        QuizlabError: the folder cannot be made, the file cannot be opened or written, or is no answer log.
    """

    def __init__(self, folder: Path, *, only_read: bool = False) -> None:
        self.path = folder / FILE
        self.read_only = only_read and self.path.is_file() and not _writable(self.path)
        if not self.read_only:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise _trouble("progress_folder", folder, error) from None
            if not os.access(folder, os.W_OK):
                raise _trouble("progress_readonly", self.path)
        self._open()

    def _open(self) -> None:
        try:
            if self.read_only:
                self.connection = sqlite3.connect(
                    f"{self.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
                )
            else:
                self.connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        except sqlite3.Error as error:
            raise _trouble("progress_unopened", self.path, error) from None
        try:
            self._prepare()
        except BaseException:
            self.connection.close()
            raise

    _file: tuple[int, int] | None = None
    """Which file is open, as the system tells files apart; None while it is not known."""

    def _prepare(self) -> None:
        with self.reading():
            self.connection.execute("PRAGMA synchronous = EXTRA")
            self.connection.execute("PRAGMA cell_size_check = ON")
            if self.read_only:
                self._readable()
                return
            # a file that cannot be written is said before the first question and not after its answer; and of two
            # first runs at once, the second waits and then finds the tables made
            with self.writing():
                self._upgrade()
            self._file = _identity(self.path)

    def _readable(self) -> None:
        version = schema.version(self.connection)
        if version != schema.VERSION:  # an older one would have to be brought up to date first
            raise _trouble("progress_newer" if version > schema.VERSION else "progress_readonly", self.path)

    def _upgrade(self) -> None:
        version = schema.version(self.connection)
        if version > schema.VERSION:
            raise _trouble("progress_newer", self.path)
        if version < schema.VERSION:
            if version:
                self.copy(f"-v{version}")
            schema.upgrade(self.connection, version)
        schema.watch(self.connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Turn what SQLite says while reading into one error about the file."""
        try:
            yield self.connection
        except COMPLAINTS as error:
            raise _trouble("progress_broken", self.path, error) from None

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: when it ends all of it is on disk, when it fails none of it.

        A file that was replaced meanwhile (by a restored copy, by a program that keeps folders alike) is opened anew.
        """
        if self.read_only:
            raise _trouble("progress_readonly", self.path)
        if self._file and self._file != _identity(self.path):
            self.connection.close()
            self._file = None
            self._open()
        try:
            self._begin()
            yield self.connection
            self.connection.execute("COMMIT")
        except COMPLAINTS as error:
            raise _trouble("progress_write", self.path, error) from None
        finally:
            if self.connection.in_transaction:
                with contextlib.suppress(*COMPLAINTS):
                    self.connection.execute("ROLLBACK")

    def _begin(self) -> None:
        """Wait for the right to write, asking every few milliseconds.

        SQLite itself asks ever more seldom, and between two writers that hardly rest a third would wait in vain.
        """
        deadline = time.monotonic() + PATIENCE
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self.connection.execute("BEGIN IMMEDIATE")
                    return
                except sqlite3.OperationalError as error:
                    if not is_busy(error) or time.monotonic() > deadline:
                        raise
                time.sleep(random.uniform(0.001, 0.01))
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE * 1000)}")

    def copy(self, kind: str = "") -> Path:
        """Copy the file beside itself, from within a transaction: nobody writes meanwhile.

        The copy has a revision of its own, so that a log put back from it is not taken for this one.
        """
        path = self._free(f"{self.path.stem}{kind}-{datetime.now():%Y-%m-%d-%H%M%S}")
        beside = path.with_suffix(".part")
        try:
            with _opened(self.path) as source, _opened(beside) as target:  # a connection that writes cannot be copied
                source.backup(target)
                if schema.version(target) == schema.VERSION:
                    schema.stamp(target)
            beside.replace(path)
        except (OSError, *COMPLAINTS) as error:
            raise QuizlabError("progress_copy", {"path": str(path), "why": why_of(error)}) from None
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
        return path

    def _free(self, stem: str) -> Path:
        path, number = self.path.with_name(f"{stem}.sqlite"), 2
        while path.exists():
            path, number = self.path.with_name(f"{stem}-{number}.sqlite"), number + 1
        return path


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _opened(path: Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None))
