"""The one exception that a command ends with: a code whose sentence the view knows, and an exit status."""

from __future__ import annotations

from collections.abc import Mapping

RIGHT = CONFIRMED = 0
WRONG = REFUTED = 1
UNREADABLE = USAGE = 2
COULD_NOT_RUN = 3
INTERRUPTED = 130


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
    """Something a person can do something about: what, with which particulars, and how to exit."""

    def __init__(self, code: str, args: Mapping[str, str] | None = None, status: int = COULD_NOT_RUN) -> None:
        super().__init__(code)
        self.code = code
        self.particulars = dict(args or {})
        self.status = status
