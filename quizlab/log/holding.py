"""Which sessions are running at this moment, so that none is taken up in two terminals at once.

A running session holds a lock on a file of its own; the system lets go of it when the process ends, however it ends.
The lock is one of SQLite's, which knows how to lock on every system.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path

FOLDER = "running"


class Holds:
    """The sessions that this process runs.

    Where a lock cannot be had (a medium that is only read, a system of files without locks), nothing is held.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._held: dict[str, sqlite3.Connection] = {}

    def take(self, session: str) -> None:
        """Hold a session until it is let go of."""
        if session not in self._held:
            with contextlib.suppress(OSError, sqlite3.Error):
                self._folder.mkdir(exist_ok=True)
                self._held[session] = _locked(self._path(session))

    def elsewhere(self, session: str) -> bool:
        """Whether another process runs the session."""
        path = self._path(session)
        if session in self._held or not path.exists():
            return False
        try:
            _locked(path).close()
        except sqlite3.Error:
            return True
        self._remove(path)  # of a process that was killed
        return False

    def release(self, session: str) -> None:
        """Let go of a session."""
        if connection := self._held.pop(session, None):
            connection.close()
            self._remove(self._path(session))

    def close(self) -> None:
        """Let go of all."""
        for session in list(self._held):
            self.release(session)

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            self._folder.rmdir()

    def _path(self, session: str) -> Path:
        return self._folder / f"{hashlib.blake2b(session.encode(errors='replace'), digest_size=12).hexdigest()}.lock"


def _locked(path: Path) -> sqlite3.Connection:
    """A connection that holds the file.

    Raises:
        sqlite3.Error: another process holds it, or it cannot be locked.
    """
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection
