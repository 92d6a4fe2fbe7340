"""What the tests share: the command line as a person runs it, and the shipped questions."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from quizlab import bank
from quizlab.model import AnyQuestion, Bank
from tests import warm

for each in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(each, "1")  # several threads in each of several processes wait for one another

os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
"""As in an environment that was activated: printed commands begin with the name of the program."""

hypothesis.settings.register_profile("quizlab", deadline=None)  # a busy machine is no fault of what is tested
hypothesis.settings.load_profile("quizlab")

ROOT = Path(__file__).resolve().parent.parent
FAKES = Path(__file__).resolve().parent / "fakes"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder of this test's own."""
    return tmp_path / "dom"


@pytest.fixture
def environment(home: Path, warmed: None) -> dict[str, str]:
    """The environment of a student's terminal, with a data folder of this test's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COLUMNS", "NO_COLOR"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])  # screens say how to call quizlab
    return kept | {"QUIZLAB_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80", "PATH": path}


@pytest.fixture
def quick(environment: dict[str, str]) -> dict[str, str]:
    """The same without torch, which takes a second to load: for what is not about proofs."""
    return {**environment, "PYTHONPATH": str(FAKES / "no_torch")}


@pytest.fixture(scope="session")
def warmed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Processes to fork from, where that is possible."""
    if not warm.POSSIBLE:
        yield
        return
    processes = warm.Warm(tmp_path_factory.mktemp("w"))
    yield
    processes.close()


@pytest.fixture
def quizlab(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run ``quizlab ARGS`` as a process, in a folder that is not the checkout; ``anew`` as one that is started."""

    def run(
        *arguments: str,
        typed: str = "",
        env: dict[str, str] | None = None,
        without: tuple[str, ...] = (),
        anew: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        whole = {name: value for name, value in environment.items() if name not in without} | (env or {})
        if warm.POSSIBLE and not anew and "PYTHONPATH" not in (env or {}):  # a warm process knows its packages only
            return warm.run(arguments, typed, whole, tmp_path)
        return subprocess.run(
            [sys.executable, "-m", "quizlab", *arguments],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=whole,
            timeout=120,
            check=False,
        )

    return run


def shipped_bank(name: str) -> Bank:
    """One of the banks that come with quizlab."""
    return next(bank.load(path) for path in bank.shipped() if path.stem == name)


def question(name: str) -> AnyQuestion:
    """A shipped question by its id."""
    found = bank.find([bank.load(path) for path in bank.shipped()], name)
    assert found is not None, name
    return found
