"""Evidence is computed once, and nothing that happens to its cache can change what is said."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizlab.model import Atom, Case, Problem
from quizlab.proof import archive, source, sources
from quizlab.proof.budget import Budget
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from quizlab.proof.worker import Reply
from tests import samples
from tests.conftest import ROOT
from tests.plugins import plugin

VERSIONS = {"python": "3", "torch": "2"}
MEASURED = samples.evidence(Case(9312), first=True)


class FakeWorker:
    """A worker that counts what it is asked, and fails where it is told to."""

    asked: ClassVar[list[str]] = []
    broken = False
    sources: ClassVar[list[Path]] = []

    def __init__(self, limit: float) -> None:
        self.versions = VERSIONS

    def run(self, hook: str, params: Mapping[str, Atom], budget: Budget | None = None) -> Reply:
        self.asked.append(hook)
        known = {str(path): sources.digest(str(path)) for path in self.sources}
        return Reply(1, 0.5, problem=Problem("worker_died")) if self.broken else Reply(1, 0.5, MEASURED, sources=known)

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> type[FakeWorker]:
    monkeypatch.setattr(FakeWorker, "asked", [])
    monkeypatch.setattr(FakeWorker, "broken", False)
    monkeypatch.setattr(FakeWorker, "sources", [])
    monkeypatch.setattr(source, "Worker", FakeWorker)
    return FakeWorker


def ran(cache: Path | None, hook: str = "h", **params: Atom) -> Reply:
    sources.digest.cache_clear()  # as in a process of its own
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


CHANGES = {
    "edited": lambda path: path.write_text("other"),
    "edited with its time and size": lambda path: (path.write_text("SAME"), os.utime(path, (1, 1))),
    "moved": lambda path: path.rename(path.with_name("moved.py")),
    "unreadable": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_a_module_that_was_imported_computes_anew(
    tmp_path: Path, worker: type[FakeWorker], change: str
) -> None:
    path = tmp_path / "any" / "where.py"  # wherever it lies: no pattern names it
    path.parent.mkdir()
    path.write_text("same")
    os.utime(path, (1, 1))
    worker.sources.append(path)
    for _ in range(2):
        ran(tmp_path / "cache")
    assert len(worker.asked) == 1
    CHANGES[change](path)
    ran(tmp_path / "cache")
    assert len(worker.asked) == 2


@pytest.mark.parametrize("name", ["digits.bin", "new.bin", "deep/er.csv"])
def test_a_change_of_a_labs_data_computes_anew(tmp_path: Path, worker: type[FakeWorker], name: str) -> None:
    folder = tmp_path / "lab9"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "digits.bin").write_text("a")
    worker.sources.append(folder)
    ran(tmp_path / "cache")
    (folder / "__pycache__" / "x.pyc").write_text("compiled")
    ran(tmp_path / "cache")
    assert len(worker.asked) == 1
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("b")
    ran(tmp_path / "cache")
    assert len(worker.asked) == 2


def test_what_has_an_unreadable_source_is_not_kept(tmp_path: Path, worker: type[FakeWorker]) -> None:
    worker.sources.append(tmp_path / "gone.py")
    for _ in range(2):
        assert ran(tmp_path / "cache").evidence == MEASURED
    assert len(worker.asked) == 2


def test_the_sources_are_what_was_really_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a module that lies elsewhere and is imported while the hook runs; neither torch nor the library."""
    helper = tmp_path / "elsewhere" / "rarely_needed.py"
    helper.parent.mkdir()
    helper.write_text("NUMBER = 2\n")
    code = plugin.CODE + "\n\ndef late():\n    import rarely_needed\n    return rarely_needed.NUMBER\n"
    hooks = plugin.HOOKS.replace("    layer =", "    outputs = lab.late()\n    layer =")
    package = plugin.installed(tmp_path / "site-packages", code=code, hooks=hooks)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, [package.parent, helper.parent])))
    with Worker() as process:
        found = process.run("lab5.dense_parameters", {"outputs": 1}).sources
        ours = process.run("lab4.unit_parameters", {}).sources
    assert {helper, package, package / "code.py", package / "hooks.py"} - {package} <= set(map(Path, found))
    assert found[str(helper)] == sources.digest(str(helper))
    assert {
        ROOT / "quizlab/model.py",
        ROOT / "quizlab/hooks/common.py",
        ROOT / "labs/lab4/unit.py",
        ROOT / "labs/lab4",
    } <= set(map(Path, ours))
    for path in ours:
        assert not {"torch", "numpy", "msgspec", "json"} & set(Path(path).parts)


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
