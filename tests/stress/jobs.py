"""quizlab as a job of a shell: at a terminal of its own, stopped and continued, resized, its terminal taken away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>78]|\r")
AFTER_ENDING = 20.0
"""Seconds in which a process that was told to end is gone."""


class Job:
    """One command at a pseudo-terminal, under a process that does what a shell does for its foreground job.

    Args:
        command: program and arguments.
        env: its whole environment.
        folder: where it runs.
        size: rows and columns.
        limit: called in the process before it becomes the program.
    """

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        folder: Path,
        size: tuple[int, int],
        limit: Callable[[], None] = lambda: None,
    ) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(self.slave)
        told, telling = os.pipe()
        heard, ordering = os.pipe()
        self._told, self._ordering = told, ordering
        self.shell = os.fork()
        if self.shell == 0:
            for fd in set(range(3, 256)) - {self.slave, telling, heard}:  # those of another job among them
                with contextlib.suppress(OSError):
                    os.close(fd)
            _shell(self.slave, telling, heard, command, env, folder, limit)
        os.close(telling)
        os.close(heard)
        self.pid = 0
        self.status: int | None = None
        self.stopped = False
        self.shown = b""
        self._tale = b""
        while not self.pid:
            self._listen(1.0)

    # --- what a person does -----------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Type; what a full terminal does not take is lost, as it is when a cat sits on the keyboard."""
        if self.master >= 0 and select.select([], [self.master], [], 0.5)[1]:
            with contextlib.suppress(OSError):
                os.write(self.master, data)

    def resize(self, rows: int, columns: int) -> None:
        if self.master >= 0:
            fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: int) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def proceed(self) -> None:
        """``fg``."""
        if self.stopped:
            self.stopped = False
            os.write(self._ordering, b"f")

    def hang_up(self) -> None:
        """Close the window: the terminal is gone, and the system says so to who used it."""
        for fd in (self.master, self.slave):
            os.close(fd)
        self.master = self.slave = -1

    # --- what is seen -----------------------------------------------------------------------------------

    def watch(self, seconds: float, quiet: float = 0.0) -> None:
        """Read for so long; with ``quiet`` only until nothing has come for so long."""
        until = time.monotonic() + seconds
        last = time.monotonic()
        while (now := time.monotonic()) < until and not (quiet and now - last > quiet):
            if self._read(min(0.05, until - now)):
                last = time.monotonic()
            self._listen(0)
            if self.status is not None:
                while self._read(0):
                    pass
                return

    def _read(self, seconds: float) -> bool:
        if self.master < 0:
            time.sleep(seconds)
            return False
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        with contextlib.suppress(OSError):
            self.shown += os.read(self.master, 1 << 16)
            return True
        return False

    def _listen(self, seconds: float) -> None:
        """What the shell tells: ``p`` the process, ``s`` that it stopped, ``e`` the status it ended with."""
        if self.status is None and select.select([self._told], [], [], seconds)[0]:
            said = os.read(self._told, 1 << 10)
            if not said:
                self.status = -99
                return
            self._tale += said
            *lines, self._tale = self._tale.split(b"\n")
            for line in lines:
                kind, number = line[:1], int(line[1:] or b"0")
                if kind == b"p":
                    self.pid = number
                elif kind == b"s":
                    self.stopped = True
                else:
                    self.status = number

    def ended(self, seconds: float = AFTER_ENDING) -> bool:
        """Whether it ends within so many seconds."""
        self.watch(seconds)
        return self.status is not None

    def text(self) -> str:
        """What was shown, without escapes."""
        return ESCAPES.sub("", self.shown.decode("utf-8", "replace"))

    def untidy(self) -> list[str]:
        """What a process that ended by itself left of the terminal otherwise than it found it."""
        if self.slave < 0:
            return []
        wrong = []
        if termios.tcgetattr(self.slave) != self.before:
            wrong.append("modes of the terminal")
        for name, off, on in (
            ("cursor", b"\x1b[?25l", b"\x1b[?25h"),
            ("marked pastes", b"\x1b[?2004h", b"\x1b[?2004l"),
            ("alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
        ):
            if self.shown.rfind(off) > self.shown.rfind(on):
                wrong.append(name)
        return wrong

    def close(self) -> None:
        """Nothing of it remains."""
        if self.status is None:
            for pid in (self.pid, self.shell):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        os.waitpid(self.shell, 0)
        for fd in (self.master, self.slave, self._told, self._ordering):
            if fd >= 0:
                os.close(fd)


def _shell(
    slave: int,
    telling: int,
    heard: int,
    command: Sequence[str],
    env: Mapping[str, str],
    folder: Path,
    limit: Callable[[], None],
) -> None:
    """Never returns: leads the session, runs the command in the foreground, gives it back the terminal on ``fg``."""
    try:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        own = termios.tcgetattr(slave)
        child = os.fork()
        if child == 0:
            _become(slave, command, env, folder, limit)
        with contextlib.suppress(OSError):
            os.setpgid(child, child)
            os.tcsetpgrp(slave, child)
        os.write(telling, b"p%d\n" % child)
        while True:
            _, status = os.waitpid(child, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                os.write(telling, b"e%d\n" % os.waitstatus_to_exitcode(status))
                return
            modes = None
            with contextlib.suppress(termios.error, OSError):  # the terminal may be gone
                modes = termios.tcgetattr(slave)
                termios.tcsetattr(slave, termios.TCSADRAIN, own)
                os.tcsetpgrp(slave, os.getpgrp())
            os.write(telling, b"s%d\n" % os.WSTOPSIG(status))
            os.read(heard, 1)
            with contextlib.suppress(termios.error, OSError):
                if modes:
                    termios.tcsetattr(slave, termios.TCSADRAIN, modes)
                os.tcsetpgrp(slave, child)
            os.kill(-child, signal.SIGCONT)
    finally:
        os._exit(0)


def _become(
    slave: int, command: Sequence[str], env: Mapping[str, str], folder: Path, limit: Callable[[], None]
) -> None:
    try:
        os.setpgid(0, 0)
        os.tcsetpgrp(slave, os.getpid())
        for number in (1, 2, 3, 20, 21, 22):
            signal.signal(number, signal.SIG_DFL)
        for number in range(3):
            os.dup2(slave, number)
        os.closerange(3, 256)
        os.chdir(folder)
        limit()
        os.execve(command[0], list(command), dict(env))
    finally:
        os._exit(127)
