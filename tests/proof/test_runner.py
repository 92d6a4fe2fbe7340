"""The worker process: what a lab does inside it never reaches the student as noise, a hang or a traceback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlab.model import Problem
from quizlab.proof.runner import Worker
from quizlab.proof.worker import Reply
from tests.conftest import FAKES

UNIT = "lab4.unit_parameters"


def test_a_hook_runs_with_the_parameters_given() -> None:
    with Worker() as worker:
        for c_in in (1, 5, 32):
            reply = worker.run(UNIT, {"c_in": c_in, "c_out": 8, "kernel": 3})
            assert reply.evidence is not None
            assert reply.evidence.cases[0].value == 9 * c_in * 8 + 8 + 2 * c_in
    assert worker.versions["torch"]


@pytest.fixture
def lab4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a lab of this source in the place of lab 4."""

    def put(source: str) -> None:
        folder = tmp_path / "labs"
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
        (folder / "lab4.py").write_text(source, encoding="utf-8")
        for compiled in folder.rglob("*.pyc"):  # of a source of the same size and second
            compiled.unlink()
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return put


def problem_of(reply: Reply) -> Problem:
    assert reply.evidence is None
    assert reply.problem is not None
    return reply.problem


def warm(worker: Worker) -> None:
    """Have the worker load torch and the lab, of which this hook wants something that it lacks."""
    assert problem_of(worker.run("lab4.separation", {})).code == "hook_failed"
    assert worker.versions["torch"]


def test_out_of_time_is_said_and_the_next_hook_gets_a_fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "slow_lab"))
    with Worker() as worker:
        warm(worker)
        slow = worker._process
        worker.limit = 0.5
        start = time.monotonic()
        problem = problem_of(worker.run(UNIT, {}))
        assert 0.5 <= time.monotonic() - start < 5
        assert (problem.code, problem.args) == ("timed_out", {"seconds": "0.5"})
        assert slow.poll() is not None
        monkeypatch.delenv("PYTHONPATH")
        worker.limit = 60
        worker._restart()
        assert worker.run(UNIT, {}).evidence is not None


def test_what_a_lab_prints_never_reaches_the_pipe_and_its_failure_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "rude_lab"))
    with Worker() as worker:
        reply = worker.run(UNIT, {"c_in": 1})
        assert reply.problem is not None
        assert reply.problem.code == "hook_failed"
        assert reply.problem.args["what"] == "RuntimeError"
        assert reply.problem.args["message"] == "jedinica se ne da složiti [bold]1[/bold]"
        assert reply.problem.args["where"].startswith("lab4.py:")
        again = worker.run(UNIT, {"c_in": 2})
        assert again.problem is not None
        assert again.number == reply.number + 1
    assert capfd.readouterr() == ("", "")


def test_a_lab_that_kills_the_process_costs_one_answer_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "rude_lab"))
    with Worker() as worker:
        assert problem_of(worker.run(UNIT, {"c_in": 7})).code == "worker_died"
        assert problem_of(worker.run(UNIT, {"c_in": 1})).code == "hook_failed"


IMPORTS = {
    "x = 1\ndef (\n": ("SyntaxError", "lab4.py:2"),
    "\nimport no_such_package\n": ("ModuleNotFoundError", "lab4.py:2"),
    "\n\nfrom labs import nothing_there\n": ("ImportError", "lab4.py:3"),
    "def f():\n    return 1 / 0\nf()\n": ("ZeroDivisionError", "lab4.py:2"),
    "import sys\nsys.exit(2)\n": ("SystemExit", "lab4.py:2"),
    "raise KeyboardInterrupt\n": ("KeyboardInterrupt", "lab4.py:1"),
    "input()\n": ("EOFError", "lab4.py:1"),
}


def test_a_lab_that_cannot_be_imported_is_a_problem_with_its_place_and_the_worker_lives_on(
    lab4: Callable[[str], None],
) -> None:
    lab4("")  # its folder is on the path of the process that starts now
    with Worker() as worker:
        process = worker._process
        for source, (what, where) in IMPORTS.items():
            lab4(source)
            for hook in (UNIT, "lab4.separation"):
                problem = problem_of(worker.run(hook, {}))
                assert problem.code == "lab_failed"
                assert (problem.args["lab"], problem.args["what"], problem.args["where"]) == ("lab4", what, where)
        assert worker._process is process
        assert process.poll() is None


def test_without_torch_every_request_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "no_torch"))
    with Worker() as worker:
        for _ in range(2):
            problem = worker.run(UNIT, {}).problem
            assert problem is not None
            assert problem.code == "torch_missing"


def test_closing_from_another_thread_ends_a_running_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "slow_lab"))
    worker = Worker()
    warm(worker)
    replies: list[Reply] = []
    thread = threading.Thread(target=lambda: replies.append(worker.run(UNIT, {})), daemon=True)
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
