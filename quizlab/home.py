"""Where quizlab keeps what it remembers of a student."""

from __future__ import annotations

import os
from pathlib import Path

from quizlab.errors import QuizlabError

VARIABLE = "QUIZLAB_HOME"


def data_folder() -> Path:
    """The data folder: ``QUIZLAB_HOME`` if it is set, otherwise the platform's usual place.

    The folder need not exist yet.

    Raises:
        QuizlabError: this account has no home folder to put it in.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named).absolute()
    import platformdirs

    try:
        folder = platformdirs.user_data_path("quizlab", appauthor=False)
    except (RuntimeError, KeyError):  # no HOME, and no such user in the system's list
        folder = Path("~")
    if not folder.is_absolute():
        raise QuizlabError("no_home", {"variable": VARIABLE})
    return folder


def cache_folder() -> Path | None:
    """Where checked banks are kept in binary form; None when there is no place for it."""
    try:
        return data_folder() / "cache"
    except QuizlabError:
        return None
