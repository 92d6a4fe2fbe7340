"""Look at the manuscripts of students' labs on many cores, without pytest.

    python -m tests.stress.own_matrix --jobs 16 --part plain --out plain.jsonl

Parts: `plain` (no mistake in it), `mistakes` and `broken` (our broken labs as a student's folder).

Each manuscript gives one line of JSON; those that the file has already are left out, so a run goes on where the last
one ended. ``--slice 1/3`` takes every third one. The status is 1 if anything came out otherwise than it must.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from tests.manuscripts import Manuscript

Row = dict[str, Any]
ALONE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg"}
"""What each process is told before torch is imported: one core, and no card."""


def manuscripts(part: str) -> dict[str, Manuscript]:
    """The manuscripts of a part by name; the name stays the same from run to run."""
    from tests.own import pairs

    every = {"plain": pairs.STRUCTURES, "mistakes": pairs.MISTAKEN, "all": [*pairs.STRUCTURES, *pairs.MISTAKEN]}[part]
    return {f"{one.lab}: {one.called}": one for one in every}


def row(one: Manuscript) -> Row:
    """Look at one manuscript in this process."""
    import torch

    from quizlab.own.guard import saving
    from tests.own.checking import faults
    from tests.own.looking import look_at

    begun, save, here = time.perf_counter(), torch.save, Path.cwd()
    with tempfile.TemporaryDirectory(prefix="quizlab-", ignore_cleanup_errors=True) as folder:
        kept = Path(folder, "kept")
        kept.mkdir()
        os.chdir(kept)
        torch.save = saving(str(kept), save)
        try:
            found = look_at(one, Path(folder))
        finally:
            torch.save = save
            os.chdir(here)
    bad = faults(one, found)
    return {
        "expected": [one.mistake] if one.mistake else [],
        "causes": sorted(found.named),
        "notes": sorted({each.id for each in found.causes if each.note}),
        "differs": found.of("differs"),
        "unchecked": found.of("unchecked"),
        "faults": {name: list(each) for name, each in bad._asdict().items() if each},
        "seconds": round(time.perf_counter() - begun, 1),
    }


def broken() -> dict[str, tuple[str, str]]:
    """The broken labs by name: the lab and how it is broken."""
    from tests.broken import lab3, lab4

    return {
        f"{lab}, {name}": (lab, name) for lab, names in (("lab3", lab3.BROKEN), ("lab4", lab4.BROKEN)) for name in names
    }


def row_of_broken(lab: str, name: str) -> Row:
    """A broken lab as a student's folder: exactly its questions notice it."""
    from tests.own.breaking import expected, noticed

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="quizlab-", ignore_cleanup_errors=True) as folder:
        found = noticed(lab, name, Path(folder))
    wrong = expected(lab, name) ^ set(found)
    faults = {"questions": [f"{each}: {found.get(each, 'nothing noticed')}" for each in sorted(wrong)]} if wrong else {}
    return {"expected": sorted(expected(lab, name)), "faults": faults, "seconds": time.perf_counter() - begun}


def work(pipe: Connection, part: str) -> None:
    """A process: names in, rows out, until there is no more."""
    silence = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(silence, number)
    from quizlab.proof.worker import prepare

    prepare()
    import torch

    torch.set_num_threads(1)
    every: dict[str, Any] = broken() if part == "broken" else manuscripts(part)
    while name := pipe.recv():
        try:
            pipe.send(row_of_broken(*every[name]) if part == "broken" else row(every[name]))
        except BaseException:  # whatever a student's code does
            pipe.send({"faults": {"broken": [traceback.format_exc()]}})


class Worker:
    """One process and what it is looking at."""

    def __init__(self, part: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, far = context.Pipe()
        self.process = context.Process(target=work, args=(far, part), daemon=True)
        self.process.start()
        far.close()
        self.name, self.begun = "", 0.0

    def give(self, name: str) -> None:
        """Let it look at a manuscript; an empty name lets it end."""
        self.name, self.begun = name, time.monotonic()
        self.pipe.send(name)

    def take(self) -> Row:
        """What it found, or that it died."""
        try:
            found: Row = self.pipe.recv()
        except EOFError:
            found = {"faults": {"broken": ["the process died"]}}
        return {"manuscript": self.name, **found}


def run(part: str, names: list[str], jobs: int, each: float, limit: float) -> Iterator[Row]:
    """Rows as they come: ``jobs`` processes, so many seconds for each manuscript and for all together."""
    end = time.monotonic() + limit
    left = names[::-1]
    workers: list[Worker] = []
    while left or workers:
        while left and len(workers) < jobs and time.monotonic() < end:
            workers.append(Worker(part))
            workers[-1].give(left.pop())
        ready = wait([one.pipe for one in workers], timeout=1.0)
        for one in [one for one in workers if one.pipe in ready]:
            yield (found := one.take())
            if left and "broken" not in found["faults"] and time.monotonic() < end:
                one.give(left.pop())
            else:
                one.process.kill()
                workers.remove(one)
        now = time.monotonic()
        for one in [one for one in workers if now - one.begun > each or now > end]:
            one.process.kill()
            workers.remove(one)
            if now - one.begun > each:
                yield {"manuscript": one.name, "faults": {"broken": [f"not ready after {each:g} s"]}}
        if now > end:
            return


def done(path: Path) -> dict[str, Row]:
    """The rows that a file has already."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {found["manuscript"]: found for found in map(json.loads, lines)}


def main() -> int:
    """Entry; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("plain", "mistakes", "all", "broken"), default="all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--slice", default="1/1", help="I/N: the I-th of N shares")
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--each-seconds", type=float, default=300.0)
    parser.add_argument("--limit-seconds", type=float, default=1e9)
    given = parser.parse_args()
    os.environ.update(ALONE)
    first, number = map(int, given.slice.split("/"))
    every = broken() if given.part == "broken" else manuscripts(given.part)
    names = [name for name in every if given.only in name][first - 1 :: number]
    seen = done(given.out)
    left = [name for name in names if name not in seen]
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with given.out.open("a", encoding="utf-8") as out:
        for found in run(given.part, left, given.jobs, given.each_seconds, given.limit_seconds):
            out.write(json.dumps(found, ensure_ascii=False) + "\n")
            out.flush()
    rows = [found for name, found in done(given.out).items() if name in names]
    bad = [found for found in rows if found["faults"]]
    for found in bad:
        print(json.dumps({key: found.get(key) for key in ("manuscript", "causes", "faults")}, ensure_ascii=False))
    print(f"{len(rows)} of {len(names)} looked at, {len(bad)} otherwise than they must")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
