"""How a command fails: every error as sentences on standard error, and the status to exit with."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizlab import errors
from quizlab.errors import QuizlabError
from quizlab.view import streams

if TYPE_CHECKING:
    from quizlab.model import Code

PATHS = (errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EROFS, errno.ESTALE)
"""What the system refuses a place with, whoever asked it: that is no fault of ours."""

TOLD = 200
"""So many problems are told; who sees them needs no more."""


def report(error: Exception) -> int:
    """Tell an error; the status to exit with."""
    if isinstance(error, QuizlabError):
        from quizlab.telling import sentences
        from quizlab.view.screen import tell

        for problem in error.problems[:TOLD]:
            tell(sentences.problem(problem))
        if (more := len(error.problems) - TOLD) > 0:
            from quizlab.telling import words

            say("more_problems", {"number": words.counted(more, "problem", "problema", "problema")})
        return error.status
    windows = sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL
    if isinstance(error, BrokenPipeError) or windows:  # Windows calls a reader that left an invalid argument
        return pipe_closed()
    if full := streams.refused(error):
        streams.silence("stdout")
        say("stdout_refused", {"why": full.strerror or type(full).__name__})
        return errors.COULD_NOT_RUN
    if isinstance(error, OSError) and _by_system(error):
        return errors.COULD_NOT_RUN
    return _unforeseen(error)


def _by_system(error: OSError) -> bool:
    """Say what the system refused; False where that is none of its usual reasons."""
    why = error.strerror or str(error)
    if isinstance(error, FileNotFoundError) and _nowhere():
        say("no_folder")
    elif error.errno in errors.NO_ROOM:
        say("no_room", {"why": why})
    elif error.errno in PATHS and error.filename is not None:
        say("path_refused", {"path": os.fsdecode(error.filename), "why": why})
    else:
        return False
    return True


def _nowhere() -> bool:
    """Whether the current folder was deleted meanwhile."""
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def _unforeseen(error: Exception) -> int:
    """A fault of our own: one sentence for the student, the traceback in a file for whoever mends it."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="quizlab-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(text)
    except OSError:  # no room for it, or no descriptor
        say("unforeseen_unkept", {"what": errors.said(error)})
        return errors.COULD_NOT_RUN
    say("unforeseen", {"what": type(error).__name__, "path": file.name})
    return errors.COULD_NOT_RUN


def pipe_closed() -> int:
    """The reader of our output left early, which is its right: nothing is said, here or at exit."""
    streams.silence("stdout")
    return errors.COULD_NOT_RUN


def say(code: Code, particulars: dict[str, str] | None = None) -> None:
    """The sentence of a code, on standard error."""
    from quizlab.telling import sentences
    from quizlab.view.screen import tell

    tell(sentences.say(code, particulars or {}))
