"""The worker process: what a lab does inside it never reaches the student as noise, a hang or a traceback."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlab.model import Problem
from quizlab.proof import recorded
from quizlab.proof.runner import Worker
from quizlab.proof.source import Source
from quizlab.proof.worker import Reply
from tests.conftest import FAKES
from tests.plugins import plugin
from tests.proofs import code_of

UNIT = "lab4.unit_parameters"


def test_a_hook_runs_with_the_parameters_given() -> None:
    with Worker() as worker:
        for c_in in (1, 5, 32):
            reply = worker.run(UNIT, {"c_in": c_in, "c_out": 8, "kernel": 3})
            assert reply.evidence is not None
            assert reply.evidence.cases[0].value == 9 * c_in * 8 + 8 + 2 * c_in
    assert worker.versions["torch"]


HOOKS = """\
from quizlab.model import Case, Evidence, Snippet


def made(value):
    return Evidence(Snippet("", ""), cases=(Case(value),))


def unit(lab, *, inputs: int = 1):
    return made(lab.dense(inputs, 2))


def idle(lab):
    return made(1)


HOOKS = {f"lab5.{name}": globals()[name] for name in ("unit", "idle")}
"""


@pytest.fixture
def lab5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a lab of this code for the workers that start afterwards."""

    def put(code: str) -> None:
        package = plugin.installed(tmp_path, code=code, hooks=HOOKS)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        for compiled in package.rglob("*.pyc"):  # of a source of the same size and second
            compiled.unlink()

    return put


def problem_of(reply: Reply) -> Problem:
    assert reply.evidence is None
    assert reply.problem is not None
    return reply.problem


def warm(worker: Worker) -> None:
    """Have the worker load torch and the lab."""
    assert worker.run("lab5.idle", {}).evidence is not None
    assert worker.versions["torch"]


def test_out_of_time_is_said_and_the_next_hook_gets_a_fresh_process(lab5: Callable[[str], None]) -> None:
    lab5(plugin.SLOW)
    with Worker() as worker:
        warm(worker)
        slow = worker._process
        worker.limit = 0.5
        start = time.monotonic()
        problem = problem_of(worker.run("lab5.unit", {}))
        assert 0.5 <= time.monotonic() - start < 5
        assert (problem.code, problem.args) == ("timed_out", {"seconds": "0,5"})
        assert slow.poll() is not None
        worker.limit = 60
        assert worker.run("lab5.idle", {}).evidence is not None


def test_what_a_lab_prints_never_reaches_the_pipe_and_its_failure_is_one_sentence(
    lab5: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    lab5(plugin.RUDE)
    with Worker() as worker:
        reply = worker.run("lab5.unit", {"inputs": 1})
        assert reply.problem is not None
        assert reply.problem.code == "hook_failed"
        assert reply.problem.args["what"] == "RuntimeError"
        assert reply.problem.args["message"] == "jedinica se ne da složiti [bold]1[/bold]"
        assert reply.problem.args["where"].startswith("code.py:")
        again = worker.run("lab5.unit", {"inputs": 2})
        assert again.problem is not None
        assert again.number == reply.number + 1
    assert capfd.readouterr() == ("", "")


def test_a_lab_that_kills_the_process_costs_one_answer_only(lab5: Callable[[str], None]) -> None:
    lab5(plugin.RUDE)
    with Worker() as worker:
        assert problem_of(worker.run("lab5.unit", {"inputs": 7})).code == "worker_died"
        assert problem_of(worker.run("lab5.unit", {"inputs": 1})).code == "hook_failed"


IMPORTS = {
    "x = 1\ndef (\n": ("SyntaxError", "code.py:2"),
    "\nimport no_such_package\n": ("ModuleNotFoundError", "code.py:2"),
    "\n\nfrom quizlab_lab5 import nothing_there\n": ("ImportError", "code.py:3"),
    "def f():\n    return 1 / 0\nf()\n": ("ZeroDivisionError", "code.py:2"),
    "import sys\nsys.exit(2)\n": ("SystemExit", "code.py:2"),
    "raise KeyboardInterrupt\n": ("KeyboardInterrupt", "code.py:1"),
    "input()\n": ("EOFError", "code.py:1"),
}


def test_a_lab_that_cannot_be_imported_is_a_problem_with_its_place_and_the_worker_lives_on(
    lab5: Callable[[str], None],
) -> None:
    lab5("")  # its folder is on the path of the process that starts now
    with Worker() as worker:
        process = worker._process
        for source, (what, where) in IMPORTS.items():
            lab5(source)
            for hook in ("lab5.unit", "lab5.idle"):
                problem = problem_of(worker.run(hook, {}))
                assert problem.code == "lab_failed"
                assert problem.args["why"].startswith(f"{what} ({where})")
        assert worker._process is process
        assert process.poll() is None


UNSENDABLE = {
    "import torch\ndef dense(*args):\n    return torch.ones(1)\n": "Tensor",
    "def dense(*args):\n    return 10**40\n": "64",
    "def dense(*args):\n    return {1: object()}\n": "object",
}


@pytest.mark.stress
def test_what_no_message_can_hold_is_a_problem_and_the_worker_lives_on(lab5: Callable[[str], None]) -> None:
    for code, why in UNSENDABLE.items():
        lab5(code)
        with Worker() as worker:
            problem = problem_of(worker.run("lab5.unit", {}))
            assert (problem.code, problem.args["where"]) == ("evidence_unsendable", "hooks.py:8")
            assert why in problem.args["message"]
            process = worker._process
            assert worker.run("lab5.idle", {}).evidence is not None
            assert worker._process is process


def test_without_torch_every_request_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "no_torch"))
    with Worker() as worker:
        for _ in range(2):
            assert code_of(worker.run(UNIT, {})) == "torch_missing"


BROKEN = {
    "raise OSError('libcudart.so.12: cannot open shared object file')": "OSError (__init__.py:1): libcudart.so.12",
    "raise ImportError('undefined symbol: _ZN')": "ImportError (__init__.py:1): undefined symbol",
    "raise RuntimeError('numpy was compiled with another ABI')": "RuntimeError (__init__.py:1)",
    "import no_such_part_of_torch": "ModuleNotFoundError (__init__.py:1)",
    "x = (": "SyntaxError (__init__.py:1)",
    "version = 2": "AttributeError",
    "import sys; sys.exit(7)": "SystemExit (__init__.py:1): 7",
    "import os; os._exit(7)": "proces se ruši pri učitavanju, status 7",
    "raise MemoryError": "MemoryError (__init__.py:1)",
    "def f(): f()\nf()": "RecursionError (__init__.py:1)",
    "": "AttributeError",
    "import faulthandler; faulthandler._sigsegv()": "proces se ruši pri učitavanju, status ",
    "import os; os.abort()": "proces se ruši pri učitavanju, status ",
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_torch_that_is_broken_in_any_way_is_called_broken(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker() as worker:
        problem = problem_of(worker.run(UNIT, {}))
    assert problem.code == "torch_broken"
    assert problem.args["why"].startswith(BROKEN[code])


def test_a_torch_of_which_only_a_folder_is_left_or_without_numpy_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text("raise ModuleNotFoundError('No numpy', name='numpy')", "utf-8")
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("def set_num_threads(n): pass\n__version__ = '2'", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker() as worker:
        assert problem_of(worker.run(UNIT, {})).args["why"].startswith("ModuleNotFoundError")
    assert not worker.versions


@pytest.mark.parametrize("code", ["import sys; sys.exit(7)", "import os; os.abort()"])
def test_a_broken_torch_is_tried_once_and_not_for_every_question(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(
        f"print(1, file=open(r'{tmp_path / 'tries'}', 'a'))\n{code}", "utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(recorded, "evidence", lambda hook, params: None)
    with Source() as source:
        problems = [problem_of(source.run(UNIT, {})) for _ in range(4)]
        assert {problem.code for problem in problems} == {"torch_broken"}
        assert len({problem.args["why"] for problem in problems}) == 1
        assert source.news() == problems[0]
        assert source.news() is None, "said once"
        tries = (tmp_path / "tries").read_text(encoding="utf-8").count("1")
    assert tries <= 2, "the second is the process that stands ready after one that crashed"


BUSY = """\
import os, time
from pathlib import Path

def dense(*args):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with Path(os.environ["BEATS"]).open("a") as beats:
            beats.write(".")
        sum(range(20_000))
    return 1
"""


def test_the_worker_ends_with_its_parent_in_the_middle_of_a_proof(
    lab5: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = tmp_path / "beats"
    monkeypatch.setenv("BEATS", str(beats))
    lab5(BUSY)
    code = "from quizlab.proof.runner import Worker; Worker().run('lab5.unit', {})"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.DEVNULL) as parent:
        while not beats.exists():
            assert parent.poll() is None
            time.sleep(0.05)
        parent.kill()  # it can tell its worker nothing
    seen, end = -1, time.monotonic() + 15
    while seen != (seen := beats.stat().st_size):
        assert time.monotonic() < end, "the worker goes on computing"
        time.sleep(1)


def test_closing_from_another_thread_ends_a_running_hook(lab5: Callable[[str], None]) -> None:
    lab5(plugin.SLOW)
    worker = Worker()
    warm(worker)
    replies: list[Reply] = []
    thread = threading.Thread(target=lambda: replies.append(worker.run("lab5.unit", {})), daemon=True)
    thread.start()
    time.sleep(0.3)
    assert thread.is_alive()
    worker.close()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert problem_of(replies[0]).code == "worker_died"
    worker.close()


def test_a_students_own_random_py_does_not_break_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "random.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Worker() as worker:
        assert worker.run(UNIT, {}).evidence is not None
