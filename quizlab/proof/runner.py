"""The parent's side of the worker: start it, ask it, and end it when its time is up."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
import time
from collections.abc import Mapping
from types import TracebackType

import msgspec

from quizlab import numbers
from quizlab.model import Code, Given, Problem
from quizlab.proof import spawn
from quizlab.proof.budget import Budget, time_limit
from quizlab.proof.worker import Hello, Reply, Request, receive, send

KILLED = -9
"""The status of a process that somebody killed: no fault of what it was loading."""


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

    def run(self, hook: str, params: Mapping[str, Given], budget: Budget | None = None) -> Reply:
        """Run one hook and wait for its reply, at most the time limit and what is left of the question's budget.

        A worker that dies or runs out of time gives a Problem, and the next call gets a fresh one.
        """
        with self._lock:
            self._number += 1
            begun = time.monotonic()
            seconds = min(self.limit, budget.left) if budget else self.limit
            try:
                return self._ask(Request(self._number, hook, dict(params)), seconds, budget)
            except queue.Empty:
                self._restart()
                return self._failed("timed_out", begun, seconds=numbers.shortest(seconds))
            except (OSError, EOFError, ValueError, msgspec.MsgspecError):  # ValueError: closed meanwhile
                loaded = self._hello is not None or self._closed
                status = self._restart()
                if loaded or status == KILLED:
                    return self._failed("worker_died", begun)
                return self._failed("torch_broken", begun, why=f"proces se ruši pri učitavanju, status {status}")

    def _ask(self, request: Request, seconds: float, budget: Budget | None) -> Reply:
        if self._hello is None:
            self._hello = msgspec.msgpack.decode(self._take(self.limit), type=Hello)
            self.versions = self._hello.versions
        if self._hello.problem:
            return Reply(request.number, 0.0, problem=self._hello.problem)
        assert self._process.stdin is not None
        begun = time.monotonic()
        try:
            send(self._process.stdin, msgspec.msgpack.encode(request))  # type: ignore[arg-type]
            return msgspec.msgpack.decode(self._take(seconds), type=Reply)
        finally:
            if budget:
                budget.spend(time.monotonic() - begun)

    def _take(self, seconds: float) -> bytes:
        data = self._inbox.get(timeout=seconds)
        if data is None:
            raise EOFError
        return data

    def _failed(self, code: Code, begun: float, **args: str) -> Reply:
        return Reply(self._number, time.monotonic() - begun, problem=Problem(code, args))

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
