"""The worker process: what a lab does inside it never reaches the student as noise, a hang or a traceback."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from quizlab.proof.runner import Worker
from tests.conftest import FAKES
from tests.proofs import code_of

UNIT = "lab4.unit_parameters"


def test_a_hook_runs_with_the_parameters_given() -> None:
    with Worker() as worker:
        for c_in in (1, 5, 32):
            reply = worker.run(UNIT, {"c_in": c_in, "c_out": 8, "kernel": 3})
            assert reply.evidence is not None
            assert reply.evidence.cases[0].value == 9 * c_in * 8 + 8 + 2 * c_in
    assert worker.versions["torch"]


def test_out_of_time_is_said_and_the_next_hook_gets_a_fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "slow_lab"))
    with Worker() as worker:
        worker.run("no.such", {})  # torch is loaded now
        worker.limit = 0.5
        start = time.monotonic()
        reply = worker.run(UNIT, {})
        assert time.monotonic() - start < 5
        assert reply.problem is not None
        assert (reply.problem.code, reply.problem.args) == ("timed_out", {"seconds": "0.5"})
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
        assert code_of(worker.run(UNIT, {"c_in": 7})) == "worker_died"
        assert code_of(worker.run(UNIT, {"c_in": 1})) == "hook_failed"


def test_without_torch_every_request_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "no_torch"))
    with Worker() as worker:
        for _ in range(2):
            assert code_of(worker.run(UNIT, {})) == "torch_missing"


def test_closing_from_another_thread_ends_a_running_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(FAKES / "slow_lab"))
    worker = Worker()
    worker.run("no.such", {})
    replies: list[object] = []
    thread = threading.Thread(target=lambda: replies.append(worker.run(UNIT, {})))
    thread.start()
    time.sleep(0.3)
    worker.close()
    thread.join(timeout=5)
    assert not thread.is_alive()
    worker.close()


def test_a_students_own_random_py_does_not_break_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "random.py").write_text("raise SystemExit('mine')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Worker() as worker:
        assert worker.run(UNIT, {}).evidence is not None
