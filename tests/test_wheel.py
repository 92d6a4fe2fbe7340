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
    data = "quizlab/labs/lab4/data/"
    assert {"quizlab/questions/lab4.yaml", f"{data}LICENSE-MNIST.txt", f"{data}README.md"} <= names
    assert any(name.startswith(data) and name.endswith(".gz") for name in names)
    assert {name.partition("/")[0] for name in names} == {"quizlab", "quizlab-0.1.0.dist-info"}
    assert not [name for name in names if "__pycache__" in name]
    (entry_points,) = (path for path in site.rglob("entry_points.txt"))
    written = entry_points.read_text(encoding="utf-8")
    assert "quizlab = quizlab.__main__:main" in written
    assert "[quizlab.labs]\nlab3 = quizlab.labs:LAB3\nlab4 = quizlab.labs:LAB4\ntorch = quizlab.labs:TORCH\n" in written


FOREIGN = "raise SystemExit('a lab of the student was loaded')"


@pytest.mark.parametrize("where", ["wheel", "checkout"])
def test_a_students_labs_neither_shadow_ours_nor_are_shadowed(
    site: Path, environment: dict[str, str], tmp_path: Path, where: str
) -> None:
    theirs = tmp_path / "theirs"
    for name, text in {"labs/__init__.py": "MINE = 1", "labs/lab4.py": FOREIGN, "lab4.py": FOREIGN}.items():
        (theirs / name).parent.mkdir(parents=True, exist_ok=True)
        (theirs / name).write_text(text, encoding="utf-8")
    env = environment | {"PYTHONPATH": os.pathsep.join(map(str, [theirs, site if where == "wheel" else ROOT]))}
    command = [sys.executable, "-m", "quizlab", "verify", "q1", "q27", "--json"]
    done = subprocess.run(command, cwd=theirs, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["verdict"] for one in json.loads(done.stdout)["findings"]] == ["confirmed", "confirmed"]
    asked = "import labs, quizlab.labs.lab4 as ours; print(labs.MINE, labs.__file__, ours.__file__)"
    run = [sys.executable, "-c", asked]
    found = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    mine, labs, ours = found.stdout.split()
    assert (mine, labs) == ("1", str(theirs / "labs" / "__init__.py"))
    assert Path(ours) == (site / "quizlab" if where == "wheel" else ROOT) / "labs" / "lab4" / "__init__.py"


def test_it_proves_questions_far_from_the_checkout(site: Path, environment: dict[str, str], tmp_path: Path) -> None:
    env = environment | {"PYTHONPATH": str(site)}
    where = "import quizlab, quizlab.labs.lab4 as lab; print(quizlab.__file__, lab.__file__)"
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
