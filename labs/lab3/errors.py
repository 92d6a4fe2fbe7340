"""The one error that a person who runs the lab has to understand."""

from __future__ import annotations

from pathlib import Path


class DataFileError(ValueError):
    """A data or vector file that cannot be used as it is.

    The message is one Croatian sentence, for it ends on the student's screen, and starts with
    ``file:line:`` (or ``file:`` when the whole file is meant).
    """

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        where = str(path) if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {reason}")
