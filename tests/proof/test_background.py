"""Proofs in the background: whatever happens there, the student is answered and never waits for nothing."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from quizlab.proof import background
from quizlab.proof.background import Prover
from quizlab.proof.runner import Worker
from tests.samples import number


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


def test_only_the_last_wish_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker, "run", lambda self, hook, params: pytest.fail("not asked for"))
    with Prover() as proving:
        assert proving.finding(number()) is None
