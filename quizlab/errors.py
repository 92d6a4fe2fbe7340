"""The one exception that a command ends with: a code whose sentence the view knows, and an exit status."""

from __future__ import annotations

from collections.abc import Mapping

RIGHT = CONFIRMED = 0
WRONG = REFUTED = 1
UNREADABLE = USAGE = 2
COULD_NOT_RUN = 3
INTERRUPTED = 130


class QuizlabError(Exception):
    """Something a person can do something about: what, with which particulars, and how to exit."""

    def __init__(self, code: str, args: Mapping[str, str] | None = None, status: int = COULD_NOT_RUN) -> None:
        super().__init__(code)
        self.code = code
        self.particulars = dict(args or {})
        self.status = status
