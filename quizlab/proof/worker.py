"""The worker: a child process that imports torch once and runs hooks on request.

It reads requests from its standard input and writes replies to its standard output, each a MessagePack
message behind its length (4 bytes, big-endian). Whatever a hook or a lab prints goes nowhere near that pipe.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from quizlab.errors import QuizlabError, place_of, said
from quizlab.hooks import registry
from quizlab.model import Evidence, Given, Problem, Recorded
from quizlab.proof import presence, snippets
from quizlab.proof.budget import lacks_memory, limit_memory
from quizlab.proof.plain import NotPlainError, plain
from quizlab.proof.sources import Imported, data_of


class Request(msgspec.Struct, frozen=True):
    """Run one hook on one lab with these parameters."""

    number: int
    hook: str
    params: dict[str, Given]


class Reply(msgspec.Struct, frozen=True):
    """What came of a request: evidence, or the problem that prevented it."""

    number: int
    seconds: float
    evidence: Evidence | None = None
    problem: Problem | None = None
    sources: dict[str, str] = {}
    """What the evidence was computed by: path → digest."""
    recorded: Recorded | None = None
    """Where the evidence comes with quizlab instead of from a worker."""


class Hello(msgspec.Struct, frozen=True):
    """The worker's first message: the versions it computes with, or why it cannot."""

    versions: dict[str, str] = {}
    problem: Problem | None = None


def send(pipe: BinaryIO, data: bytes) -> None:
    """Write one encoded message with its length before it."""
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
    """Import torch for single-threaded work: on small tensors one thread is faster than two.

    Where there is none it is missing; whatever else goes wrong while it loads, the installation is broken. One that
    is only being installed is left alone.
    """
    if presence.arriving():
        return Hello(problem=Problem("torch_arriving"))
    try:
        import torch

        torch.set_num_threads(1)
        importlib.import_module("numpy")  # the labs compute with it, while torch loads without
        return Hello({"python": sys.version.split()[0], "torch": str(torch.__version__)})
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and error.name == "torch":
            return Hello(problem=Problem("torch_missing"))
        return Hello(problem=Problem("torch_broken", {"why": said(error)}))


def run_hook(name: str, lab: Any, params: dict[str, Given]) -> Evidence | Problem:
    """Run one hook on a lab, and its snippet; an exception in it, or in the lab, becomes a Problem that says where."""
    try:
        found = plain(registry.hook(name)(lab, **params))
        return msgspec.structs.replace(found, snippet=snippets.ran(found.snippet))
    except QuizlabError as error:
        return error.problems[0]
    except NotPlainError as error:
        return unsendable(name, str(error))
    except snippets.SnippetError as error:
        why = failure(error.__cause__ or error).args
        if not why:
            return Problem("out_of_memory")
        args = {"hook": name, "line": str(error.line), "what": why["what"], "message": why["message"]}
        return Problem("snippet_broken", args)
    except BaseException as error:  # a lab may call sys.exit, too
        return failure(error)


def prove(name: str, params: dict[str, Given], imported: Imported) -> Evidence | Problem:
    """Load the lab that a hook proves and run the hook on it; what that imports is noted before it runs and after."""
    lab = registry.lab_of(name)
    try:
        registry.hooks_of(lab)
        loaded = importlib.import_module(registry.code_of(lab))
    except QuizlabError as error:
        return error.problems[0]
    except BaseException as error:
        if lacks_memory(error):
            return Problem("out_of_memory")
        return Problem("lab_failed", {"lab": lab, "why": said(error)})
    imported.now()
    return run_hook(name, loaded, params)


def failure(error: BaseException) -> Problem:
    """What went wrong while proving, in one line, and in which file and line; a lack of memory has no place."""
    if lacks_memory(error):
        return Problem("out_of_memory")
    message = (str(error).strip().splitlines() or [""])[0][:300]
    return Problem("hook_failed", {"what": type(error).__name__, "message": message or "–", "where": place_of(error)})


def unsendable(hook: str, why: str) -> Problem:
    """What a hook returned cannot be told to anybody."""
    return Problem("evidence_unsendable", {"hook": hook, "where": _defined(hook), "message": why[:300]})


def _defined(hook: str) -> str:
    """File and line in which a hook begins."""
    code = inspect.unwrap(registry.hook(hook)).__code__
    return f"{Path(code.co_filename).name}:{code.co_firstlineno}"


def answered(request: Request, imported: Imported) -> bytes:
    """The encoded reply to a request; a text that no message can hold is a Problem, too."""
    start = time.perf_counter()
    outcome = prove(request.hook, request.params, imported)
    seconds = time.perf_counter() - start
    if isinstance(outcome, Problem):
        return msgspec.msgpack.encode(Reply(request.number, seconds, problem=outcome))
    try:
        sources = imported.now() | data_of(registry.lab_of(request.hook))
        return msgspec.msgpack.encode(Reply(request.number, seconds, outcome, sources=sources))
    except Exception as error:  # half a character, say
        problem = Problem("out_of_memory") if lacks_memory(error) else unsendable(request.hook, str(error))
        return msgspec.msgpack.encode(Reply(request.number, seconds, problem=problem))


def incoming(requests: BinaryIO) -> Iterator[bytes]:
    """The requests as they come. When the other end is gone this process ends, in the middle of whatever it does.

    A parent that is killed says nothing; only its end of the pipe closes, on every system.
    """
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        try:
            while (data := receive(requests)) is not None:
                waiting.put(data)
        finally:
            os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return iter(waiting.get, b"")


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the other end closes the pipe."""
    wanted = incoming(requests)
    hello = prepare()
    send(replies, msgspec.msgpack.encode(hello))
    limit_memory()
    imported = Imported()
    for data in wanted:
        if hello.problem is None:
            send(replies, answered(msgspec.msgpack.decode(data, type=Request), imported))


def main() -> None:
    """Entry of the child process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it closes our pipe
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(sys.stderr.fileno(), 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # a lab that asks for input gets none, and no request either
    with contextlib.suppress(BrokenPipeError):  # the parent is gone, and with it any reason to go on
        serve(requests, replies)
    os._exit(0)  # skip torch's teardown: nothing here needs it and it costs the user a tenth of a second


if __name__ == "__main__":
    main()
