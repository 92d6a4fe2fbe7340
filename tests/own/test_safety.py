"""What a student's code may not do: an inventory of forbidden acts, each stopped, each with its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlab.own.guard import DEEDS
from quizlab.own.runner import Examined, examine
from quizlab.telling import own as telling
from tests.own.looking import questions

UNIT = """\
import torch
from torch import nn


class _BNReluConv(nn.Sequential):
    def __init__(self, num_maps_in, num_maps_out, k=3, bias=True):
        super().__init__(nn.BatchNorm2d(num_maps_in), nn.ReLU(), nn.Conv2d(num_maps_in, num_maps_out, k, bias=bias))
"""

ACTS = {
    "open({outside!r}, 'w')": "write",
    "os.mkdir({outside!r})": "write",
    "os.remove({mine!r})": "write",
    "os.rename({mine!r}, {outside!r})": "write",
    "pathlib.Path({outside!r}).write_text('x')": "write",
    "shutil.copy({mine!r}, {outside!r})": "write",
    "os.open({outside!r}, os.O_CREAT | os.O_WRONLY)": "write",
    "socket.create_connection(('127.0.0.1', 9))": "socket",
    "urllib.request.urlopen('http://127.0.0.1:9/')": "socket",
    "torch.hub.load('pytorch/vision', 'resnet18')": "socket",
    "subprocess.run(['true'])": "process",
    "os.system('true')": "process",
    "os.popen('true')": "process",
    "multiprocessing.Process(target=print).start()": "process",
    "input('Lozinka: ')": "ask",
    "breakpoint()": "ask",
    "webbrowser.open('http://127.0.0.1:9/')": "window",
    "os._exit(0)": "exit",
    "os.abort()": "exit",
    "os.kill(os.getpid(), 9)": "kill",
    "ctypes.CDLL('libc.so.6')": "library",
}
HARMLESS = ("sys.exit(1)", "quit()", "time.sleep(1000)", "torch.save([1], {outside!r})", "plt.show()", "exec('1/0')")
"""What leads nowhere: an exit is caught, sleep does not wait, torch saves into the scratch folder, plots are none."""


def _deeds(outside: Path, mine: Path) -> str:
    lines = [each.format(outside=str(outside), mine=str(mine)) for each in (*ACTS, *HARMLESS)]
    return "\n".join([
        "import ctypes, multiprocessing, os, pathlib, shutil, socket, subprocess, sys, time",
        "import urllib.request, webbrowser",
        "import matplotlib.pyplot as plt",
        UNIT,
        "def pokusaj(djelo):",
        "    try:",
        "        djelo()",
        "    except BaseException:",
        "        pass",
        "",
        "class Djela:",
        *(f"    d{at} = pokusaj(lambda: {line})" for at, line in enumerate(lines)),
        "",
        "sys.exit('na kraju uvoza')",
        "",
    ])  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Examined]:
    """A lab that does everything that is forbidden as soon as it is loaded."""
    folder = tmp_path_factory.mktemp("acts")
    mine = folder / "moje.txt"
    mine.write_text("moje", encoding="utf-8")
    code = folder / "du"
    code.mkdir()
    (code / "model.py").write_text(_deeds(folder / "vani", mine), encoding="utf-8")
    return folder, examine(code, "lab4", (), questions("lab4", "q1"), causes=False, limit=60)


@pytest.mark.parametrize("act", ACTS)
def test_a_forbidden_act_is_stopped_and_said_with_its_line(act: str, tried: tuple[Path, Examined]) -> None:
    _, found = tried
    line = 15 + UNIT.count("\n") + list(ACTS).index(act) - 3
    mine = [each for each in found.attempts if each.line == line]
    assert [each.deed for each in mine] == [ACTS[act]], found.attempts
    assert telling.attempted(mine[0]) == f"model.py:{line}: kôd je htio {DEEDS[ACTS[act]]}; to je spriječeno."


def test_nothing_came_of_it(tried: tuple[Path, Examined]) -> None:
    folder, found = tried
    assert (folder / "moje.txt").read_text(encoding="utf-8") == "moje"
    assert sorted(each.name for each in folder.iterdir()) == ["du", "moje.txt"]
    assert [each.name for each in (folder / "du").iterdir()] == ["model.py"]
    assert len(found.attempts) == len(ACTS)
    assert found.judged["q1"].outcome == "agrees"


ENDLESS = UNIT.replace(
    "        super().__init__(nn", "        while True:\n            pass\n        super().__init__(nn"
)


@pytest.mark.stress
def test_a_loop_without_end_is_ended_and_the_other_questions_are_judged(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(
        f"{ENDLESS}\n\nclass IdentityModel(nn.Module):\n"
        "    def get_features(self, img):\n        return img.flatten(1)\n",
        encoding="utf-8",
    )
    found = examine(tmp_path, "lab4", (), questions("lab4", "q1", "q15"), causes=False, limit=20)
    assert found.broken == {"q1": "time"}
    assert "petlja bez kraja" in found.judged["q1"].why
    assert found.judged["q15"].outcome == "agrees"


HUNGRY = (
    UNIT.replace("        super().__init__(nn", "        torch.ones(10 << 28)  # 10 GiB\n        super().__init__(nn")
    + """

import os, threading


class IdentityModel(nn.Module):
    def __init__(self):
        super().__init__()
        threading.Thread(target=threading.Event().wait).start()

    def get_features(self, img):
        return img.flatten(1)
"""
)


def test_memory_has_a_limit_and_threads_end_with_the_process(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(HUNGRY, encoding="utf-8")
    found = examine(tmp_path, "lab4", (), questions("lab4", "q1", "q15"), causes=False, limit=60)
    assert found.judged["q1"].outcome == "unchecked"
    assert "memor" in found.judged["q1"].why.lower()
    assert found.judged["q15"].outcome == "agrees"
    assert found.threads >= 1
    said = telling.reported("lab4", questions("lab4", "q1", "q15"), frozenset(), found, 1.0).warnings
    assert any("dretve" in each for each in said)
