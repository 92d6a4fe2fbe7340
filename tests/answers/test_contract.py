"""What others rely on: cheap import, no I/O libraries, stable codes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import quizlab.answers
from quizlab.answers import UNREADABLE_CODES

FOLDER = Path(quizlab.answers.__file__).parent
HEAVY = ("torch", "numpy", "sympy", "rich", "typer", "yaml", "fractions", "random", "importlib.metadata")


def test_import_loads_nothing_heavy():
    load = "import sys, msgspec, quizlab.model; before = set(sys.modules); import quizlab.answers"
    code = f"{load}; print([name for name in {HEAVY!r} if name in set(sys.modules) - before])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_code_is_given_somewhere_and_no_other():
    source = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py"))
    given = set(re.findall(r'(?:unreadable|_bad|Unreadable)\(\s*"([a-z_]+)"', source))
    assert given == set(UNREADABLE_CODES)


def test_codes_are_names():
    for code, names in UNREADABLE_CODES.items():
        assert re.fullmatch("[a-z_]+", code)
        assert all(re.fullmatch("[a-z]+", name) for name in names)
        assert names == () or names[0] == "typed"


def test_nothing_here_evaluates_prints_or_opens():
    for path in FOLDER.glob("*.py"):
        calls = re.findall(r"(?<![\w.])(?:eval|exec|compile|open|print|input|__import__)\(", path.read_text("utf-8"))
        assert not calls, path
