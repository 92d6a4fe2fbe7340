"""A soak in a short form: ``QUIZLAB_SOAK`` says for how many seconds, ``QUIZLAB_SEED`` from which seed."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from tests.conftest import FAKES

pytestmark = [pytest.mark.stress, pytest.mark.skipif(sys.platform != "linux", reason="terminals, mounts and /proc")]


def test_random_use_loses_nothing_and_leaks_nothing(tmp_path: Path) -> None:
    from tests.stress.soak import Soak

    soak = Soak(tmp_path, int(os.environ.get("QUIZLAB_SEED", "0")))
    soak.run(float(os.environ.get("QUIZLAB_SOAK", "20")))
    print(dict(soak.counts))
    assert soak.counts["acts"]
    assert soak.faults == []


def size(pid: int) -> tuple[int, int, int]:
    """Open files, threads and megabytes of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    threads, kilobytes = (int(status.split(f"{name}:")[1].split()[0]) for name in ("Threads", "VmRSS"))
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()), threads, kilobytes // 1024


def test_a_long_sitting_does_not_grow(tmp_path: Path) -> None:
    """Hundreds of answers, hints, proofs and resizes in one sitting, and it holds what it held after the first."""
    from tests.stress.jobs import Job
    from tests.stress.world import World

    rng, world = random.Random(0), World(tmp_path)
    env = {**world.environment(rng), "TERM": "xterm-256color", "PYTHONPATH": str(FAKES / "no_torch")}
    job = Job([sys.executable, "-m", "quizlab", "practice", "lab3", "lab4"], env, world.desk, (24, 80))
    job.watch(60, quiet=2)
    sizes, typed = [], (b"b\r", b"9312\r", b"n", b"p", b"s", b"u", b"v", b"?", b"\x1b[200~32\x1b[201~\r", b"\r")
    while (answered := len(world.rows()[0])) < 40 and job.status is None:
        for _ in range(10):
            job.send(rng.choice(typed))
            job.resize(rng.randrange(5, 60), rng.randrange(20, 160))
            job.watch(1, quiet=0.05)
        if answered >= 10 and job.status is None:
            sizes.append(size(job.pid))
    ended = job.status
    job.hang_up()
    job.ended()
    job.close()
    assert ended is None, job.text()[-2000:]
    files, threads, megabytes = (
        max(each) - first for each, first in zip(zip(*sizes, strict=True), sizes[0], strict=True)
    )
    print(sizes[0], sizes[-1])
    assert (files <= 2, threads <= 2, megabytes <= 25) == (True, True, True), sizes
