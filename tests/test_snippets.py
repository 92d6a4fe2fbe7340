"""Every evidence snippet runs in a clean Python process, without quizlab, and prints what is shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import labs.lab4
from tests.conftest import shipped_bank
from tests.proofs import Proofs

SOUND = Proofs(labs.lab4)
LAB4 = {question.id: question for question in shipped_bank("lab4").questions}

# the snippet runs as pasted; only torch and numpy of what is installed may be imported by it
CLEAN = """\
import sys
for name in ("quizlab", "labs", "tests", "matplotlib", "sklearn", "torchvision"):
    sys.modules[name] = None
"""


@pytest.mark.parametrize("name", LAB4)
def test_the_snippet_prints_the_shown_value(name: str, tmp_path: Path) -> None:
    evidence = SOUND.finding(LAB4[name]).evidence
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
