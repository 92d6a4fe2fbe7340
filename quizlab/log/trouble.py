"""What SQLite and the system complain of, as something a person can do something about."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from quizlab.errors import QuizlabError
from quizlab.model import Code

COMPLAINTS = (sqlite3.Error, UnicodeDecodeError)
"""How SQLite complains; the second when it quotes damaged bytes."""

MALFORMED = "database disk image is malformed"
"""SQLite's own words for it."""

NO_TABLE = "no such table"
"""How SQLite begins to complain of a file that was emptied or replaced meanwhile."""

CODES: dict[int, Code] = {
    sqlite3.SQLITE_BUSY: "progress_busy",
    sqlite3.SQLITE_LOCKED: "progress_busy",
    sqlite3.SQLITE_FULL: "progress_full",
    sqlite3.SQLITE_IOERR: "progress_disk",
    sqlite3.SQLITE_READONLY: "progress_readonly",
    sqlite3.SQLITE_CANTOPEN: "progress_unopened",
    sqlite3.SQLITE_PERM: "progress_unopened",
    sqlite3.SQLITE_CORRUPT: "progress_broken",
    sqlite3.SQLITE_NOTADB: "progress_broken",
}


def code_of(error: Exception, otherwise: Code, path: Path) -> Code:
    """The code of what SQLite said; ``otherwise`` where it said nothing in particular.

    An error without a number is none of SQLite's: what was read is nothing that a log ever wrote.
    """
    number = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    code = CODES.get(number & 0xFF, otherwise)
    if str(error).startswith(NO_TABLE):
        return "progress_broken"
    if code == "progress_unopened" and _gone(path.parent):
        return "progress_gone"
    return "progress_is_folder" if code == "progress_unopened" and path.is_dir() else code


def _gone(folder: Path) -> bool:
    try:
        return not folder.exists()
    except OSError:  # behind a folder that may not be entered
        return False


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def trouble(code: Code, path: Path, error: Exception | None = None) -> QuizlabError:
    """An error about the file of the log; what SQLite says of it may be more exact than the code."""
    if isinstance(error, COMPLAINTS):
        code = code_of(error, code, path)
    return QuizlabError(code, {"path": str(path), "why": why_of(error)})


def why_of(error: Exception | None) -> str:
    """What the system or SQLite calls it; the view has Croatian words for what they usually say."""
    if isinstance(error, UnicodeDecodeError):
        return MALFORMED
    if str(error).startswith(NO_TABLE):
        return "tables missing"
    return (error.strerror if isinstance(error, OSError) else None) or str(error or "")
