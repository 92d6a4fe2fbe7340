"""The parent's side: start the process that looks at a student's code, and end it when its time is up."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quizlab.model import AnyQuestion, Problem
from quizlab.own import messages
from quizlab.own.environment import python_of
from quizlab.own.guard import Attempt
from quizlab.own.messages import CAUSES, LOADING, At, Ended, Found, Hello, Job, Judged, Loaded, Message, Named
from quizlab.own.opening import Place
from quizlab.own.reading import Trouble
from quizlab.proof.budget import time_limit
from quizlab.proof.spawn import ENVIRONMENT
from quizlab.proof.worker import receive, send

COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "quizlab.own.child")
QUIET = {"CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
STARTS = 4
"""So many processes at most: one that a question has ended is followed by another for the rest."""


LISTENS = 0.2
"""Seconds after which a process that says nothing is asked about again: whether it is still wanted."""


class StoppedError(Exception):
    """Nobody wants to know any more what a student's code does."""


class Examined(msgspec.Struct):
    """All that was found out about a student's code; filled as messages come."""

    versions: dict[str, str] = {}
    problem: Problem | None = None
    places: tuple[Place, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    refused: tuple[str, str, str] | None = None
    judged: dict[str, Judged] = {}
    causes: tuple[Named, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    threads: int = 0
    python: str = ""
    """The Python of the student's own environment, where there is one near the code."""

    broken: dict[str, str] = {}
    """Stage → why it was ended: ``time`` or ``died``."""


def examine(
    path: Path,
    lab: str,
    chosen: Sequence[str],
    questions: Sequence[AnyQuestion],
    *,
    causes: bool = True,
    limit: float | None = None,
    advance: Callable[[str], None] = lambda stage: None,  # noqa: ARG005
    stop: threading.Event | None = None,
) -> Examined:
    """Look at a student's code in a process of its own.

    Args:
        path: the student's folder or file.
        lab: whose parts to look for.
        chosen: mappings ``part=file.py:Class``.
        questions: those to judge.
        causes: whether to look for known mistakes, too.
        limit: seconds for one question; all together may take twice as long.
        advance: called with each stage as it begins.
        stop: set by another thread when nobody wants to know any more.

    Raises:
        StoppedError: ``stop`` was set.
    """
    limit = time_limit() if limit is None else limit
    found = Examined(python=python_of(path))
    end = time.monotonic() + 2 * limit
    with tempfile.TemporaryDirectory(prefix="quizlab-", ignore_cleanup_errors=True) as scratch:
        for _ in range(STARTS):
            rest = tuple(each for each in questions if each.id not in found.judged)
            job = Job(lab, str(path.resolve()), os.path.realpath(scratch), tuple(chosen), rest, causes)
            child = _Child(job, limit, end, stop or threading.Event())
            stage = child.run(found, advance)
            end = child.end
            if not stage:
                break
            if stage in (LOADING, CAUSES):
                causes = False
                if stage == LOADING or not rest:
                    break
            else:
                found.judged[stage] = Judged(stage, "unchecked", ENDINGS[found.broken[stage]])
            if time.monotonic() > end:
                break
    for each in questions:
        if found.places and each.id not in found.judged:
            found.judged[each.id] = Judged(each.id, "unchecked", ENDINGS["late"])
    return found


ENDINGS = {
    "time": "nije gotovo ni nakon dopuštenog vremena (možda petlja bez kraja)",
    "died": "kôd je srušio Python (možda je ponestalo memorije)",
    "late": "vrijeme za sva pitanja zajedno je isteklo",
}


class _Child:
    """One process, for one job."""

    def __init__(self, job: Job, limit: float, end: float, stop: threading.Event) -> None:
        self.job, self.limit, self.end, self.stop = job, limit, end, stop
        self.inbox: queue.Queue[bytes | None] = queue.Queue()
        folders = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), job.scratch)
        self.process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=job.scratch,
            env=os.environ | ENVIRONMENT | QUIET | folders,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                data = receive(self.process.stdout)  # type: ignore[arg-type]
            except (OSError, ValueError):
                data = None
            self.inbox.put(data)
            if data is None:
                return

    def run(self, found: Examined, advance: Callable[[str], None]) -> str:
        """Take what it says until it ends; the stage at which it had to be ended, or nothing."""
        stage, begun = LOADING, time.monotonic()
        try:
            with contextlib.suppress(OSError):
                send(self.process.stdin, messages.encode(self.job))  # type: ignore[arg-type]
            while True:
                left = min(self.limit, self.end - time.monotonic())
                try:
                    data = self._next(max(0.0, left))
                except queue.Empty:
                    found.broken[stage] = "time"
                    return stage
                if data is None:
                    found.broken[stage] = "died"
                    return stage
                message = messages.decode(data)
                if isinstance(message, Hello):
                    self.end += time.monotonic() - begun  # importing torch is nobody's fault
                if isinstance(message, At):
                    stage = message.stage
                    advance(stage)
                if _take(found, message):
                    return ""
        finally:
            self.close()

    def _next(self, seconds: float) -> bytes | None:
        """What it says next, None where it has ended.

        Raises:
            queue.Empty: it said nothing for so long.
            StoppedError: nobody wants to know any more.
        """
        end = time.monotonic() + seconds
        while not self.stop.is_set():
            with contextlib.suppress(queue.Empty):
                return self.inbox.get(timeout=max(0.0, min(LISTENS, end - time.monotonic())))
            if time.monotonic() >= end:
                raise queue.Empty
        raise StoppedError

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        self.process.wait()


def _take(found: Examined, message: Message) -> bool:
    """Keep what a message says; whether it is the last one."""
    if isinstance(message, Hello):
        found.versions, found.problem = message.versions, message.problem
        return message.problem is not None
    if isinstance(message, Loaded):
        found.places, found.troubles, found.refused = message.places, message.troubles, message.refused
    elif isinstance(message, Judged):
        found.judged[message.id] = message
    elif isinstance(message, Found):
        found.causes = message.causes
    elif isinstance(message, Ended):
        found.attempts, found.threads = message.attempts, message.threads
        return True
    return False
