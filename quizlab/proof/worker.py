"""The worker: a child process that imports torch once and runs hooks on request.

It reads requests from its standard input and writes replies to its standard output, each a MessagePack
message behind its length (4 bytes, big-endian). Whatever a hook or a lab prints goes nowhere near that pipe.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from quizlab.model import Atom, Evidence, Problem


class Request(msgspec.Struct, frozen=True):
    """Run one hook on one lab with these parameters."""

    number: int
    hook: str
    params: dict[str, Atom]


class Reply(msgspec.Struct, frozen=True):
    """What came of a request: evidence, or the problem that prevented it."""

    number: int
    seconds: float
    evidence: Evidence | None = None
    problem: Problem | None = None


class Hello(msgspec.Struct, frozen=True):
    """The worker's first message: the versions it computes with, or why it cannot."""

    versions: dict[str, str] = {}
    problem: Problem | None = None


def send(pipe: BinaryIO, message: msgspec.Struct) -> None:
    """Write one message with its length before it."""
    data = msgspec.msgpack.encode(message)
    pipe.write(len(data).to_bytes(4, "big") + data)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """Read one message; None when the other end is gone."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    return data if len(data) == size else None


def prepare() -> Hello:
    """Import torch for single-threaded work: on small tensors one thread is faster than two."""
    try:
        import torch
    except ImportError as error:
        return Hello(problem=Problem("torch_missing", {"why": str(error)}))
    except OSError as error:  # a broken installation fails while loading its libraries
        return Hello(problem=Problem("torch_broken", {"why": str(error).splitlines()[0][:200]}))
    torch.set_num_threads(1)
    return Hello({"python": sys.version.split()[0], "torch": str(torch.__version__)})


def run_hook(name: str, lab: Any, params: dict[str, Atom]) -> Evidence | Problem:
    """Run one hook; an exception in it, or in the lab, becomes a Problem that says where."""
    from quizlab.hooks import CATALOG

    try:
        return CATALOG[name](lab, **params)
    except Exception as error:
        return failure(error)


def failure(error: Exception) -> Problem:
    """What went wrong while proving, in one line, and in which file and line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    message = (str(error).strip().splitlines() or [""])[0][:300]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return Problem("hook_failed", {"what": type(error).__name__, "message": message, "where": where})


def load_lab(name: str) -> Any:
    """The lab that a hook's name asks for."""
    return importlib.import_module(f"labs.{name}")


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the other end closes the pipe."""
    hello = prepare()
    send(replies, hello)
    while hello.problem is None and (data := receive(requests)) is not None:
        request = msgspec.msgpack.decode(data, type=Request)
        start = time.perf_counter()
        outcome = run_hook(request.hook, load_lab(request.hook.partition(".")[0]), request.params)
        seconds = time.perf_counter() - start
        if isinstance(outcome, Problem):
            send(replies, Reply(request.number, seconds, problem=outcome))
        else:
            send(replies, Reply(request.number, seconds, evidence=outcome))


def main() -> None:
    """Entry of the child process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it closes our pipe
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(BrokenPipeError):  # the parent is gone, and with it any reason to go on
        serve(sys.stdin.buffer, replies)
    os._exit(0)  # skip torch's teardown: nothing here needs it and it costs the user a tenth of a second


if __name__ == "__main__":
    main()
