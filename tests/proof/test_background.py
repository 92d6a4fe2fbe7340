"""Proofs in the background: whatever happens there, the student is answered and never waits for nothing."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest

from quizlab.model import AnyQuestion, Finding, Problem, Verify
from quizlab.proof import background
from quizlab.proof.background import Prover
from quizlab.proof.runner import Worker
from quizlab.proof.verify import could_not_run
from quizlab.telling import sentences
from tests.plugins import plugin
from tests.samples import number
from tests.thinned import thinned


def test_a_fault_while_proving_is_a_finding_and_no_endless_wait(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*args: Any) -> None:
        raise ZeroDivisionError("naša greška")

    monkeypatch.setattr(background, "verify", fail)
    found: list[Any] = []
    with Prover() as proving:
        proving.want(number())
        waiting = threading.Thread(target=lambda: found.append(proving.finding(number())), daemon=True)
        waiting.start()
        waiting.join(timeout=10)
        assert not waiting.is_alive()
        proving.want(number(id="n2"))
        assert proving.finding(number(id="n2")) is not None
    (finding,) = found
    assert finding.verdict == "error"
    assert finding.problems[0].code == "hook_failed"
    assert finding.problems[0].args["what"] == "ZeroDivisionError"
    assert "Traceback" not in capfd.readouterr().err


DYING = """\
import os
from pathlib import Path

def dense(*args, **more):
    first = not Path(os.environ["TRIED"]).exists()
    Path(os.environ["TRIED"]).write_text("x")
    return os._exit(9) if first else 8
"""
HOOKS = """\
from quizlab.model import Case, Evidence, Snippet
from tests.thinned import thinned

HOOKS = {"lab5.unit": lambda lab: Evidence(Snippet("", ""), cases=(Case(lab.dense()),))}
"""


@pytest.mark.parametrize("way", thinned(["want", "again"], 2))
def test_a_proof_whose_worker_died_is_tried_again(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin.installed(tmp_path, code=DYING, hooks=HOOKS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("TRIED", str(tmp_path / "tried"))
    asked = number(verify=Verify("lab5.unit"), params={}, answer="8", mistakes=())
    with Prover() as proving:
        proving.want(asked)
        died = proving.finding(asked)
        assert died is not None
        assert [problem.code for problem in died.problems] == ["worker_died"]
        getattr(proving, way)(asked)
        found = proving.finding(asked)
        assert found is not None
        assert found.verdict == "confirmed"
        proving.again(asked)
        assert proving.ready(asked), "what is proved is not proved again"


def test_a_process_that_cannot_be_started_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: Any) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(background, "verify", refused)
    with Prover() as proving:
        proving.want(number())
        finding = proving.finding(number())
    assert finding is not None
    assert [each.code for each in finding.problems] == ["no_room"]
    said = sentences.problem(finding.problems[0])
    assert "otvoreno je previše datoteka" in said
    assert "Too many" not in said


def test_what_nobody_wished_for_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "run", lambda self, hook, params: pytest.fail("not asked for"))
    with Prover() as proving:
        assert proving.finding(number()) is None


def test_a_wish_that_has_not_begun_is_dropped_for_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    at_work, go_on = threading.Event(), threading.Event()

    def slow(question: AnyQuestion, run: object) -> Finding:
        begun.append(question.id)
        at_work.set()
        assert go_on.wait(timeout=10)
        return could_not_run(question, Problem("nothing_measured"), 0.0)

    monkeypatch.setattr(background, "verify", slow)
    first, forgotten, last = (number(id=name) for name in ("n1", "n2", "n3"))
    with Prover() as proving:
        proving.want(first)
        assert at_work.wait(timeout=10)
        proving.want(forgotten)
        proving.want(last)
        go_on.set()
        assert proving.finding(last) is not None
        assert proving.finding(first) is not None, "what has begun is finished"
        assert proving.finding(forgotten) is None
    assert begun == ["n1", "n3"]
