"""What a student's code may not do while it is looked at, and what is put in the place of it.

It keeps accidents away: a download, a window, a question, a file written beside the student's own. It is no sandbox,
and need not be one: the code is the student's own.
"""

from __future__ import annotations

import builtins
import os
import sys
import threading
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from quizlab.proof.budget import limit_memory

WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
MEMORY = 8 << 30
"""Bytes that a student's code may have, training included."""

DEEDS = {
    "socket": "otvoriti mrežnu vezu",
    "process": "pokrenuti drugi program",
    "write": "pisati izvan svoje radne mape",
    "ask": "nešto pitati s tipkovnice",
    "exit": "ugasiti Python",
    "kill": "ugasiti drugi program",
    "library": "učitati tuđu biblioteku (ctypes)",
    "window": "otvoriti prozor",
}
"""What was tried, as it follows «htio je»."""

EVENTS = {
    "subprocess.Popen": "process", "os.system": "process", "os.exec": "process", "os.fork": "process",
    "os.forkpty": "process", "os.posix_spawn": "process", "os.spawn": "process", "os.startfile": "process",
    "pty.spawn": "process", "_winapi.CreateProcess": "process", "os.kill": "kill", "os.killpg": "kill",
    "signal.pthread_kill": "kill", "webbrowser.open": "window", "urllib.Request": "socket",
    "ctypes.dlopen": "library",
}  # fmt: skip
CHANGES = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.link", "os.symlink",
           "os.truncate", "os.utime", "shutil.rmtree", "shutil.move", "shutil.copyfile", "shutil.copytree"}  # fmt: skip
BOTH = {"os.rename", "os.link", "os.symlink", "shutil.move"}
"""Of these two paths count; of a copy only the second."""

SECOND = {"shutil.copyfile", "shutil.copytree"}


class Attempt(Struct, frozen=True):
    """What the student's code tried, and where: a word of `DEEDS`, the file's path and the line."""

    deed: str
    file: str
    line: int


class ForbiddenError(RuntimeError):
    """The student's code tried what is not done here."""

    def __init__(self, deed: str) -> None:
        super().__init__(f"htio je {DEEDS[deed]}")
        self.deed = deed


class Guard:
    """Watches over a process from `install` on; there is no way back, so only for a process of its own.

    Args:
        scratch: the one folder in which anything may be written.
        root: the student's folder, to say where in it an attempt was made.
    """

    def __init__(self, scratch: Path, root: Path) -> None:
        self.scratch = os.path.realpath(scratch)
        self.root = os.path.realpath(root)
        self.attempts: list[Attempt] = []
        self.exit: Callable[[int], NoReturn] = os._exit
        self._busy = threading.local()

    def refuse(self, deed: str) -> NoReturn:
        """Note an attempt, and stop it.

        Raises:
            ForbiddenError: always.
        """
        file, line = self._place()
        attempt = Attempt(deed, file, line)
        if attempt not in self.attempts:
            self.attempts.append(attempt)
        raise ForbiddenError(deed)

    def _place(self) -> tuple[str, int]:
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename.startswith(self.root):
                return frame.f_code.co_filename, frame.f_lineno
            frame = frame.f_back
        return "", 0

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        """The audit hook: see `sys.addaudithook`."""
        if event in EVENTS:
            self.refuse(EVENTS[event])
        if event.startswith("socket.") and event != "socket.gethostname":
            self.refuse("socket")
        if event == "open" and self._writes(args):
            self._check(args[0])
        elif event in CHANGES:
            for path in args[:2] if event in BOTH else args[1:2] if event in SECOND else args[:1]:
                self._check(path)

    @staticmethod
    def _writes(args: tuple[Any, ...]) -> bool:
        mode, flags = args[1], args[2]
        if isinstance(mode, str):
            return any(each in mode for each in "wax+")
        return isinstance(flags, int) and bool(flags & WRITING)

    def _check(self, path: Any) -> None:
        if isinstance(path, int) or getattr(self._busy, "now", False):
            return
        self._busy.now = True  # realpath asks the system itself
        try:
            place = os.path.realpath(os.fsdecode(path))
        finally:
            self._busy.now = False
        if (
            place != self.scratch
            and not place.startswith(self.scratch + os.sep)
            and place != os.path.realpath(os.devnull)
        ):
            self.refuse("write")

    def install(self) -> None:
        """Put everything in its place."""
        self._replace_builtins()
        self._replace_torch()
        limit_memory(MEMORY)
        sys.dont_write_bytecode = True
        sys.addaudithook(self.audit)

    def _replace_builtins(self) -> None:
        import pdb
        import time
        import webbrowser
        from multiprocessing import process

        for name in ("open", "open_new", "open_new_tab", "get"):
            put(webbrowser, name, lambda *_, **__: self.refuse("window"))

        put(builtins, "input", lambda *_: self.refuse("ask"))
        put(builtins, "breakpoint", lambda *_, **__: self.refuse("ask"))
        put(pdb, "set_trace", lambda *_, **__: self.refuse("ask"))
        put(os, "_exit", lambda *_: self.refuse("exit"))
        put(os, "abort", lambda: self.refuse("exit"))
        put(process.BaseProcess, "start", lambda _: self.refuse("process"))
        put(time, "sleep", lambda _: None)

    def _replace_torch(self) -> None:
        import torch
        from torch import nn

        put(torch, "save", saving(self.scratch, torch.save))
        put(torch, "load", loading(self.scratch, torch.load))
        put(torch.Tensor, "cuda", lambda tensor, *_, **__: tensor)
        put(nn.Module, "cuda", lambda module, *_: module)
        put(torch.hub, "load", lambda *_, **__: self.refuse("socket"))


def saving(scratch: str, save: Callable[..., None]) -> Callable[..., None]:
    """``torch.save`` whose paths lead into the scratch folder: torch writes past all audits."""

    def kept(thing: Any, file: Any, *args: Any, **named: Any) -> None:
        save(thing, Path(scratch, Path(file).name) if isinstance(file, str | os.PathLike) else file, *args, **named)

    return kept


def loading(scratch: str, load: Callable[..., Any]) -> Callable[..., Any]:
    """``torch.load`` that finds what was saved before where it was put, and puts it on the processor."""

    def loaded(file: Any, *args: Any, **named: Any) -> Any:
        if isinstance(file, str | os.PathLike) and Path(scratch, Path(file).name).is_file():
            file = Path(scratch, Path(file).name)
        return load(file, *args[1:], **(named | {"map_location": "cpu"}))

    return loaded


def put(where: Any, name: str, what: Any) -> None:
    """Replace a name of a module or of a class."""
    setattr(where, name, what)
