"""A wheel installed far from the checkout finds its questions, its labs and its digits."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from tests.conftest import FAKES, ROOT
from tests.thinned import thinned


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


@pytest.mark.parametrize("where", thinned(["wheel", "checkout"], 2))
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


# --- the light install: what `pip install quizlab` brings, and no torch ------------------------------


def light_distributions() -> dict[str, metadata.Distribution]:
    """What the dependencies of quizlab bring along, without any of its extras."""
    found: dict[str, metadata.Distribution] = {}
    left = [each for each in metadata.requires("quizlab") or [] if "extra ==" not in each]
    while left:
        requirement = left.pop()
        name = re.split(r"[ <>=!~;\[(]", requirement)[0].lower()
        if "extra ==" in requirement or name in found or ("win" in requirement.lower() and sys.platform != "win32"):
            continue
        found[name] = metadata.distribution(name)
        left += found[name].requires or []
    return found


@pytest.fixture(scope="module")
def light(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment of its own that holds the wheel, its dependencies and nothing else."""
    folder = tmp_path_factory.mktemp("light")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next(iter([*folder.glob("lib/python*/site-packages"), *folder.glob("Lib/site-packages")]))
    for each in light_distributions().values():
        for top in {file.parts[0] for file in each.files or () if file.parts[0] not in ("..", "__pycache__")}:
            source = Path(str(each.locate_file(top)))
            if source.is_dir():
                shutil.copytree(
                    source, packages / top, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True
                )
            elif source.is_file():
                shutil.copy(source, packages / top)
    (packages / "quizlab.pth").write_text(f"{site}\n", encoding="utf-8")
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


Light = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def lightly(light: Path, environment: dict[str, str], tmp_path: Path) -> Light:
    """Run quizlab in the light environment."""

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(light), "-P", "-m", "quizlab", *arguments]
        return subprocess.run(
            command, input=typed, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return run


LABEL = r"apisani dokaz, torch \d+\.\d+\.\d+, \d+\. \d+\. 20\d\d\."
LIVE = re.compile(r"izračunato sada|računam dokaz|dokazi su sada živi")


def test_the_light_install_is_light(light: Path) -> None:
    assert not {"torch", "numpy", "matplotlib", "sympy"} & light_distributions().keys()
    code = "import importlib.util as u; print([u.find_spec(n) for n in ('torch', 'numpy', 'matplotlib')])"
    done = subprocess.run([str(light), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[None, None, None]\n"
    whole = sum(path.stat().st_size for path in light.parents[1].rglob("*") if path.is_file())
    assert whole < 70e6


def test_light_practice_shows_recorded_proofs_and_says_once_how_to_get_live_ones(lightly: Light) -> None:
    done = lightly("practice", "q1", "q4", typed="9280\nb\n9312\n" * 3)
    assert (done.returncode, done.stderr) == (0, "")
    proofs = re.findall(r"^Dokaz: .*\n(.*)$", done.stdout, re.MULTILINE)
    assert len(proofs) >= 2
    assert all(re.fullmatch("Z" + LABEL, each) for each in proofs)
    assert (
        len(re.findall(r'Za živi dokaz treba PyTorch, a nije instaliran: .* install "quizlab\[proof\]"', done.stdout))
        == 1
    )
    assert not LIVE.search(done.stdout)


def test_light_practice_with_other_numbers_has_its_proofs_too(lightly: Light) -> None:
    done = lightly("practice", "lab4", "lab3", "--seed", "3", "--limit", "12", typed="ne znam\n" * 40)
    assert done.returncode == 0
    shown = re.findall(r"^Dokaz: .*\n(.*)$", done.stdout, re.MULTILINE)
    assert len(shown) >= 8
    assert all(re.fullmatch("Z" + LABEL, each) for each in shown)
    assert "Nije izračunato" not in done.stdout


def test_light_verify_stays_live_and_says_how_to_get_torch(lightly: Light) -> None:
    done = lightly("verify", "q1", "--plain")
    assert done.returncode == 3
    assert done.stdout.count("Za živi dokaz treba PyTorch, a nije instaliran: ") == 1
    assert "Nije izračunato." in done.stdout
    assert not re.search(LABEL, done.stdout)


@pytest.mark.stress
def test_light_answer_and_exports_label_what_they_show(lightly: Light, tmp_path: Path) -> None:
    answered = lightly("answer", "q1", "9312", "--proof")
    assert answered.returncode == 0
    assert re.search("^z" + LABEL, answered.stdout, re.MULTILINE)
    assert not LIVE.search(answered.stdout)
    for name in ("md", "html", "anki-csv", "moodle", "json", "anki", "qti", "sheet"):
        done = lightly("export", f"--{name}", "lab4", "-o", f"x.{name}")
        assert (done.returncode, done.stderr.count("\n")) == (0, 1), (name, done.stderr)
        assert done.stderr.startswith("Dokazi nisu izračunati sada, nego zapisani ")
        if name in ("md", "html", "anki-csv", "moodle"):
            assert re.search(LABEL, (tmp_path / f"x.{name}").read_text(encoding="utf-8")), name
    found = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert found["versions"] == {}
    assert all(each["recorded"] and each["verdict"] in ("confirmed", "disputed") for each in found["findings"])


@pytest.mark.stress
def test_while_torch_is_on_its_way_nothing_of_it_is_touched(light: Path, lightly: Light) -> None:
    state = light.parents[1] / "quizlab-torch.json"
    half = next(light.parents[1].rglob("site-packages")) / "torch"
    half.mkdir()
    try:
        state.write_text('{"state": "arriving"}', encoding="utf-8")
        (half / "__init__.py").write_text("raise SystemExit('half of torch was imported')", encoding="utf-8")
        verified = lightly("verify", "q1", "--plain")
        assert verified.returncode == 3
        assert "PyTorch stiže u pozadini" in verified.stdout
        practised = lightly("practice", "q1", typed="9312\n")
        assert practised.stdout.count("PyTorch stiže u pozadini; dotad vrijede zapisani dokazi.") == 1
        assert re.search("Z" + LABEL, practised.stdout)
        assert "ne može učitati" not in verified.stdout + practised.stdout
        state.write_text('{"state": "failed", "why": "nema mreže", "log": "torch.log"}', encoding="utf-8")
        broken = lightly("practice", "q1", typed="9312\n")
        assert broken.stdout.count("PyTorch je instaliran, ali se ne može učitati (SystemExit") == 1
        assert re.search("Z" + LABEL, broken.stdout)
    finally:
        state.unlink()
        shutil.rmtree(half)
