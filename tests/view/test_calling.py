"""A printed command works as it is typed, whether or not quizlab is on the path."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab.view import calling

PYTHON = Path(sys.executable)
posix = pytest.mark.skipif(sys.platform == "win32", reason="the commands are for a POSIX shell")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, with a Python in a virtual environment inside, and nothing on the path."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@posix
def test_by_its_name_where_it_is_on_the_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "quizlab"
    program.touch(mode=0o755)
    assert calling.command("stats", "lab 4") == "quizlab stats 'lab 4'"


@posix
def test_by_its_place_where_it_is_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert calling.command("stats") == ".venv/bin/python -m quizlab stats"
    (folder / ".venv" / "bin" / "quizlab").touch()
    assert calling.command("stats") == ".venv/bin/quizlab stats"
    monkeypatch.chdir(folder / ".venv" / "bin")
    assert calling.command("stats") == "./quizlab stats"
    monkeypatch.chdir("/usr")
    assert calling.command("stats") == f"{folder}/.venv/bin/quizlab stats"


@posix
def test_what_is_printed_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {**os.environ, "PATH": "/nowhere"}
    code = "from quizlab.view import calling; print(calling.command('--version'))"
    for where in (PYTHON.parent.parent.parent, tmp_path):
        line = subprocess.run(
            [sys.executable, "-c", code], cwd=where, env=environment, capture_output=True, text=True, check=True
        ).stdout
        done = subprocess.run(shlex.split(line), cwd=where, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("quizlab ")
