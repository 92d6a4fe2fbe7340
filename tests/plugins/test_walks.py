"""The walks of CONTRIBUTING, followed to the letter: a question and a hook in a copy of the repository.

The walk of a lab is `tests.plugins.plugin`, which test_plugin installs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.plugins import plugin

QUESTION = """
  - id: q99
    topic: arhitektura
    kind: number
    prompt: Koliko parametara ima jedinica s {c_in} ulazna i {c_out} izlazna kanala i jezgrom {kernel}×{kernel}?
    params: {kernel: 1, c_in: 2, c_out: 3}
    answer: kernel**2*c_in*c_out + c_out + 2*c_in
    verify: {hook: lab4.HOOK}
    mistakes:
      - tag: bez-pristranosti
        with: {bias: false}
        answer: kernel**2*c_in*c_out + 2*c_in
        says: Zaboravljene su pristranosti ({c_out}).
    hints: [Koliko tenzora ima jedinica?]
    explain: Težinama konvolucije pribrajaju se pristranosti te γ i β.
    recollections:
      - {group: A, answer: "13"}
"""

HOOK = '''\
"""How many parameters a unit has, and nothing more."""

from __future__ import annotations

from quizlab.hooks.faces import Lab4, Small
from quizlab.model import Case, Evidence, Snippet


def only_counted(
    lab: Lab4, *, kernel: Small = 3, c_in: Small = 32, c_out: Small = 32, bias: bool = True
) -> Evidence:
    """Count the parameters of the unit."""
    unit = lab.BatchNormConvReLU(c_in, c_out, k=kernel, bias=bias)
    count = sum(tensor.numel() for tensor in unit.parameters())
    return Evidence(Snippet(f"print({count})\\n", f"{count}\\n"), cases=(Case(count),))
'''

TEST = '''\
"""The count, in the lab and in one that is wrong."""

from __future__ import annotations

import labs.lab4 as lab
from quizlab.hooks.lab4.counted import only_counted
from tests.broken.lab4 import NoBias, with_unit


def test_the_count() -> None:
    assert only_counted(lab, c_in=1, c_out=2).cases[0].value == 9 * 2 + 2 + 2
    assert only_counted(with_unit(NoBias), c_in=1, c_out=2).cases[0].value == 9 * 2 + 2
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository as far as a walk needs it."""
    folder = tmp_path / "copy"
    left = shutil.ignore_patterns("__pycache__", "node_modules", ".*")
    for name in ("quizlab", "labs", "questions", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=left)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def ran(copy: Path, environment: Mapping[str, str], *arguments: str) -> str:
    """Run a module of Python in the copy; returns what it says."""
    env = {**environment, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=copy, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def asked(copy: Path, environment: Mapping[str, str], hook: str, shows: str = "") -> None:
    """The walk of a question: the YAML with what its proof claims, and its coverage; then check and verify."""
    question = QUESTION.replace("HOOK}", f"{hook}}}\n    shows: [{shows}]")
    with (copy / "questions" / "lab4.yaml").open("a", encoding="utf-8") as bank:
        bank.write(question)
    with (copy / "tests" / "coverage" / "lab4.yaml").open("a", encoding="utf-8") as counted:
        counted.write("q99: {remembered: {A: 1}, red: [bias off]}\n")
    assert ran(copy, environment, "quizlab", "check", "questions/lab4.yaml").startswith("lab4: ")
    (finding,) = json.loads(ran(copy, environment, "quizlab", "verify", "q99", "--json"))["findings"]
    assert (finding["verdict"], finding["key"]) == ("confirmed", "13")


@pytest.mark.stress
def test_a_question_is_one_yaml_and_its_coverage_entry(copy: Path, environment: dict[str, str]) -> None:
    asked(copy, environment, "unit_parameters", "lab_order, buffers_are_no_parameters, sizes_as_asked")
    tests = ("tests/proof/test_banks.py", "-k", "exactly_those_counted or there_in_order or q99", "-n", "0")
    ran(copy, environment, "pytest", "-q", "-p", "no:cacheprovider", *tests)


@pytest.mark.stress
def test_a_hook_is_at_most_four_files(copy: Path, environment: dict[str, str]) -> None:
    hooks = copy / "quizlab" / "hooks" / "lab4"
    (hooks / "counted.py").write_text(HOOK, encoding="utf-8")
    listing = (hooks / "__init__.py").read_text("utf-8")
    listing = listing.replace("    classification,\n", "    classification,\n    counted,\n", 1)
    listing = listing.replace("]] = {\n", ']] = {\n    "lab4.only_counted": counted.only_counted,\n', 1)
    (hooks / "__init__.py").write_text(listing, encoding="utf-8")
    (copy / "tests" / "hooks" / "lab4" / "test_counted.py").write_text(TEST, encoding="utf-8")
    ran(copy, environment, "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "tests/hooks/lab4/test_counted.py")
    assert "lab4.only_counted" in ran(copy, environment, "quizlab", "hooks", "--plain")
    asked(copy, environment, "only_counted")


def test_the_walk_of_a_lab_is_the_one_that_is_written_down(tmp_path: Path) -> None:
    written = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    plugin.sources(tmp_path)
    registered = (tmp_path / "quizlab_lab5" / "__init__.py").read_text("utf-8")
    entry = (tmp_path / "pyproject.toml").read_text("utf-8")
    said = " ".join(written.split())
    for line in (registered.splitlines()[-1], 'lab5 = "quizlab_lab5:LAB"', '[project.entry-points."quizlab.labs"]'):
        assert f"`{line}`" in said
        assert line in registered + entry
    names = sorted(path.name for path in (tmp_path / "quizlab_lab5").iterdir())
    assert names == ["__init__.py", "code.py", "hooks.py", "lab5.yaml"]
