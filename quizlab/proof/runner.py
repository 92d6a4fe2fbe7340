"""The parent's side of the worker: start it, ask it, and end it when its time is up."""

from __future__ import annotations

import contextlib
import math
import os
import queue
import subprocess
import threading
from collections.abc import Mapping
from types import TracebackType

import msgspec

from quizlab.errors import USAGE, QuizlabError
from quizlab.model import Code, Given, Problem
from quizlab.proof import spawn
from quizlab.proof.worker import Hello, Reply, Request, receive, send

TIME_LIMIT = 60.0
"""Seconds that one hook may take; the first one also waits for torch to be imported."""

VARIABLE = "QUIZLAB_TIME_LIMIT"

KILLED = -9
"""The status of a process that somebody killed: no fault of what it was loading."""


def time_limit() -> float:
    """The time limit in seconds: ``QUIZLAB_TIME_LIMIT`` if it is set, for machines slower than most.

    Raises:
        QuizlabError: it is set to something that is no positive number.
    """
    text = os.environ.get(VARIABLE, "")
    if not text:
        return TIME_LIMIT
    try:
        limit = float(text.replace(",", "."))
    except ValueError:
        limit = 0.0
    if not 0 < limit < math.inf:
        raise QuizlabError("bad_time_limit", {"variable": VARIABLE, "text": text}, USAGE)
    return limit


class Worker:
    """A worker process, started at once and restarted after a hook that ran out of time.

    Use as a context manager: the process ends with the block, whatever happens in it.

    Args:
        limit: seconds that one hook may take; None for `time_limit`.
        process: one that was started before anybody asked, to be used first.
    """

    def __init__(self, limit: float | None = None, process: subprocess.Popen[bytes] | None = None) -> None:
        self.limit = time_limit() if limit is None else limit
        self._closed = False
        self.versions: dict[str, str] = {}
        self._number = 0
        self._lock = threading.Lock()
        self._start(process)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self, process: subprocess.Popen[bytes] | None = None) -> None:
        self._hello: Hello | None = None
        self._inbox: queue.Queue[bytes | None] = queue.Queue()
        self._process = process or spawn.start()
        threading.Thread(target=self._listen, args=(self._process, self._inbox), daemon=True).start()

    @staticmethod
    def _listen(process: subprocess.Popen[bytes], inbox: queue.Queue[bytes | None]) -> None:
        assert process.stdout is not None
        while True:
            try:
                data = receive(process.stdout)  # type: ignore[arg-type]
            except (OSError, ValueError):
                data = None
            inbox.put(data)
            if data is None:
                return

    def run(self, hook: str, params: Mapping[str, Given]) -> Reply:
        """Run one hook and wait for its reply, at most the time limit.

        A worker that dies or runs out of time gives a Problem, and the next call gets a fresh one.
        """
        with self._lock:
            self._number += 1
            try:
                return self._ask(Request(self._number, hook, dict(params)))
            except queue.Empty:
                self._restart()
                return self._failed("timed_out", seconds=f"{self.limit:g}")
            except (OSError, EOFError, ValueError, msgspec.MsgspecError):  # ValueError: closed meanwhile
                loaded = self._hello is not None or self._closed
                status = self._restart()
                if loaded or status == KILLED:
                    return self._failed("worker_died")
                return self._failed("torch_broken", why=f"proces se ruši pri učitavanju, status {status}")

    def _ask(self, request: Request) -> Reply:
        if self._hello is None:
            self._hello = msgspec.msgpack.decode(self._take(), type=Hello)
            self.versions = self._hello.versions
        if self._hello.problem:
            return Reply(request.number, 0.0, problem=self._hello.problem)
        assert self._process.stdin is not None
        send(self._process.stdin, msgspec.msgpack.encode(request))  # type: ignore[arg-type]
        return msgspec.msgpack.decode(self._take(), type=Reply)

    def _take(self) -> bytes:
        data = self._inbox.get(timeout=self.limit)
        if data is None:
            raise EOFError
        return data

    def _failed(self, code: Code, **args: str) -> Reply:
        return Reply(self._number, self.limit, problem=Problem(code, args))

    def _restart(self) -> int:
        """End the process and start another one; the status of the one that ended."""
        status = self._end()
        if not self._closed:
            self._start()
        return status

    def close(self) -> None:
        """End the process now; what it was computing is lost."""
        self._closed = True
        self._end()

    def _end(self) -> int:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()
        return self._process.wait()
