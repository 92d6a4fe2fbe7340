"""Commands on a screen work as printed, however quizlab was started."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab.view import started

TEXT = "Nastavi: quizlab practice --resume, quizlab.hooks, quizlab i python -m pip install x"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A quizlab in an environment that is not on the path, started from the folder above it."""
    path = tmp_path / ".venv" / "bin" / "quizlab"
    path.parent.mkdir(parents=True)
    for name in ("quizlab", "python"):
        path.with_name(name).write_text("#!/bin/sh\n")
        path.with_name(name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(path)])
    monkeypatch.setattr(sys, "executable", str(path.with_name("python")))
    monkeypatch.setenv("PATH", "/nowhere")
    for each in (started.quizlab, started.python):
        each.cache_clear()
    return path


@pytest.fixture(autouse=True)
def forgotten():
    yield
    for each in (started.quizlab, started.python):
        each.cache_clear()


def test_what_is_not_on_the_path_is_shown_with_its_path(script: Path) -> None:
    bin_folder = str(Path(".venv") / "bin") + os.sep
    wanted = TEXT.replace("quizlab practice", f"{bin_folder}quizlab practice").replace(
        "python -m", f"{bin_folder}python -m"
    )
    assert started.typed(TEXT) == wanted
    assert started.typed(started.typed(TEXT)) == wanted


def test_what_is_on_the_path_is_called_by_its_name(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(script.parent))
    assert started.typed(TEXT) == TEXT


def test_another_quizlab_on_the_path_is_not_this_one(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "drugi"
    other.mkdir()
    (other / "quizlab").write_text("#!/bin/sh\n")
    (other / "quizlab").chmod(0o755)
    monkeypatch.setenv("PATH", str(other))
    assert ".venv" in started.typed(TEXT)


def test_a_module_is_started_as_one_and_a_path_with_spaces_is_quoted(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["/x/quizlab/__main__.py"])
    assert re.search(r"python -m quizlab practice --resume", started.typed(TEXT))
    moved = script.parents[1].rename(script.parents[2] / "moj venv")
    monkeypatch.setattr(sys, "argv", [str(moved / "bin" / "quizlab")])
    started.quizlab.cache_clear()
    assert started.typed("quizlab practice").startswith('"moj venv')


def test_the_next_command_of_a_session_runs_as_printed(tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    if not (folder / "quizlab").exists():
        pytest.skip("quizlab is not installed as a script")
    env = {**os.environ, "QUIZLAB_HOME": str(tmp_path / "dom"), "PATH": "/usr/bin:/bin"}
    run = {"cwd": folder.parent.parent, "env": env, "capture_output": True, "encoding": "utf-8"}
    first = subprocess.run(
        [folder / "quizlab", "practice", "q1", "q4", "--seed", "1"], input="ne znam\n", check=False, **run
    )
    (command,) = re.findall(r"Dalje: (.+)$", first.stdout, re.MULTILINE)
    assert command != "quizlab practice --resume"
    again = subprocess.run(command, shell=True, input="", check=False, **run)
    assert again.returncode == 0, again.stderr
    assert "Nastavljam prekinuto vježbanje" in again.stdout
