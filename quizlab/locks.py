"""Locks that one process has at a time; the system lets go of them when it ends, however it ends.

They are SQLite's, which knows how to lock on every system; each is on a file of its own in the data folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from quizlab import home
from quizlab.errors import QuizlabError

FOLDER = "running"
PATIENCE = 5.0
"""Seconds to wait for another quizlab that is writing."""

TRIES = 10
"""How often a lock is tried for that cannot be had for another reason."""


def place(folder: Path, name: str) -> Path:
    """The file whose lock stands for a name."""
    return folder / FOLDER / f"{hashlib.blake2b(name.encode(errors='replace'), digest_size=12).hexdigest()}.lock"


def remove(path: Path) -> bool:
    """Remove the file of a lock, and its folder if there are no others; whether it is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        path.parent.rmdir()
    return True


def locked(path: Path) -> sqlite3.Connection:
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


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """In the block no other quizlab changes a file: what is read of it in the block, is in it until it is written.

    Where a lock cannot be had (a medium that is only read, a system of files without locks), nobody is kept out.

    Raises:
        QuizlabError: another quizlab has it for too long.
    """
    try:
        lock = place(home.data_folder(), os.path.realpath(path))
    except QuizlabError:  # no data folder
        yield
        return
    with contextlib.ExitStack() as stack:
        deadline, tries = time.monotonic() + PATIENCE, TRIES
        while tries:
            try:
                if _taken(lock, stack):
                    break
            except (OSError, sqlite3.Error) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                    tries -= 1
                elif time.monotonic() > deadline:
                    raise QuizlabError("progress_busy", {"path": str(path)}) from None
            time.sleep(random.uniform(0.005, 0.02))
        yield


def _taken(lock: Path, stack: contextlib.ExitStack) -> bool:
    """Whether the lock was taken until the stack is left.

    Who has the lock removes its file in the end, and what another had locked meanwhile is then a file that nobody will
    find again: only one that is still in its place counts. It stays open until then, so that no other can have its
    number; and it is closed last, for closing any of its descriptors lets go of a lock of POSIX.

    Raises:
        OSError, sqlite3.Error: another process has it, or it cannot be had (just now: its folder may just be removed).
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    with contextlib.ExitStack() as mine:
        mine.callback(os.close, file)
        connection = locked(lock)
        mine.callback(connection.close)
        if os.stat(lock).st_ino != os.fstat(file).st_ino:  # noqa: PTH116 - as that of the descriptor
            return False
        stack.callback(_release, lock, mine.pop_all())
    return True


def _release(lock: Path, closing: contextlib.ExitStack) -> None:
    gone = remove(lock)
    closing.close()
    if not gone:  # Windows removes nothing that is open
        remove(lock)
