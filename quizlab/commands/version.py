"""What ``quizlab --version`` says."""

from __future__ import annotations

from importlib import metadata

from quizlab import __version__, errors
from quizlab.view.screen import Screen


def show_version() -> int:
    """Say which quizlab this is, and with which torch it proves; torch itself is not loaded for that."""
    try:
        torch = f", torch {metadata.version('torch')}"
    except metadata.PackageNotFoundError:
        torch = ""
    Screen(plain=True).line(f"quizlab {__version__}{torch}")
    return errors.RIGHT
