"""Every evidence snippet runs in a clean Python process, without quizlab, and prints what is shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from quizlab.model import AnyQuestion
from tests.conftest import FAKES, shipped_bank
from tests.proofs import sound

SOUND = {name: sound(name) for name in ("lab3", "lab4")}
QUESTIONS = [(name, question) for name in SOUND for question in shipped_bank(name).questions]

Snippets = Callable[[str], tuple[int, str, str]]


@pytest.fixture(scope="module")
def run_snippet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snippets]:
    """Runs a snippet in a process of its own, isolated from this one.

    Importing torch takes most of a second, so each is a fork of a process that has imported it and nothing else;
    `make stress` runs every snippet by a Python of its own.
    """
    if not hasattr(os, "fork"):
        pytest.skip("snippets are run in forks; `make stress` runs them without")
    command = [sys.executable, "-I", "-W", "ignore", str(FAKES / "forking.py")]
    folder = tmp_path_factory.mktemp("snippets")
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=folder, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def run(code: str) -> tuple[int, str, str]:
        process.stdin.write(json.dumps(code) + "\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
        status, out, err = json.loads(process.stdout.readline())  # type: ignore[union-attr]
        return status, out, err

    yield run
    process.stdin.close()
    process.wait(timeout=10)


@pytest.mark.parametrize(("lab", "question"), QUESTIONS, ids=[question.id for _, question in QUESTIONS])
def test_the_snippet_prints_the_shown_value(lab: str, question: AnyQuestion, run_snippet: Snippets) -> None:
    evidence = SOUND[lab].finding(question).evidence
    assert evidence is not None
    assert evidence.snippet.prints.strip()
    status, out, err = run_snippet(evidence.snippet.code)
    assert (status, err) == (0, "")
    assert out.strip() == evidence.snippet.prints.strip()


def test_a_snippet_may_use_nothing_of_ours_and_its_failure_is_noticed(run_snippet: Snippets) -> None:
    for name in ("quizlab", "labs.lab4", "matplotlib"):
        status, _, err = run_snippet(f"import {name}")
        assert status != 0
        assert "ModuleNotFoundError" in err or "ImportError" in err
    assert run_snippet("import sys\nprint(sorted(set(sys.modules) & {'pytest', 'rich'}))") == (0, "[]\n", "")
    run_snippet("import torch\ntorch.manual_seed(1)\ntorch.answer = 42")
    assert run_snippet("import torch\nprint(hasattr(torch, 'answer'))") == (0, "False\n", "")
