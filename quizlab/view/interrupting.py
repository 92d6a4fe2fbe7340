"""Ctrl-C and being told to end, at a line: heard wherever it comes, also before the line waits for its first key."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

from quizlab.view import ending, keys

AGAIN = 0.2
"""Seconds in which Python hears of a signal by itself, unless it came in that moment."""

PATIENCE = 1.0
"""Seconds in which a process that was told to end leaves its line; one that readline does not let go of ends so."""


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """While a line is read, Ctrl-C interrupts it at once.

    Python notices a signal between two of its own steps, and readline when the signal ends its waiting. One that comes
    after the last step and before the waiting would be noticed with the next key only: it is sent once more. While a
    text is being pasted readline notices none at all.

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
            told.extend(each for each in ending.TELLING if each in came)
            until = time.monotonic() + PATIENCE
            while (told or signal.SIGINT in came) and not left.wait(AGAIN):
                if not told and noticed.is_set():
                    break
                if told and time.monotonic() > until:
                    restore()
                    os._exit(128 + told[0])
                again()  # where the system told another thread, or Python was just about to wait

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
        signal.signal(signal.SIGINT, usual)
