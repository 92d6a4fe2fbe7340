"""Every evidence snippet runs in a clean Python process, without quizlab, and prints what is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import labs.lab3
import labs.lab4
from quizlab.model import AnyQuestion
from tests.conftest import shipped_bank
from tests.proofs import Proofs

SOUND = {"lab3": Proofs(labs.lab3), "lab4": Proofs(labs.lab4)}
QUESTIONS = [(name, question) for name in SOUND for question in shipped_bank(name).questions]

# the snippet runs as pasted; only torch and numpy of what is installed may be imported by it
CLEAN = """\
import sys
for name in ("quizlab", "labs", "tests", "matplotlib", "sklearn", "torchvision"):
    sys.modules[name] = None
"""


@pytest.mark.parametrize(("lab", "question"), QUESTIONS, ids=[question.id for _, question in QUESTIONS])
def test_the_snippet_prints_the_shown_value(lab: str, question: AnyQuestion, tmp_path: Path) -> None:
    evidence = SOUND[lab].finding(question).evidence
    assert evidence is not None
    assert evidence.snippet.prints.strip()
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", CLEAN + evidence.snippet.code],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == evidence.snippet.prints.strip()
