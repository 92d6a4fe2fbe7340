"""The log under force: writers killed at any moment, several at once; what was acknowledged is there.

A writer says on its standard output what the log has confirmed, and only then; whatever was said must be found
afterwards. Every trial prints its seed.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from quizlab.errors import QuizlabError
from quizlab.log import FILE, Entry, Log, files
from quizlab.log.files import whole
from tests.conftest import ROOT
from tests.entries import ENTRY
from tests.log.test_trouble import filled, use
from tests.stress.test_stress import times

pytestmark = [pytest.mark.stress, pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")]

WRITER = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from quizlab.log import Entry, Log

folder, name, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rng = random.Random(name)
log = Log(folder)
mine = []


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()


def entry(count):
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Entry(at, name, f"q{count % 7}", "{}", f"{name}:{count}", "x", "wrong", "t", 1.0, share=0.0)


say("begun")
for count in range(most):
    kind = rng.random()
    state = f"{name}:{count}:" + "x" * rng.randrange(20000)
    if kind < 0.6:
        say("will", f"{name}:{count}")
        number = log.append(entry(count), state)
        mine.append((number, count))
        say("row", number, f"{name}:{count}")
    elif kind < 0.7:
        numbers = log.append_all([entry(f) for f in (count + 0.25, count + 0.5)], state)
        for number, part in zip(numbers, (0.25, 0.5)):
            say("row", number, f"{name}:{count + part}")
    elif kind < 0.8 and mine:
        number, old = mine.pop()
        say("withdrawing", number)
        log.withdraw(number, name, state)
        say("withdrawn", number)
    else:
        log.save(name, "practice", state)
    say("state", f"{name}:{count}")
say("finished")
"""


class Writer:
    """A process that writes to a log and says what was confirmed."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        self.name = name
        self.output = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it was read)
        command = [sys.executable, "-c", WRITER, str(folder), name, str(most)]
        self.process = subprocess.Popen(command, stdout=self.output, stderr=subprocess.PIPE, cwd=ROOT)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)

    def said(self) -> list[list[str]]:
        """Every whole line that it said before its end."""
        assert self.process.stderr is not None
        complaints = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.process.wait()
        assert complaints == "", complaints
        self.output.seek(0)
        lines = self.output.read().decode().split("\n")[:-1]
        self.output.close()
        return [line.split(" ") for line in lines]


class Expected:
    """What the log must hold, as far as it was said: withdrawals under way may have happened or not."""

    def __init__(self) -> None:
        self.rows: dict[int, str] = {}
        self.open: set[int] = set()
        self.gone: set[int] = set()
        self.states: dict[str, int] = {}

    def add(self, writer: Writer) -> int:
        said = writer.said()
        for kind, *words in said:
            if kind == "row":
                assert int(words[0]) not in self.rows, "a number was given twice"
                self.rows[int(words[0])] = words[1]
            elif kind == "withdrawing":
                self.open.add(int(words[0]))
            elif kind == "withdrawn":
                self.open.discard(int(words[0]))
                self.gone.add(int(words[0]))
            elif kind == "state":
                self.states[writer.name] = int(words[0].partition(":")[2])
        return len(said)

    def check(self, folder: Path) -> None:
        with Log(folder) as log:  # a writer may have been killed before it opened the log
            found = {number: entry.typed for number, entry in log.entries()}
        with contextlib.closing(sqlite3.connect(folder / FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            states = dict(connection.execute("SELECT id, state FROM sessions"))
        for number, typed in self.rows.items():
            if number in self.gone:
                assert number not in found, number
            elif number not in self.open or number in found:
                assert found.get(number) == typed, number
        for name, count in self.states.items():
            owner, said, _ = states[name].split(":", 2)
            assert owner == name
            assert int(said) in (count, count + 1), "its state is the last one confirmed, or the one under way"
        self.states_belong(found, states)

    def states_belong(self, found: dict[int, str], states: dict[str, str]) -> None:
        """No row is newer than its session's state: both were written at once or not at all."""
        for number, typed in found.items():
            owner, _, count = typed.partition(":")
            assert int(float(count)) <= int(states[owner].split(":")[1]), number


def test_writers_killed_at_any_moment_lose_nothing_confirmed(tmp_path: Path) -> None:
    total, folder, expected = 0, tmp_path / "0", Expected()
    for seed in range(times(500)):
        print("seed", seed)
        if seed % 25 == 0:
            folder, expected = tmp_path / str(seed), Expected()
        writer = Writer(folder, f"w{seed}", 1_000_000)
        time.sleep(0.15 + random.Random(seed).random() * 0.3)
        writer.kill()
        total += expected.add(writer)
        expected.check(folder)
    print("lines said", total)
    assert total > times(500) * 10


@pytest.mark.parametrize("number", [2, 3, 4])
def test_several_writers_at_once_lose_nothing(tmp_path: Path, number: int) -> None:
    for seed in range(times(10)):
        print("seed", seed)
        folder, expected = tmp_path / str(seed), Expected()
        writers = [Writer(folder, f"w{seed}.{each}", 120) for each in range(number)]
        for writer in writers:
            writer.process.wait()
            expected.add(writer)
        expected.check(folder)
        assert len(expected.states) == number
        assert len(expected.rows) > 60 * number


def test_several_writers_of_which_some_are_killed(tmp_path: Path) -> None:
    for seed in range(times(40)):
        print("seed", seed)
        rng = random.Random(seed)
        folder, expected = tmp_path / str(seed), Expected()
        writers = [Writer(folder, f"w{seed}.{each}", 60 if each == 0 else 1_000_000) for each in range(3)]
        for writer in writers[1:]:
            time.sleep(0.1 + rng.random() * 0.3)
            writer.kill()
        writers[0].process.wait()
        for writer in writers:
            expected.add(writer)
        expected.check(folder)


def test_whatever_bytes_are_damaged_there_is_no_traceback(tmp_path: Path) -> None:
    whole_file = filled(tmp_path / "whole", 200).read_bytes()
    used = 0
    for seed in range(times(3000)):
        print("seed", seed)
        rng = random.Random(seed)
        data = bytearray(whole_file)
        for _ in range(rng.choice([1, 2, 5, 50, 500])):
            at = rng.randrange(len(data)) if rng.random() < 0.7 else rng.randrange(200)
            data[at] = rng.randrange(256)
        folder = tmp_path / "one"
        folder.mkdir(exist_ok=True)
        for each in folder.iterdir():
            each.unlink()
        (folder / FILE).write_bytes(data)
        with contextlib.suppress(QuizlabError):
            use(folder)
            used += 1
    assert 0 < used < times(3000) * 0.9


def test_whatever_is_done_to_an_export_it_is_imported_or_refused(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        log.append_all([Entry("2024-06-02T21:14:00+00:00", "s", "q1", '{"c":1}', "š", "x", "wrong", "t", 1.5)] * 5)
        texts = [write(log.history()).encode() for write in files.FORMATS.values()]
    read = 0
    for seed in range(times(30_000)):
        rng = random.Random(seed)
        data = bytearray(rng.choice(texts))
        for _ in range(rng.randrange(1, 5)):
            at = rng.randrange(len(data))
            data[at : at + rng.choice([0, 1, 1, 9])] = rng.choice(
                [bytes([rng.randrange(256)]), b"", b"{", b'"', b"1e400", b"[[", b"\\u0000", b"\\udc00", b"\xff\xfe"]
            )
        path = tmp_path / rng.choice(["x.json", "x.csv", "x"])
        path.write_bytes(data)
        try:
            found = files.read(path)
        except files.FileError as error:
            if not error.problems:
                raise
            continue
        read += 1
        path.write_text(whole.written(found), encoding="utf-8")
        assert files.read(path) == found, seed
    assert read > 0


def test_a_hundred_thousand_answers_slow_nothing_down(tmp_path: Path) -> None:
    """Each act in under 5 ms; the best of many, because the machine may have other work."""
    start = datetime(2024, 1, 1, tzinfo=UTC)
    many = [
        msgspec.structs.replace(
            ENTRY,
            at=(start + timedelta(seconds=40 * n)).isoformat(timespec="milliseconds"),
            session=f"s{n // 20}",
            question=f"q{n % 60}",
            outcome="wrong",
            tag=f"t{n % 30}",
        )
        for n in range(100_000)
    ]
    new = msgspec.structs.replace(ENTRY, at="2030-01-01T00:00:00.000+00:00", session="new")
    with Log(tmp_path) as log:
        log.append_all(many)
        revision = log.revision()
        acts: dict[str, Callable[[], object]] = {
            "append": lambda: log.append(new, "x" * 20_000),
            "save": lambda: log.save("new", "practice", "x" * 20_000),
            "last": lambda: log.last("q7"),
            "times": lambda: log.times("t7"),
            "of_session": lambda: log.of_session("s7"),
            "new entries": lambda: log.entries(100_000),
            "interrupted": lambda: log.interrupted("practice"),
        }
        for name, act in acts.items():
            taken = [clocked(act) for _ in range(50)]
            print(f"{name}: best {min(taken) * 1000:.2f} ms, median {sorted(taken)[25] * 1000:.2f} ms")
            assert min(taken) < 0.005, name
        print(f"all entries: {clocked(log.entries):.2f} s")
        assert log.revision() == revision


def clocked(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
