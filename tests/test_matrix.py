"""Trying versions: which ones are tried, and what counts as a proof that came out otherwise."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tools import drift, matrix

EVIDENCE: dict[str, Any] = {
    "snippet": {"code": "print(1)", "prints": "1\n"},
    "cases": [{"value": 0.25, "symbols": {}}],
    "claims": [{"name": "linear", "holds": True, "says": "najveće odstupanje 1,2e-7"}],
    "blocks": [{"type": "note", "text": "x"}],
}


def changed(part: str, *path: Any, to: object) -> dict[str, Any]:
    found = copy.deepcopy(EVIDENCE)
    inner = found[part]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return found


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (EVIDENCE, []),
        (changed("cases", 0, "value", to=0.25 + 1e-9), []),  # the last digits are a processor's
        (changed("cases", 0, "value", to=0.251), [("cases", True)]),
        (changed("cases", 0, "value", to=True), [("cases", True)]),
        (changed("claims", 0, "holds", to=False), [("claims", True)]),
        (changed("claims", 0, "name", to="other"), [("claims", True)]),
        (changed("claims", 0, "says", to="najveće odstupanje 3e-7"), [("claims", False)]),
        (changed("snippet", "prints", to="2\n"), [("snippet", False)]),
        (changed("blocks", 0, "text", to="y"), [("blocks", False)]),
        ({**EVIDENCE, "cases": []}, [("cases", True)]),
    ],
)
def test_only_what_a_verdict_is_made_of_is_drift(now: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    assert list(drift.drifted(EVIDENCE, now)) == expected
    assert [part for part, _ in drift.drifted(now, EVIDENCE)] == [part for part, _ in expected]


def test_the_lowest_versions_are_those_that_the_project_allows() -> None:
    found = matrix.wanted("lowest")
    assert all("==" in each for each in found)
    assert {each.partition(">=")[0] for each in matrix.needed()} <= {each.partition("==")[0] for each in found}
    assert "torch==2.9.0" in matrix.wanted("lowest", "2.9.0")
    newest = matrix.wanted("newest", "2.9.0")
    assert {"torch==2.9.0", "typer", "msgspec"} <= set(newest)


def test_an_environment_that_has_what_is_wanted_is_kept(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def run(command: list[object], *, check: bool) -> None:
        ran.append([str(each) for each in command])
        if "venv" in ran[-1]:
            python = tmp_path / "e" / ("Scripts/python.exe" if matrix.WINDOWS else "bin/python")
            python.parent.mkdir(parents=True)
            python.write_bytes(b"")

    monkeypatch.setattr(matrix.subprocess, "run", run)
    for what, times in ((["a==1"], 3), (["a==1"], 3), (["a==2"], 6)):
        matrix.environment(tmp_path / "e", "python3", what)
        assert len(ran) == times
    assert "a==2" in ran[4]
