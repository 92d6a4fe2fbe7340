"""What a person must mend, as an exception; and the statuses that commands exit with.

Failures come in two dialects. What the user got wrong, or the system refused, is a `QuizlabError` and ends the
command. What is only to be expected (an answer that cannot be read, a hook that broke off) is a value: an
`quizlab.answers.Unreadable`, a `quizlab.model.Problem` in a reply or in a finding.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizlab.model import Code, Problem

RIGHT = CONFIRMED = 0
WRONG = REFUTED = 1
UNREADABLE = USAGE = 2
COULD_NOT_RUN = 3
INTERRUPTED = 130

NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)
"""What the system refuses files and processes with when there are too many."""


def place_of(error: BaseException) -> str:
    """File and line of a fault: for one of syntax where it stands, otherwise where it was raised."""
    import importlib
    import traceback
    from pathlib import Path

    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}"
    machinery = ("<frozen importlib", str(Path(importlib.__file__).parent))
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if not frame.filename.startswith(machinery)] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def said(error: BaseException) -> str:
    """What a fault is called, where it is and what it says, in one line: ``KeyError (code.py:3): 'x'``."""
    message = (str(error).strip().splitlines() or [""])[0][:300]
    return f"{type(error).__name__} ({place_of(error)})" + (f": {message}" if message else "")


class QuizlabError(Exception):
    """One problem or several that a person can do something about, and the status to exit with.

    Args:
        what: the code of the one problem, with its arguments in ``args``; or all the problems, at least one.
    """

    def __init__(
        self, what: Code | Sequence[Problem], args: Mapping[str, str] | None = None, status: int = COULD_NOT_RUN
    ) -> None:
        from quizlab.model import Problem  # msgspec loads with the first error, not with the command line

        self.problems = (Problem(what, dict(args or {})),) if isinstance(what, str) else tuple(what)
        self.status = status
        places = (f"{each.file}:{each.line}: {each.code}" for each in self.problems)
        super().__init__(", ".join(place.removeprefix(":0: ") for place in places))
