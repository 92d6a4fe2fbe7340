"""Which sessions are running at this moment, so that none is taken up in two terminals at once.

A running session holds a lock on a file of its own; the system lets go of it when the process ends, however it ends.
The lock is one of SQLite's (`quizlab.locks`).
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from quizlab import locks


class Holds:
    """The sessions that this process runs.

    Where a lock cannot be had (a medium that is only read, a system of files without locks), nothing is held.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, sqlite3.Connection] = {}

    def take(self, session: str) -> None:
        """Hold a session until it is let go of."""
        if session not in self._held:
            with contextlib.suppress(OSError, sqlite3.Error):
                path = self._path(session)
                path.parent.mkdir(exist_ok=True)
                try:
                    self._held[session] = locks.locked(path)
                except sqlite3.Error:
                    raise
                except BaseException:  # told to end in this moment
                    locks.remove(path)
                    raise

    def elsewhere(self, session: str) -> bool:
        """Whether another process runs the session."""
        path = self._path(session)
        if session in self._held or not path.exists():
            return False
        try:
            locks.locked(path).close()
        except sqlite3.Error:
            return True
        locks.remove(path)  # of a process that was killed
        return False

    def release(self, session: str) -> None:
        """Let go of a session."""
        if connection := self._held.pop(session, None):
            connection.close()
            locks.remove(self._path(session))

    def close(self) -> None:
        """Let go of all."""
        for session in list(self._held):
            self.release(session)

    def _path(self, session: str) -> Path:
        return locks.place(self._folder, session)
