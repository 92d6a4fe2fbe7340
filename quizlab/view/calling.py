"""Commands as the student can type them here: a program that is not on the path is called by its place."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "quizlab"


def command(*arguments: str) -> str:
    """A command of quizlab that works when it is typed as it is printed."""
    words = [*program(), *arguments]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def program() -> list[str]:
    """What calls quizlab from the present folder: its name, its place, or Python with its name.

    A virtual environment that was never activated has its programs beside its Python and not on the path.
    """
    if shutil.which(NAME):
        return [NAME]
    python = Path(sys.executable)
    beside = python.with_name(NAME + ".exe" * (sys.platform == "win32"))
    if beside.exists():
        return [_near(beside)]
    return [_near(python), "-m", NAME]


def _near(path: Path) -> str:
    """A path from the present folder where it lies in it, otherwise whole."""
    try:
        here = path.relative_to(Path.cwd())
    except (ValueError, OSError):
        return str(path)
    return os.path.join(".", here) if here.parent == Path() else str(here)  # noqa: PTH118 - a Path drops the dot
