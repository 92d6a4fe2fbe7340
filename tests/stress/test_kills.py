"""Sessions killed at random moments: whatever was acknowledged is in the log, and the session goes on from there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import pytest

from quizlab.log import FILE, Log
from quizlab.session.blic import Blic
from quizlab.session.practice import Session
from tests.conftest import FAKES, Run
from tests.stress.test_stress import times

pytestmark = [pytest.mark.stress, pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")]

VERDICTS = ("TOČNO.", "KRIVO.", "DJELOMIČNO.")
TYPED = ["b", "1", "sve", "(10, 32)", "9312", "32; 784", "u", ":u", "s", "n", "?", "int", "a c", "tanh(x)", "(-1, 1)"]


def killed(command: list[str], environment: dict[str, str], rng: random.Random) -> list[str]:
    """What a session showed before it was killed."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, env=environment)
        assert process.stdin is not None
        process.stdin.write("".join(rng.choice(TYPED) + "\n" for _ in range(400)).encode())
        process.stdin.flush()
        # from before the first question to after the last; most in between
        time.sleep(rng.uniform(0.05, 0.2) if rng.random() < 0.2 else rng.uniform(0.2, 1.0))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        output.seek(0)
        return output.read().decode("utf-8", "replace").splitlines()


def rows(home: Path) -> tuple[int, int]:
    """How many answers were ever written, and how many of them were taken back; the database is whole."""
    connection = sqlite3.connect(home / FILE)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = connection.execute("SELECT count(*), coalesce(sum(withdrawn), 0) FROM answers").fetchone()
        return int(found[0]), int(found[1])
    finally:
        connection.close()


def test_no_acknowledged_answer_is_missing_and_the_session_resumes(
    environment: dict[str, str], home: Path, quizlab: Run
) -> None:
    # without torch a session is through in a second, and more of the kills hit the moments between answers
    quick = {**environment, "PYTHONPATH": str(FAKES / "no_torch")}
    written, undone, resumed = 0, 0, 0
    for seed in range(times(500)):
        rng = random.Random(seed)
        taking_up = seed % 3 == 2 and home.exists()
        names = ["--resume"] if taking_up and unfinished(home, "practice") else ["lab4"]
        lines = killed([sys.executable, "-m", "quizlab", "practice", *names], quick, rng)
        if not (home / FILE).exists():
            continue
        shown = written + sum(line.startswith(VERDICTS) for line in lines)
        taken_back = undone + sum(line.startswith("Poništeno: ") for line in lines)
        written, undone = rows(home)
        # what is shown is on disk; what is on disk may be one ahead, because it is written first
        assert shown <= written <= shown + 1, (seed, shown, written)
        assert taken_back <= undone <= taken_back + 1, (seed, taken_back, undone)
        with Log(home) as log:
            assert len(log.history()) == written - undone
            found = log.interrupted("practice")
            if found:
                session = msgspec.json.decode(found[1], type=Session)
                kept = [entry.question for _, entry in log.of_session(session.id)]
                done = [each.item.question for each in session.done if each.outcome != "skipped"]
                assert kept == done, (seed, kept, done)
        if seed % 20 == 0 and found:
            again = quizlab("practice", "--resume", typed="", env={"PYTHONPATH": str(FAKES / "no_torch")})
            assert again.returncode == 0, (seed, again.stderr)
            assert "Nastavljam prekinuto vježbanje" in again.stdout, seed
            resumed += 1
    assert written > 2 * times(500)
    assert resumed > 0


def unfinished(home: Path, mode: str) -> bool:
    if not (home / FILE).exists():
        return False
    with Log(home) as log:
        return log.interrupted(mode) is not None  # type: ignore[arg-type]


def test_a_killed_blic_keeps_what_was_written(environment: dict[str, str], home: Path) -> None:
    quick = {**environment, "PYTHONPATH": str(FAKES / "no_torch")}
    for seed in range(times(100)):
        rng = random.Random(seed)
        killed([sys.executable, "-m", "quizlab", "blic", "lab4", "-n", "12"], quick, rng)
        if not (home / FILE).exists():
            continue
        rows(home)
        with Log(home) as log:
            found = log.interrupted("blic")
            sessions = {entry.session for entry in log.history()}
            if found:
                blic = msgspec.json.decode(found[1], type=Blic)
                assert blic.id not in sessions, "what is not handed in is not graded"
            for name in sessions:
                assert len(log.of_session(name)) <= 12, seed
