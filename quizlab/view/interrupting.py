"""Ctrl-C at a line: heard wherever it comes, also in the moment before the line waits for its first key."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

AGAIN = 0.2
"""Seconds in which Python hears of a signal by itself, unless it came in that moment."""


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """While a line is read, Ctrl-C interrupts it at once.

    Python notices a signal between two of its own steps, and readline when the signal ends its waiting. One that comes
    after the last step and before the waiting would be noticed with the next key only: it is sent once more.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    main = threading.main_thread()
    usual = signal.getsignal(signal.SIGINT)
    ours_to_hear = usual is signal.default_int_handler  # otherwise somebody else hears it, or nobody is to
    if not ours_to_hear or not hasattr(signal, "pthread_kill") or threading.current_thread() is not main:
        yield
        return
    noticed = threading.Event()
    ours, theirs = os.pipe()

    def once(number: int, frame: FrameType | None) -> None:
        if not noticed.is_set():
            noticed.set()
            signal.default_int_handler(number, frame)

    def watch() -> None:
        while came := os.read(ours, 64):
            while signal.SIGINT in came and not noticed.wait(AGAIN):
                assert main.ident is not None
                signal.pthread_kill(main.ident, signal.SIGINT)

    os.set_blocking(theirs, False)
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    before = signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    try:
        signal.signal(signal.SIGINT, once)
        yield
    finally:
        noticed.set()
        signal.set_wakeup_fd(before)
        os.close(theirs)
        watcher.join()
        os.close(ours)
        signal.signal(signal.SIGINT, usual)
