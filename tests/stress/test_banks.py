"""Hostile and mutated banks against whole commands: no traceback, little time, little memory.

``make stress`` goes through them at length, ``QUIZLAB_STRESS=short`` through some hundred. Commands run in a forked
child, many to one, so that what they take is measured and nothing of them is left; every trial prints its seed.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import typer

from quizlab import bank, cli
from quizlab.bank import decode
from tests.stress import hostile
from tests.stress.mutants import garbled, mutant, sources
from tests.stress.test_stress import SHORT, times

pytestmark = [pytest.mark.stress, pytest.mark.skipif(sys.platform == "win32", reason="forks")]

SECONDS = 2.0
"""Of this machine's processor that a command may take."""

MEGABYTES = 400
LOADED = 40
"""What a command takes before it has read anything."""

LARGE = 20_000 if SHORT else 100_000


def commands(path: Path) -> list[list[str]]:
    added = ["--bank", str(path)]
    return [
        ["check", str(path)],
        ["list", path.stem, *added],
        ["answer", "z1", "7", *added],
        ["show", "z1", *added],
        ["export", "--json", path.stem, *added],
    ]


def ran(arguments: Sequence[str]) -> tuple[float, str]:
    """Run a command here: the seconds it took, and what is wrong with how it ended."""
    out, err = io.StringIO(), io.StringIO()
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run([*arguments])
    taken = time.process_time() - start
    wrong = f"status {status}" if status not in (0, 1, 2) else ""
    return taken, wrong + (" traceback" if "neočekivana" in err.getvalue() or "Traceback" in err.getvalue() else "")


def apart(act: Callable[[], str]) -> None:
    """Do something in a child that says what was wrong; nothing may be, and its memory stays small."""
    import resource

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said = "died"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # what the tests have loaded is no command's
        try:
            said = act()
            more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            said = said or (f"{more} MB more" if more > MEGABYTES - LOADED else "")
        except BaseException as error:  # a child must not go on as the test
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(writer, said.encode("utf-8", "replace")[:60_000])
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    assert not said


@pytest.fixture(autouse=True)
def _home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder; and the command line is put together once, which takes ten times what a small bank does."""
    monkeypatch.setattr(cli, "app", typer.main.get_command(cli.app))
    monkeypatch.setenv("QUIZLAB_HOME", str(home))
    monkeypatch.setattr(sys, "stdin", io.StringIO())


NAMES = sorted(hostile.banks(100))
KEPT = ("param-heavy-states", "param-heavy-sizes", "many-heavy-mistakes")
"""Those whose weight is in the proof, which has a worker and a limit of its own."""


@pytest.mark.parametrize("name", [name for name in NAMES if name not in KEPT])
def test_a_hostile_bank_costs_little(tmp_path: Path, name: str) -> None:
    path = tmp_path / "zla.yaml"
    text = hostile.banks(LARGE)[name]
    path.write_text(text, encoding="utf-8")
    allowed = SECONDS + limits_of(text)

    def act() -> str:
        for arguments in commands(path):
            taken, wrong = ran(arguments)
            if wrong or taken > allowed:
                return f"{arguments[:2]} {taken:.1f} s {wrong}"
        return ""

    apart(act)


def limits_of(text: str) -> float:
    """Seconds for each of many sound questions: a bank of so many may take them."""
    return 0.001 * text.count("\n  - ")


def test_mutated_banks_never_break_a_command(tmp_path: Path) -> None:
    whole, start = sources(), time.monotonic()
    number = int(os.environ.get("QUIZLAB_MUTANTS", times(50_000) // (10 if SHORT else 1)))
    first = int(os.environ.get("QUIZLAB_SEED", "0"))
    for batch in range(first, first + number, 100):

        def act(batch: int = batch) -> str:
            for seed in range(batch, batch + 100):
                path = tmp_path / "mutant.yaml"
                path.write_bytes(mutant(random.Random(seed), whole))
                try:
                    for arguments in _given(path, often=seed % 10 == 0):
                        taken, wrong = ran(arguments)
                        if wrong or taken > SECONDS:
                            return f"seed {seed}: {arguments[0]} {taken:.1f} s {wrong}"
                except BaseException:
                    return f"seed {seed}: {traceback.format_exc()[-3000:]}"
            return ""

        apart(act)
    print(number, "mutants in", round(time.monotonic() - start), "s")


def _given(path: Path, *, often: bool) -> list[list[str]]:
    """Checking, which reads all of a bank; every so often also what is done with one that can be read."""
    checked, listed, *_ = commands(path)
    if not often:
        return [checked]
    names: list[str] = []
    with contextlib.suppress(bank.BankError):
        names = [question.id for question in bank.load(path).questions]
    return [checked, listed, *(["answer", name, "7", "--bank", str(path)] for name in names[:2])]


class Covered:
    """Which lines of the reader were reached, by the tracing that Python has."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int, int]] = set()

    def reached(self, act: Callable[[], object]) -> int:
        """How many steps from line to line were new."""
        new = len(self.seen)

        def trace(frame, event, arg):
            name = frame.f_code.co_filename
            if "quizlab/bank" not in name and "quizlab/answers" not in name:
                return None
            last = frame.f_lineno

            def local(frame, event, arg):
                nonlocal last
                self.seen.add((name, last, frame.f_lineno))
                last = frame.f_lineno
                return local

            return local

        sys.settrace(trace)
        try:
            act()
        finally:
            sys.settrace(None)
        return len(self.seen) - new


def test_reading_is_fuzzed_towards_what_was_not_reached(tmp_path: Path) -> None:
    """What reaches a new step from line to line is kept and changed further; ten minutes of it, or so."""
    rng, whole, covered = random.Random(7), sources(), Covered()
    corpus = [mutant(random.Random(seed), whole) for seed in range(20)]
    deadline = time.monotonic() + float(os.environ.get("QUIZLAB_FUZZ", "10" if SHORT else "600"))
    tried = kept = 0
    while time.monotonic() < deadline:
        data = bytearray(rng.choice(corpus[-40:] if rng.random() < 0.7 else corpus))
        if rng.random() < 0.2:
            data = bytearray(mutant(rng, whole))
        for _ in range(rng.randrange(1, 4)):
            garbled(rng, data)
        del data[20_000:]
        start = time.process_time()

        def read(data: bytes = bytes(data)) -> None:
            with contextlib.suppress(bank.BankError):
                decode.decode(data, tmp_path / "b.yaml", thorough=True)

        if covered.reached(read):
            corpus.append(bytes(data))
            kept += 1
        tried += 1
        assert time.process_time() - start < 10 * SECONDS, bytes(data)  # traced, it is some times slower
    print(tried, "tried,", kept, "kept,", len(covered.seen), "steps")
    assert kept
