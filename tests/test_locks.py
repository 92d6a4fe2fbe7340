"""A lock: of several processes one is in the block at a time, none is lost and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab import home, locks
from quizlab.errors import QuizlabError

COUNTING = """
import sys, time
from pathlib import Path
from quizlab import locks
path = Path(sys.argv[1])
for _ in range(20):
    with locks.alone(path):
        number = int(path.read_text())
        time.sleep(0.002)
        path.write_text(str(number + 1))
"""

KEEPING = """
import sys
from pathlib import Path
from quizlab.bank.recalled import Fact
from quizlab.commands.recall import remembered
for number in range(10):
    undo = remembered(Path(sys.argv[1]), Fact(date="2026-11-20", question="q1", answer=f"{sys.argv[2]} {number}"))
    if number % 5 == 4:
        undo()
"""


def at_once(code: str, env: dict[str, str], path: Path, several: int) -> None:
    command = [sys.executable, "-c", code, str(path)]
    running = [subprocess.Popen([*command, str(number)], env=env) for number in range(several)]
    assert [each.wait(60) for each in running] == [0] * several


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "dom"))
    return dict(os.environ)


def test_one_at_a_time(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "broj"
    path.write_text("0", encoding="utf-8")
    at_once(COUNTING, env, path, 4)
    assert path.read_text(encoding="utf-8") == "80"
    assert not list((tmp_path / "dom").iterdir())


def test_of_several_that_recall_at_once_nothing_is_lost(env: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "dom" / home.RECALLED
    at_once(KEEPING, env, path, 3)
    assert path.read_text(encoding="utf-8").count("question: q1") == 3 * 8
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_is_held_for_too_long_is_said(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    path = tmp_path / "banka.yaml"
    with locks.alone(path), pytest.raises(QuizlabError) as caught, locks.alone(path):
        pass
    assert caught.value.problems[0].code == "progress_busy"
    with locks.alone(path):  # it is free again
        pass


def test_a_lock_left_by_who_was_killed_holds_nobody_up(env: dict[str, str], tmp_path: Path) -> None:
    code = "import os, sys; from quizlab import locks; from pathlib import Path\n"
    code += "with locks.alone(Path(sys.argv[1])): os.kill(os.getpid(), 9) if os.name == 'posix' else os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a")], env=env, check=False)
    assert list((tmp_path / "dom").rglob("*.lock"))
    with locks.alone(tmp_path / "a"):
        pass
    assert not list((tmp_path / "dom").rglob("*.lock"))


def test_where_nothing_can_be_locked_nobody_is_kept_out(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "dom").write_text("", encoding="utf-8")  # the data folder is a file
    with locks.alone(tmp_path / "a"), contextlib.nullcontext():
        pass
