"""How quizlab was started: commands that a screen names are shown as they work here when they are typed.

Where ``quizlab`` alone would not be found (after ``make practice``, which cannot change the path of its shell), its
path is shown instead, from the folder in which the student is.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from pathlib import Path

COMMANDS = (
    *("practice", "blic", "stats", "verify", "answer", "export", "list", "show", "check", "hooks", "import", "reset"),
    *("build", "new", "search", "thread", "recall"),
)
QUIZLAB = re.compile(rf"(?<![\w/\\.-])(?<!-m )quizlab (?=(?:{'|'.join(COMMANDS)})\b|--help)")
PIP = re.compile(r"(?<![\w/\\.-])python (?=-m pip\b)")


def typed(text: str) -> str:
    """A text in which commands stand as they can be typed here."""
    if "quizlab " in text:
        text = QUIZLAB.sub(lambda _: f"{quizlab()} ", text)
    if "python -m pip" in text:
        text = PIP.sub(lambda _: f"{python()} ", text)
    return text


@functools.cache
def quizlab() -> str:
    """What starts quizlab here: its name, its path, or Python with the module."""
    script = Path(sys.argv[0])
    if _module(script):
        beside = Path(sys.executable).with_name("quizlab")
        return "quizlab" if _found("quizlab", beside) else f"{python()} -m quizlab"
    return "quizlab" if script.stem != "quizlab" or _found("quizlab", script) else _shown(script)


@functools.cache
def python() -> str:
    """What starts this Python here: its name where that is enough, otherwise its path."""
    script = Path(sys.argv[0])
    if script.stem != "quizlab" and not _module(script):
        return "python"
    own = Path(sys.executable)
    return next((name for name in ("python", "python3") if _found(name, own.with_name(name))), _shown(own))


def _module(script: Path) -> bool:
    """Whether it was started as ``python -m quizlab``."""
    return script.stem == "__main__" and script.parent.name == "quizlab"


def _found(name: str, path: Path) -> bool:
    """Whether typing a name starts what lies at a path; not resolved, since an environment's Python is a link."""
    import shutil

    found = shutil.which(name)
    return bool(found) and Path(str(found)).absolute().with_suffix("") == path.absolute().with_suffix("")


def _shown(path: Path) -> str:
    """A path from the folder in which the student is, if it lies there; in quotes where a shell would split it."""
    whole = path.absolute().with_suffix("") if path.suffix == ".exe" else path.absolute()
    try:
        near = whole.relative_to(Path.cwd())
        text = f".{os.sep}{near}" if near.parent == Path() else str(near)  # a shell looks for a bare name on its path
    except (ValueError, OSError):
        text = str(whole)
    return f'"{text}"' if " " in text else text
