"""A start from nothing: what `start.py` decides, without a network."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from quizlab.proof import presence
from tests.conftest import ROOT


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`start.py` for a checkout of this test's own, whose .venv is empty."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    (venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "STATE": venv / "quizlab-torch.json",
        "LOG": venv / "torch.log",
    }.items():
        monkeypatch.setattr(module, name, value)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    return module


def installed(folder: Path, version: str) -> None:
    """A torch as pip leaves it in a folder."""
    (folder / "torch").mkdir(parents=True)
    info = folder / f"torch-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: torch\nVersion: {version}\n", encoding="utf-8")
    (info / "RECORD").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "fits"), [("2.13.0+cpu", True), ("2.100", True), ("2.5.1", False), ("1.13.1", False)]
)
def test_a_torch_that_the_student_has_is_used_if_its_version_fits(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool
) -> None:
    installed(tmp_path / "theirs", version)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "theirs")])
    start.link_yours()
    link = start.site_packages() / start.YOURS
    assert link.exists() == fits == start.there()
    if fits:
        assert link.read_text(encoding="utf-8") == f"{tmp_path / 'theirs'}\n"


def test_without_one_there_is_none(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    start.link_yours()
    assert not start.there()


def test_what_start_says_is_what_quizlab_reads(start: ModuleType) -> None:
    start.tell("arriving")
    assert start.arriving()
    assert presence.arriving(start.VENV)
    assert not start.there()
    start.tell("failed", "nema mreže")
    assert not presence.arriving(start.VENV)
    found = presence.ended(start.VENV)
    assert found is not None
    assert found.code == "torch_failed"
    assert found.args["why"] == "nema mreže"
    start.tell("arrived")
    found = presence.ended(start.VENV)
    assert found is not None
    assert found.code == "torch_arrived"
    start.tell("arriving")
    os.utime(start.STATE, (time.time() - 60, time.time() - 60))
    assert not start.arriving()
    assert start.STATE.name == presence.FILE
    assert start.QUIET == presence.QUIET


def test_half_of_a_torch_is_not_there(start: ModuleType) -> None:
    installed(start.site_packages(), "2.13.0")
    assert start.there()
    start.tell("arriving")
    assert not start.there(), "while it is installed"
    start.tell("failed", "prekinuto")
    assert not start.there(), "after an installation that failed it is tried again"
    start.tell("arrived")
    assert start.there()
    (start.site_packages() / "torch-2.13.0.dist-info" / "RECORD").unlink()
    assert not start.there()


class Ran:
    def __init__(self, loads: list[int], pip: int = 0) -> None:
        self.loads, self.pip, self.commands = loads, pip, []

    def __call__(self, command: list[str], **_more: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if "config" in command:
            return subprocess.CompletedProcess(command, 0, stdout="global.timeout='60'\n")
        return subprocess.CompletedProcess(command, self.loads.pop(0) if "-c" in command[:3] else self.pip)


def test_one_that_loads_is_not_installed_again(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (start.site_packages() / start.YOURS).write_text("x", encoding="utf-8")
    ran = Ran([0])
    monkeypatch.setattr(subprocess, "run", ran)
    assert start.fetch() == 0
    assert len(ran.commands) == 1
    assert json.loads(start.STATE.read_text(encoding="utf-8"))["state"] == "arrived"


def test_one_that_does_not_load_is_replaced(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(start.site_packages(), "2.13.0")
    (start.site_packages() / start.YOURS).write_text("x", encoding="utf-8")
    ran = Ran([1, 0])
    monkeypatch.setattr(subprocess, "run", ran)
    assert start.fetch() == 0
    assert not (start.site_packages() / start.YOURS).exists()
    assert "--force-reinstall" in ran.commands[-2]
    assert {"torch", "numpy", "matplotlib", "constraints.txt"} <= set(ran.commands[-2])


@pytest.mark.parametrize(
    ("loads", "pip", "why"), [([], 1, "instalacija nije uspjela"), ([1], 0, "instaliran je, ali se ne učitava")]
)
def test_why_it_did_not_come_is_said(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, loads: list[int], pip: int, why: str
) -> None:
    monkeypatch.setattr(subprocess, "run", Ran(loads, pip))
    assert start.fetch() == 1
    told = json.loads(start.STATE.read_text(encoding="utf-8"))
    assert (told["state"], told["why"]) == ("failed", why)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere PyPI has no other build")
def test_the_cpu_build_is_asked_for_unless_the_student_has_an_index(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(subprocess, "run", Ran([]))
    assert start.cpu() == ["--extra-index-url", start.CPU]
    assert start.CPU in (ROOT / "README.md").read_text(encoding="utf-8")
    monkeypatch.setenv("PIP_FIND_LINKS", "/disk")
    assert start.cpu() == []


def test_ctrl_c_and_the_end_of_a_session_are_no_error_for_make(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for status, expected in ((0, 0), (130, 0), (-2, 0), (3, 3)):

        class Session:
            def __init__(self, command: list[str], status: int = status) -> None:
                self.returncode: int | None = None
                self.waits = iter([KeyboardInterrupt, status])

            def wait(self) -> None:
                came = next(self.waits)
                if came is KeyboardInterrupt:
                    raise KeyboardInterrupt
                self.returncode = came  # type: ignore[assignment]

        monkeypatch.setattr(subprocess, "Popen", Session)
        assert start.practise(["lab4"]) == expected
