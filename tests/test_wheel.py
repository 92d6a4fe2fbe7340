"""A wheel installed far from the checkout finds its questions, its labs and its digits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import FAKES, ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_holds_what_it_needs_and_nothing_of_ours(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"quizlab/questions/lab4.yaml", "labs/lab4/data/LICENSE-MNIST.txt", "labs/lab4/data/README.md"} <= names
    assert any(name.startswith("labs/lab4/data/") and name.endswith(".gz") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/")) or "__pycache__" in name]
    (entry_points,) = (path for path in site.rglob("entry_points.txt"))
    assert "quizlab = quizlab.__main__:main" in entry_points.read_text(encoding="utf-8")


def test_it_proves_questions_far_from_the_checkout(site: Path, environment: dict[str, str], tmp_path: Path) -> None:
    env = environment | {"PYTHONPATH": str(site)}
    where = "import quizlab, labs; print(quizlab.__file__, labs.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert found.stdout.count(str(site)) == 2
    command = [sys.executable, "-P", "-m", "quizlab", "verify", "q1", "q7", "--json"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["verdict"] for one in json.loads(done.stdout)["findings"]] == ["confirmed", "confirmed"]


@pytest.mark.parametrize(("flag", "holds"), [("--html", b"quizlab.grade"), ("--anki", b"PK"), ("--moodle", b"<quiz>")])
def test_it_exports_far_from_the_checkout(
    site: Path, environment: dict[str, str], tmp_path: Path, flag: str, holds: bytes
) -> None:
    env = environment | {"PYTHONPATH": f"{FAKES / 'no_torch'}{os.pathsep}{site}"}
    command = [sys.executable, "-P", "-m", "quizlab", "export", flag, "q1", "-o", "izvoz"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert holds in (tmp_path / "izvoz").read_bytes()
