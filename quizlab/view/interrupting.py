"""Ctrl-C and being told to end, at a line: heard wherever it comes, also before the line waits for its first key."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from quizlab.view import ending, keys

AGAIN = 0.2
"""Seconds in which Python hears of a signal by itself, unless it came in that moment."""

PATIENCE = 0.5
"""Seconds after which a line that is not left is one into which a text is being pasted, whose end has not come."""

LAST = 3.0
"""Seconds in which a process that was told to end leaves its line; one that readline does not let go of ends so."""


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """While a line is read, Ctrl-C interrupts it at once.

    Python notices a signal between two of its own steps, and readline when the signal ends its waiting. One that comes
    after the last step and before the waiting would be noticed with the next key only: it is sent once more. While a
    text is being pasted readline notices none at all: it is given the end of that text.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    main = threading.main_thread()
    usual = signal.getsignal(signal.SIGINT)
    ours_to_hear = usual is signal.default_int_handler  # otherwise somebody else hears it, or nobody is to
    if not ours_to_hear or not hasattr(signal, "pthread_kill") or threading.current_thread() is not main:
        yield
        return
    noticed, left = threading.Event(), threading.Event()
    ours, theirs = os.pipe()
    restore = keys.restoring()

    told: list[int] = []

    def once(number: int, frame: FrameType | None) -> None:
        if not noticed.is_set() and not told:
            noticed.set()
            signal.default_int_handler(number, frame)

    def again() -> None:
        assert main.ident is not None
        signal.pthread_kill(main.ident, signal.SIGINT)

    def watch() -> None:
        while came := os.read(ours, 64):
            since = time.monotonic()
            told.extend(each for each in ending.TELLING if each in came)
            while (told or signal.SIGINT in came) and not left.wait(AGAIN):
                if not told and noticed.is_set():
                    break
                if told and time.monotonic() > since + LAST:
                    restore()
                    os._exit(128 + told[0])
                if time.monotonic() > since + PATIENCE:
                    _pasted(again)
                again()  # where the system told another thread, or Python was just about to wait
                if _waiting(ours):
                    more = os.read(ours, 64)  # what was sent again is among it
                    told.extend(each for each in ending.TELLING if each in more)

    os.set_blocking(theirs, False)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    try:
        signal.signal(signal.SIGINT, once)
        yield
    finally:
        noticed.set()
        left.set()
        signal.set_wakeup_fd(before)
        os.close(theirs)
        watcher.join()
        os.close(ours)
        restore()
        signal.signal(signal.SIGINT, usual)


def _pasted(again: Callable[[], None]) -> None:
    """Let readline read the end of the text that is being pasted, as if the terminal had sent it.

    Args:
        again: wakes readline, which waits for the terminal and would wait on.
    """
    stdin = sys.stdin.fileno()
    terminal = os.dup(stdin)
    end, writing = os.pipe()
    try:
        os.write(writing, keys.PASTED.encode())
        os.dup2(end, stdin)
        until = time.monotonic() + AGAIN
        again()
        while _waiting(end) and time.monotonic() < until:
            time.sleep(0.005)
    finally:
        os.dup2(terminal, stdin)
        for fd in (terminal, end, writing):
            os.close(fd)


def _waiting(fd: int) -> bool:
    import select

    return bool(select.select([fd], [], [], 0)[0])
