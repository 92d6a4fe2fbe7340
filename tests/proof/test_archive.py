"""Evidence is computed once, and nothing that happens to its cache can change what is said."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizlab.model import Atom, Case, Problem
from quizlab.proof import archive
from quizlab.proof.verify import verify
from quizlab.proof.worker import Reply
from tests import samples
from tests.conftest import ROOT

VERSIONS = {"python": "3", "torch": "2"}
MEASURED = samples.evidence(Case(9312), first=True)


class FakeWorker:
    """A worker that counts what it is asked, and fails where it is told to."""

    asked: ClassVar[list[str]] = []
    broken = False

    def __init__(self, limit: float) -> None:
        self.versions = VERSIONS

    def run(self, hook: str, params: Mapping[str, Atom]) -> Reply:
        self.asked.append(hook)
        return Reply(1, 0.5, problem=Problem("worker_died")) if self.broken else Reply(1, 0.5, MEASURED)

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> type[FakeWorker]:
    monkeypatch.setattr(FakeWorker, "asked", [])
    monkeypatch.setattr(FakeWorker, "broken", False)
    monkeypatch.setattr(archive, "Worker", FakeWorker)
    return FakeWorker


def ran(cache: Path | None, hook: str = "h", **params: Atom) -> Reply:
    with archive.Archive(cache) as kept:
        reply = kept.run(hook, params)
        assert kept.versions == VERSIONS
    return reply


def files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_what_was_computed_is_not_computed_again(tmp_path: Path, worker: type[FakeWorker]) -> None:
    replies = [ran(tmp_path, c=1), ran(tmp_path, c=1)]
    assert worker.asked == ["h"]
    assert [(each.evidence, each.seconds, each.problem) for each in replies] == [(MEASURED, 0.5, None)] * 2


def test_without_a_place_everything_is_computed(worker: type[FakeWorker]) -> None:
    for _ in range(2):
        assert ran(None).evidence == MEASURED
    assert worker.asked == ["h", "h"]


def test_a_failure_is_not_kept(tmp_path: Path, worker: type[FakeWorker]) -> None:
    worker.broken = True
    assert ran(tmp_path).problem == Problem("worker_died")
    worker.broken = False
    assert ran(tmp_path).evidence == MEASURED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("h", {"c": 1}), ("g", {"c": 1})),
        (("h", {"c": 1}), ("h", {"c": 2})),
        (("h", {"c": 1}), ("h", {"d": 1})),
        (("h", {"c": 1}), ("h", {"c": 1.0})),
        (("h", {"c": 1}), ("h", {"c": True})),
        (("h", {"c": 1}), ("h", {"c": "1"})),
        (("h", {}), ("h", {"c": 1})),
    ],
)
def test_entries_are_told_apart(one: tuple[str, dict[str, Atom]], other: tuple[str, dict[str, Atom]]) -> None:
    assert archive.entry(*one) != archive.entry(*other)


def test_the_order_of_parameters_is_no_difference() -> None:
    assert archive.entry("h", {"a": 1, "b": 2}) == archive.entry("h", {"b": 2, "a": 1})


def test_other_versions_of_torch_and_python_compute_anew(
    tmp_path: Path, worker: type[FakeWorker], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(tmp_path)
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "99")
    ran(tmp_path)
    monkeypatch.setattr(archive.platform, "python_version", lambda: "4.0")
    ran(tmp_path)
    assert len(worker.asked) == 3


@pytest.mark.parametrize("name", ["hooks/lab9/__init__.py", "hooks/common.py", "model.py", "wording.py", "worker.py"])
def test_a_change_of_source_computes_anew(
    tmp_path: Path, worker: type[FakeWorker], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(archive, "PACKAGE", tmp_path / "quizlab")
    path = tmp_path / "quizlab" / name
    path.parent.mkdir(parents=True)
    for text in ("a", "b", "b"):
        path.write_text(text)
        ran(tmp_path / "cache")
    assert len(worker.asked) == 2


def test_a_change_of_a_lab_computes_anew(
    tmp_path: Path, worker: type[FakeWorker], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("labs/__init__.py", "labs/lab9/data/digits.bin"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.delitem(sys.modules, "labs", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    for text in ("a", "b", "b"):
        (tmp_path / "labs/lab9/data/digits.bin").write_text(text)
        ran(tmp_path / "cache")
    assert len(worker.asked) == 2


def test_the_source_is_the_same_in_another_process() -> None:
    code = "from quizlab.proof import archive; print(archive.source(), archive.entry('h', {'b': 1, 'a': 'č'}))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in "123"
    }
    assert len(made) == 1


def test_without_torch_what_any_torch_computed_is_taken(
    tmp_path: Path, worker: type[FakeWorker], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(tmp_path)

    def absent(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", absent)
    assert ran(tmp_path).evidence == MEASURED
    assert worker.asked == ["h"]


def test_old_states_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        monkeypatch.setattr(importlib.metadata, "version", lambda _, number=number: str(number))
        ran(tmp_path)
        (folder,) = (each for each in (tmp_path / "evidence").iterdir() if each.name.endswith(f"-{number}"))
        os.utime(folder, (number, number))
    left = sorted(each.name[-1] for each in (tmp_path / "evidence").iterdir())
    assert left == ["3", "4", "5"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_one_changed_byte_computes_anew(tmp_path: Path, worker: type[FakeWorker], data: st.DataObject) -> None:
    ran(tmp_path)
    (path,) = files(tmp_path)
    sound = path.read_bytes()
    at = data.draw(st.integers(0, len(sound) - 1))
    path.write_bytes(sound[:at] + bytes([sound[at] ^ data.draw(st.integers(1, 255))]) + sound[at + 1 :])
    worker.asked.clear()
    assert ran(tmp_path).evidence == MEASURED
    assert worker.asked == ["h"]
    assert path.read_bytes() == sound


@pytest.mark.parametrize("damage", [b"", b"x", b"\x80" * 40])
def test_whatever_lies_there_is_ignored(tmp_path: Path, damage: bytes) -> None:
    ran(tmp_path)
    (path,) = files(tmp_path)
    path.write_bytes(damage)
    assert ran(tmp_path).evidence == MEASURED
    path.unlink()
    path.mkdir()
    assert ran(tmp_path).evidence == MEASURED


def test_a_place_that_cannot_be_written_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    assert ran(tmp_path / "file").evidence == MEASURED
    assert ran(tmp_path / "file" / "cache").evidence == MEASURED

    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("write_bytes", "mkdir", "replace", "iterdir", "read_bytes"):
        with monkeypatch.context() as patched:
            patched.setattr(Path, name, refuse)
            assert ran(tmp_path / name).evidence == MEASURED


def test_what_is_kept_is_judged_anew(tmp_path: Path) -> None:
    with archive.Archive(tmp_path) as kept:
        assert verify(samples.shape(), kept.run).verdict == "refuted"
    with archive.Archive(tmp_path) as kept:
        question = samples.number(answer=9312, mistakes=(), params={})
        found = verify(question, kept.run)
    assert found.verdict == "confirmed"
    assert found.evidence == MEASURED


def test_the_labs_are_found() -> None:
    names = {path.name for _, path in archive._sources()}
    assert {"unit.py", "faces.py", "model.py"} <= names
