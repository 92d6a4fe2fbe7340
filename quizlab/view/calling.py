"""Commands as the student can type them here."""

from __future__ import annotations

import shlex
import subprocess
import sys

from quizlab.view import started


def command(*arguments: str) -> str:
    """A command of quizlab that works when it is typed as it is printed."""
    words = subprocess.list2cmdline(arguments) if sys.platform == "win32" else shlex.join(arguments)
    return f"{started.quizlab()} {words}"
