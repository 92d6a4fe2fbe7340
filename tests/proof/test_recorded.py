"""Recorded proofs: whole, as the code computes them today, and not shown where that cannot be said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlab import bank
from quizlab.hooks import registry
from quizlab.model import Problem, Recorded
from quizlab.proof import presence, recorded, source, sources
from quizlab.proof.background import Prover
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from quizlab.proof.worker import Reply
from tests import samples
from tests.conftest import question
from tools import drift, proofs

LABS = [each.lab.name for each in registry.labs() if each.distribution == registry.OWN]
UNIT = "lab4.unit_parameters"
ASKED = {"kernel": 3, "c_in": 32, "c_out": 32}


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "state", lambda: "absent")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the recording, to break."""
    copy = tmp_path / "recordings"
    shutil.copytree(recorded.FOLDER, copy)
    recorded._sound.cache_clear()
    yield copy
    recorded._sound.cache_clear()


def keys(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [recorded.key(json.loads(line)["params"]) for line in lines]


@pytest.mark.parametrize("lab", LABS)
def test_all_that_a_session_can_ask_is_recorded_and_nothing_else(lab: str) -> None:
    hooks = proofs.wanted(lab)
    files = {path.stem: path for path in (recorded.FOLDER / lab).iterdir()}
    assert files.keys() == hooks.keys(), "make proofs"
    for hook, path in files.items():
        assert keys(path) == list(hooks[hook]), f"{hook}: make proofs"


@pytest.mark.parametrize("lab", LABS)
def test_the_recording_fits_the_code(lab: str) -> None:
    made = recorded.made_with(recorded.FOLDER, lab)
    assert made is not None
    assert {"code", "hooks", "numbers.py", "hooks/common.py", "hooks/faces.py"} <= set(made.sources)
    assert recorded.fingerprint(lab, made.sources) == made.sources, "the code of proofs changed: make proofs"


@pytest.mark.parametrize("path", bank.shipped(), ids=lambda path: path.stem)
def test_what_was_recorded_is_what_is_computed(path: Path) -> None:
    with Worker() as worker:
        for each in bank.load(path).questions:
            live, kept = verify(each, worker.run), recall(each)
            assert kept.recorded is not None
            assert live.recorded is None
            assert live.evidence is not None
            assert kept.evidence is not None
            was, now = (json.loads(recorded.line({}, one.evidence))["evidence"] for one in (kept, live))
            differs = [
                part
                for part, decides in drift.drifted(was, now)
                if decides or worker.versions["torch"] == kept.recorded.torch
            ]
            assert not differs, f"{each.id}: make proofs"
            assert (kept.verdict, kept.problems) == (live.verdict, live.problems)


def recall(asked):
    def run(hook, params, budget):
        found = recorded.evidence(hook, params)
        assert found is not None, (hook, params)
        return Reply(0, 0.0, found[0], recorded=found[1])

    return verify(asked, run)


def test_one_changed_source_and_nothing_of_the_lab_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recorded.evidence(UNIT, ASKED, folder) is not None
    made = recorded.made_with(folder, "lab4")
    assert made is not None
    for name in made.sources:
        changed = {**made.sources, name: "0" * 24}
        monkeypatch.setattr(recorded, "fingerprint", lambda lab, names, changed=changed: changed)
        recorded._sound.cache_clear()
        assert recorded.evidence(UNIT, ASKED, folder) is None, name


def test_an_edit_of_a_hook_is_noticed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = tmp_path / "lab4"
    shutil.copytree(registry.PACKAGE / "hooks" / "lab4", hooks)
    place = recorded._place
    monkeypatch.setattr(recorded, "_place", lambda lab, name: hooks if name == "hooks" else place(lab, name))
    assert recorded.evidence(UNIT, ASKED, folder) is not None
    with (hooks / "unit.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    recorded._sound.cache_clear()
    sources.digest.cache_clear()
    assert recorded.evidence(UNIT, ASKED, folder) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"sources": {}, "torch": "2", "python": "3", "date": "x"}', "\0"])
def test_without_a_sound_list_of_sources_nothing_is_shown(folder: Path, text: str) -> None:
    (folder / "lab4.json").write_text(text, encoding="utf-8")
    assert recorded.evidence(UNIT, ASKED, folder) is None


def test_what_was_not_recorded_or_is_damaged_is_not_there(folder: Path) -> None:
    assert recorded.evidence(UNIT, {**ASKED, "c_in": 33}, folder) is None
    assert recorded.evidence(UNIT, {**ASKED, "c_in": 32.0}, folder) is None
    assert recorded.evidence("lab4.no_such", {}, folder) is None
    assert recorded.evidence("lab9.unit", {}, folder) is None
    path = folder / "lab4" / f"{UNIT}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line[:200] for line in lines), encoding="utf-8")
    assert recorded.evidence(UNIT, ASKED, folder) is None
    path.unlink()
    assert recorded.evidence(UNIT, ASKED, folder) is None


def test_infinity_survives() -> None:
    found = samples.evidence(samples.Case((float("-inf"), 1.5)), first=True)
    text = recorded.line({"a": 1}, found)
    assert text.startswith(recorded.key({"a": 1}) + ",")
    assert recorded.msgspec.convert(json.loads(text)["evidence"], type(found)) == found


def test_last_digits_of_another_processor_are_no_change_and_all_else_is(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    old, noise, other = (json.dumps({"params": {}, "x": [1, number, "a"]}) for number in (0.5, 0.50000001, 0.51))
    assert proofs.put(path, [old], write=True)
    assert not proofs.put(path, [noise], write=True)
    assert path.read_text(encoding="utf-8") == old + "\n"
    assert proofs.put(path, [other], write=False)
    assert path.read_text(encoding="utf-8") == old + "\n"
    assert proofs.put(path, [other], write=True)
    assert path.read_text(encoding="utf-8") == other + "\n"
    assert not proofs.alike(1, 1.0)
    assert not proofs.alike(True, 1)


def test_without_torch_a_question_is_proved_by_what_was_recorded(without_torch: None) -> None:
    asked = question("q1")
    with source.Source() as found:
        assert not found.live
        finding = verify(asked, found.run)
    assert finding.verdict == "confirmed"
    assert finding.recorded == Recorded("2.13.0", finding.recorded.date)
    with source.Source() as found:
        reply = found.run(UNIT, {**ASKED, "c_in": 33})
    assert reply.problem == Problem("torch_missing")


class Loaded:
    """A worker whose torch is what a test says it is."""

    hello: Problem | None = None

    def __init__(self, limit: float) -> None:
        self.versions = {} if self.hello else {"torch": "2"}

    def run(self, hook, params, budget=None):
        return Reply(1, 0.1, problem=self.hello) if self.hello else Reply(1, 0.1, samples.evidence(first=True))

    def close(self) -> None:
        pass


def test_live_proofs_replace_recorded_ones_as_soon_as_torch_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"state": "arriving"}
    monkeypatch.setattr(source, "Worker", Loaded)
    monkeypatch.setattr(presence, "state", lambda: there["state"])
    monkeypatch.setattr(presence, "arriving", lambda: there["state"] == "arriving")
    monkeypatch.setattr(presence, "ended", lambda: Problem("torch_arrived"))
    asked = question("q1")
    with Prover() as prover:
        for _ in range(2):
            prover.want(asked)
            finding = prover.finding(asked)
            assert finding is not None
            assert finding.recorded is not None
        assert [prover.news(), prover.news()] == [Problem("torch_arriving"), None]
        there["state"] = "there"
        assert [prover.news(), prover.news()] == [Problem("torch_arrived"), None]
        prover.want(asked)
        finding = prover.finding(asked)
        assert finding is not None
        assert finding.recorded is None
        assert prover.versions == {"torch": "2"}


def test_a_broken_torch_is_called_broken_and_what_was_recorded_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Problem("torch_broken", {"why": "libgomp"})
    monkeypatch.setattr(source, "Worker", Loaded)
    monkeypatch.setattr(Loaded, "hello", broken)
    monkeypatch.setattr(presence, "state", lambda: "there")
    with source.Source() as found:
        assert found.live
        assert found.run(UNIT, ASKED).recorded is not None
        assert not found.live
        assert found.run(UNIT, {"c_in": 77}).problem == broken
        assert [found.news(), found.news()] == [broken, None]
