"""Random use of quizlab for as long as one likes: all commands, keys, signals, resizes, clock steps, broken files.

``python -m tests.stress.soak --seconds 7200 --seed 1`` prints every fault as it is found, and at the end how often
each thing was done. What must hold after every act stands in `checks`; what is typed, in `typing_at_random`.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import os
import random
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.stress import checks
from tests.stress import typing_at_random as typing
from tests.stress.jobs import Job
from tests.stress.world import World

PATIENCE = 90.0
"""Seconds after which a command that nobody disturbs is stuck."""

STEPS = [1, -1, 3600, -3600, 86_400, -86_400, 400 * 86_400, -400 * 86_400]
SIZES = [(24, 80), (20, 40), (50, 120), (1, 1), (2, 3), (5, 15), (100, 300), (10, 1), (1, 200)]
ENDS = ["keys"] * 6 + ["INT", "TERM", "HUP", "KILL", "window", "TERM"]

FULL = Path("/dev/full")
"""What takes nothing, where the system has it."""

Limit = Callable[[], None]


def _unlimited() -> None:
    pass


class Play:
    """One command and what happens to it; `step` does the next thing, and `done` says that it ended."""

    def __init__(self, world: World, rng: random.Random, command: str, limit: Limit) -> None:
        self.world, self.rng, self.command = world, rng, command
        self.arguments = typing.arguments(rng, command, world.out)
        self.whole = [sys.executable, "-m", "quizlab", *self.arguments]
        self.limit = limit
        self.deeds: collections.Counter[str] = collections.Counter()
        self.sent: set[int] = set()
        self.stuck = ""
        self.megabytes = self.files = self.threads = 0
        self.begun = time.monotonic()
        self.typed: list[bytes] = []

    def remember(self, pid: int) -> None:
        with contextlib.suppress(OSError, IndexError, ValueError):
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            self.megabytes = max(self.megabytes, int(status.split("VmHWM:")[1].split()[0]) // 1024)
            self.threads = max(self.threads, int(status.split("Threads:")[1].split()[0]))
            self.files = max(self.files, sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()))


class Piped(Play):
    """Input from a pipe, output to files; sometimes killed, sometimes with nowhere to write to."""

    def __init__(self, world: World, rng: random.Random, command: str, limit: Limit) -> None:
        super().__init__(world, rng, command, limit)
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        self.typed = [typing.piped(rng, command)]
        where = rng.choice(["file"] * 8 + ["full" if FULL.is_char_device() else "file", "closed", "pipe"])
        self.reader, writer = os.pipe() if where == "pipe" else (-1, -1)
        self.reads = rng.choice([0, 10, 3000])
        self.deeds[f"output {where}"] += where != "file"
        with tempfile.TemporaryFile() as given, (FULL if where == "full" else Path(os.devnull)).open("wb") as full:
            given.write(self.typed[0])
            given.seek(0)
            self.process = subprocess.Popen(
                self.whole,
                stdin=given,
                stdout=full if where == "full" else writer if where == "pipe" else self.out,
                stderr=self.err,
                env=world.environment(rng),
                cwd=world.desk,
                preexec_fn=_closing(limit) if where == "closed" else limit,  # noqa: PLW1509 - no thread here
                start_new_session=True,
            )
        if where == "pipe":
            os.close(writer)
        self.at = time.monotonic() + rng.uniform(0, 3) if rng.random() < 0.25 else None

    def _read(self) -> None:
        """Like ``head``: who reads what is written leaves after some of it."""
        if self.reads and select.select([self.reader], [], [], 0)[0]:
            read = os.read(self.reader, self.reads)
            self.reads = self.reads - len(read) if read else 0
        if not self.reads:
            os.close(self.reader)
            self.reader = -1

    def step(self) -> None:
        time.sleep(0.05)
        self.remember(self.process.pid)
        if self.reader >= 0:
            self._read()
        now = time.monotonic()
        if self.at and now > self.at and not self.done:
            self.at = None
            number = self.rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
            self.deeds[number.name] += 1
            self.sent.add(number)
            self.process.send_signal(number)
        if now > self.begun + PATIENCE and not self.done:
            self.stuck = f"runs for {PATIENCE} s"
            self.process.kill()

    @property
    def done(self) -> bool:
        return self.process.poll() is not None

    @property
    def status(self) -> int:
        return int(self.process.wait())

    def text(self) -> str:
        told = []
        for file in (self.out, self.err):
            file.seek(0)
            told.append(file.read().decode("utf-8", "replace"))
        return "\n".join(told)

    def untidy(self) -> list[str]:
        return []

    def close(self) -> None:
        self.out.close()
        self.err.close()
        if self.reader >= 0:
            os.close(self.reader)


def _closing(limit: Limit) -> Limit:
    def act() -> None:
        limit()
        os.close(1)

    return act


class Seated(Play):
    """Somebody at a terminal, or a cat; in the end the command is left, killed, or its window is closed."""

    def __init__(self, world: World, rng: random.Random, command: str, limit: Limit) -> None:
        super().__init__(world, rng, command, limit)
        self.job = Job(self.whole, world.environment(rng), world.desk, rng.choice([(24, 80), *SIZES]), limit)
        self.left = rng.randrange(2, 40)
        self.end = rng.choice(ENDS)
        if rng.random() < 0.85:  # otherwise it is typed at before it is there
            until = time.monotonic() + 20
            while not self.job.shown and self.job.status is None and time.monotonic() < until:
                self.job.watch(0.1)
            self.job.watch(rng.choice([0.0, 0.3]))

    def step(self) -> None:
        self.remember(self.job.pid)
        if self.left > 0:
            self.left -= 1
            self._do(self.rng.random())
            self.job.watch(self.rng.choice([0.0, 0.1, 0.6, 1.5]), quiet=0.25)
        else:
            self._leave()

    def _do(self, luck: float) -> None:
        rng, job = self.rng, self.job
        if job.stopped or luck < 0.02:
            self.deeds["stopped"] += 1
            if not job.stopped:
                job.kill(rng.choice([signal.SIGTSTP, signal.SIGSTOP]))
                job.watch(0.3)
            job.resize(*rng.choice(SIZES))
            job.watch(0.1)
            job.proceed()
        elif luck < 0.1:
            self.deeds["resized"] += 1
            for _ in range(rng.choice([1, 1, 20])):
                job.resize(*rng.choice([*SIZES, (rng.randrange(1, 60), rng.randrange(1, 200))]))
        elif luck < 0.14 and self.world.preload:
            self.deeds["clock set"] += 1
            self.world.set_clock(rng.choice([0, rng.choice(STEPS)]))
        elif luck < 0.17:
            self.deeds["bank changed"] += 1
            self.world.mutated(rng)
        elif luck < 0.19:
            self.deeds["SIGINT"] += 1
            self.sent.add(signal.SIGINT)
            job.kill(signal.SIGINT)
        else:
            found = checks.QUESTION.findall(job.text()[-4000:])
            data = typing.pressed(rng, self.command, found[-1] if found else "")
            self._type(data)

    def _type(self, data: bytes) -> None:
        self.typed.append(data)
        if b"\x03" in data:
            self.sent.add(signal.SIGINT)
        self.job.send(data)

    def _leave(self) -> None:
        self.job.proceed()
        self.deeds[f"end {self.end}"] += 1
        if self.end == "window":
            self.sent.add(signal.SIGHUP)
            self.job.hang_up()
        elif self.end != "keys":
            number = signal.Signals[f"SIG{self.end}"]
            self.sent.add(number)
            self.job.kill(number)
            if number == signal.SIGINT and not self.job.ended(2):
                self.end = "keys"
        if self.end != "keys":
            if not self.job.ended():
                self.stuck = f"does not end after {self.end} ({checks.state(self.job.pid)})"
        elif not self._left():
            self.stuck = f"cannot be left by keys ({checks.state(self.job.pid)}, stopped: {self.job.stopped})"
        if self.stuck:
            self.job.kill(signal.SIGKILL)
            self.job.ended()

    def _left(self) -> bool:
        """Whether it ends when somebody wants to leave; a terminal always says where a pasted text ends."""
        for data in (b"\x1b[201~", b"q", b"\x04", b"\x03", b"n\r", b"\x03", b"\x04", b"q", b"\x03", b"\x03", b"\x03"):
            self._type(data)
            if self.job.ended(2.5):
                return True
            self.job.proceed()
        return self.job.ended(PATIENCE)

    @property
    def done(self) -> bool:
        return self.job.status is not None

    @property
    def status(self) -> int:
        return self.job.status or 0

    def text(self) -> str:
        return self.job.text()

    def untidy(self) -> list[str]:
        return [] if signal.SIGKILL in self.sent else self.job.untidy()

    def close(self) -> None:
        self.job.close()


class Soak:
    """Act after act; ``faults`` has what was wrong, ``counts`` what was done."""

    def __init__(self, root: Path, seed: int) -> None:
        self.world, self.seed = World(root), seed
        self.faults: list[str] = []
        self.counts: collections.Counter[str] = collections.Counter()

    def run(self, seconds: float, first: int = 0) -> None:
        until, number = time.monotonic() + seconds, first
        while time.monotonic() < until:
            if number % 150 == 149:
                self.world.anew()
            self._act(number, random.Random(f"{self.seed}/{number}"))
            number += 1

    def _act(self, number: int, rng: random.Random) -> None:
        self.counts["acts"] += 1
        if rng.random() < 0.2:
            self.world.set_clock(rng.choice([0, rng.choice(STEPS)]))
        with self._trouble(rng) as (trouble, limit):
            before, _ = self.world.rows()
            plays = [self._play(rng, limit)]
            if rng.random() < 0.2:
                self.counts["two at once"] += 1
                plays.append(self._play(rng, limit, plays[0].command if rng.random() < 0.5 else None))
            while running := [play for play in plays if not play.done]:
                for play in running:
                    play.step()
            wrong = checks.wrong(self.world, plays, trouble, before)
            for play in plays:
                self.counts.update(play.deeds)
                play.close()
        for what in wrong:
            self._fault(number, trouble, plays, what)
        self.world.swept()

    def _play(self, rng: random.Random, limit: Limit, command: str | None = None) -> Piped | Seated:
        if command is None:
            (command,) = rng.choices(list(typing.COMMANDS), list(typing.COMMANDS.values()))
        kind = Seated if rng.random() < (0.75 if command in checks.ASKING else 0.3) else Piped
        self.counts[f"{command or 'quizlab'} ({kind.__name__.lower()})"] += 1
        return kind(self.world, rng, command, limit)

    @contextlib.contextmanager
    def _trouble(self, rng: random.Random) -> Iterator[tuple[str, Limit]]:
        """What is wrong with the world during an act: its name, and a limit for its processes."""
        luck = rng.random()
        if luck < 0.12:
            with self.world.kept():
                what = self.world.broken(rng)
                self.counts["broken file"] += bool(what)
                yield f"broken {what}" if what else "", _unlimited
        elif luck < 0.2:
            with self.world.full(rng.choice([8, 64, 200, 500])) as full:
                self.counts["full disk"] += full
                yield "full disk" if full else "", _unlimited
        elif luck < 0.22:
            with self.world.only_read() as only_read:
                self.counts["read-only"] += only_read
                yield "read-only" if only_read else "", _unlimited
        elif luck < 0.28:
            which, most = rng.choice([("FSIZE", 0), ("FSIZE", 30_000), ("NOFILE", rng.randrange(4, 40))])
            self.counts[f"limit of {which}"] += 1
            number = getattr(resource, f"RLIMIT_{which}")
            yield f"limit {which} {most}", lambda: resource.setrlimit(number, (most, most))
        else:
            yield "", _unlimited

    def _fault(self, number: int, trouble: str, plays: list[Piped | Seated], what: str) -> None:
        said = [f"{self.seed}/{number}: {what}" + (f" [{trouble}]" if trouble else "")]
        for play in plays:
            said += [f"  {type(play).__name__} {play.arguments} {dict(play.deeds)}", f"  {play.typed[-8:]}"[-300:]]
        self.faults.append("\n".join(said))
        print(self.faults[-1], flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soak = Soak(Path(folder), asked.seed)
        try:
            soak.run(asked.seconds, asked.first)
        finally:
            for name, often in sorted(soak.counts.items()):
                print(f"{often:6} {name}")
            print(len(soak.faults), "faults")


if __name__ == "__main__":
    main()
