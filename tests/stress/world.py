"""The world of the soak: a student's folders, a clock that can be set, files that break, and what must always hold."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from quizlab.log import FILE
from tests.conftest import FAKES, ROOT
from tests.stress.mutants import mutant, sources
from tests.stress.test_stress import marked

Row = tuple[str, str, str, str]
"""When, in which session, which question, and what was typed."""

MARK = "QUIZLAB_MARK"
HALF_WRITTEN = (".part", ".novo")

BANK = """title: Moja
questions:
  - id: m1
    topic: razno
    kind: number
    prompt: Koliko je 2 + 2?
    answer: 4
    explain: Zbroj.
    recollections: []
"""

LAB = """import torch.nn as nn


class SimpleMetricEmbedding(nn.Module):
    def __init__(self, input_channels, emb_size=32):
        super().__init__()
"""


class World:
    """Folders below one root; every process of the soak sees only these, and is known by a mark.

    Args:
        root: an empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mark = f"soak-{os.getpid()}-{time.monotonic_ns()}"
        self.names = ("home", "tmp", "person", "desk", "out")
        self.home, self.tmp, self.person, self.desk, self.out = (root / name for name in self.names)
        self.banks = sources()
        self.known: set[Row] = set()
        self.copies: dict[str, set[Row]] = {}
        self.clock = root / "clock"
        self.preload = _clock(root)
        self.anew()

    def anew(self) -> None:
        """All folders as on the first day."""
        for name in self.names:
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        self.known, self.copies = set(), {}
        self.out.joinpath("moja.yaml").write_text(BANK, encoding="utf-8")
        threads = sorted((ROOT / "tests/thread/threads").glob("*.txt"))
        self.out.joinpath("nit.txt").write_bytes(threads[0].read_bytes()[:6000])
        self.out.joinpath("prazno.txt").write_bytes(b"")
        self.out.joinpath("kod").mkdir()
        self.out.joinpath("kod", "model.py").write_text(LAB, encoding="utf-8")
        self.set_clock(0)

    def set_clock(self, shift: int) -> None:
        self.clock.write_text(str(shift), encoding="utf-8")

    def environment(self, rng: random.Random) -> dict[str, str]:
        """Of one process: mostly without torch, which takes a second to load."""
        env = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "HOME": str(self.person),
            "QUIZLAB_HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "TERM": rng.choice(["xterm-256color"] * 8 + ["dumb", "linux"]),
            "LANG": rng.choice(["C.UTF-8"] * 8 + ["C", "hr_HR.ISO-8859-2"]),
            MARK: self.mark,
        }
        if rng.random() < 0.85:
            env["PYTHONPATH"] = str(FAKES / "no_torch")
        if self.preload:
            env |= {"LD_PRELOAD": str(self.preload), "QUIZLAB_CLOCK": str(self.clock)}
        if rng.random() < 0.1:
            env["NO_COLOR"] = "1"
        return env

    # --- what is broken ---------------------------------------------------------------------------------

    def mutated(self, rng: random.Random) -> None:
        """The student's own bank, in the middle of an edit."""
        self.out.joinpath("moja.yaml").write_bytes(mutant(rng, self.banks) if rng.random() < 0.7 else BANK.encode())

    def broken(self, rng: random.Random) -> str:
        """Break a file of quizlab's own; what was done to it, empty if there was nothing to break."""
        files = [path for path in self.home.rglob("*") if path.is_file()]
        if rng.random() < 0.5:
            files = [path for path in files if path.name in (FILE, "prisjecanja.yaml")]
        if not files:
            return ""
        path = rng.choice(files)
        data = path.read_bytes()
        at = rng.randrange(len(data) + 1)
        kind = rng.choice(["cut", "tail", "garbled", "empty", "gone", "folder"])
        if kind == "cut":
            path.write_bytes(data[:at])
        elif kind == "tail":
            path.write_bytes(data + rng.randbytes(rng.randrange(1, 5000)))
        elif kind == "garbled":
            path.write_bytes(data[:at] + rng.randbytes(200) + data[at + 200 :])
        elif kind == "empty":
            path.write_bytes(b"")
        else:
            path.unlink()
            if kind == "folder":
                path.mkdir()
        return f"{path.name} {kind}"

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Whatever is done to the data folder in the block, afterwards it is as it was before."""
        beside = self.root / "kept"
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(self.home, beside, symlinks=True)
        try:
            yield
        finally:
            shutil.rmtree(self.home, ignore_errors=True)
            beside.rename(self.home)

    @contextlib.contextmanager
    def full(self, size: int) -> Iterator[bool]:
        """The data folder on a disk of so many kB; False where this process may not make one."""
        with self._mounted(f"size={size}k") as done:
            yield done

    @contextlib.contextmanager
    def only_read(self) -> Iterator[bool]:
        """The data folder on a disk that can only be read; False where this process may not make one."""
        with self._mounted("size=50m") as done:
            command = ["mount", "-o", "remount,ro", str(self.home)]
            yield done and subprocess.run(command, capture_output=True, check=False).returncode == 0

    @contextlib.contextmanager
    def _mounted(self, options: str) -> Iterator[bool]:
        with self.kept():
            small = self.root / "small"
            shutil.rmtree(small, ignore_errors=True)
            self.home.rename(small)
            self.home.mkdir()
            command = ["mount", "-t", "tmpfs", "-o", options, "none", str(self.home)]
            done = subprocess.run(command, capture_output=True, check=False).returncode == 0
            try:
                try:
                    for path in small.glob("*.*") if done else ():
                        shutil.copy2(path, self.home)
                except OSError:  # what is there already fills it: it is empty then, and small
                    for path in self.home.iterdir():
                        path.unlink()
                yield done
            finally:
                if done:
                    subprocess.run(["umount", "-l", str(self.home)], capture_output=True, check=False)
                shutil.rmtree(small, ignore_errors=True)

    # --- what must hold ---------------------------------------------------------------------------------

    def rows(self) -> tuple[set[Row], str]:
        """Every answer that is in the log or in one of its copies; and what is wrong with the log."""
        found, wrong = _rows(self.home / FILE, self.root / "reading")
        for path in self.home.glob("napredak-*.sqlite"):
            if path.name not in self.copies:
                self.copies[path.name], more = _rows(path, self.root / "reading")
                wrong = wrong or (f"copy {path.name}: {more}" if more else "")
        return found.union(*self.copies.values()), wrong

    def litter(self) -> list[str]:
        """Files that nobody asked for: half-written, temporary, beside those that were."""
        found = [str(path.relative_to(self.root)) for path in (*self.tmp.iterdir(), *self.desk.iterdir())]
        for folder in (self.home, self.out):
            for path in folder.rglob("*"):
                half = path.name.startswith(".") or path.suffix in HALF_WRITTEN or path.suffix[1:].isdecimal()
                if half or path.parent.name == "running":
                    found.append(str(path.relative_to(self.root)))
        caches = self.person / ".cache"  # of libraries; matplotlib keeps a list of fonts there
        others = (path for path in self.person.rglob("*") if not path.is_relative_to(caches))
        return found + [str(path) for path in others if path.is_file()]

    def swept(self) -> None:
        """Clear away what was left; what holds a session goes with the next one that looks."""
        for name in self.litter():
            path = self.root / name
            with contextlib.suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def running(self) -> list[str]:
        return marked(self.mark)


def _rows(path: Path, scratch: Path) -> tuple[set[Row], str]:
    """The answers in a copy of a log, taken with its journal, so that reading changes nothing."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    if not path.is_file():
        return set(), ""
    for each in (path, path.with_name(path.name + "-journal")):
        if each.exists():
            shutil.copy2(each, scratch)
    try:
        with contextlib.closing(sqlite3.connect(scratch / path.name)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return set(), "integrity"
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone():
                return set(), ""
            return set(connection.execute("SELECT at, session, question, typed FROM answers")), ""
    except sqlite3.Error as error:
        return set(), str(error)


def _clock(root: Path) -> Path | None:
    """The library that sets clocks; None where nothing compiles it."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    made = root / "clock.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(FAKES / "clock.c"), "-ldl"]
    return made if subprocess.run(command, capture_output=True, check=False).returncode == 0 else None
