"""A process that is told to end puts everything back first: the terminal, its temporary files, what it holds."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

TELLING = tuple(number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None)
"""What tells a process to end; Windows has no SIGHUP."""


class EndedError(BaseException):
    """The process was told to end; nobody catches it, so that every block on the way out is left in order."""


@contextlib.contextmanager
def unwound() -> Iterator[None]:
    """In the block such a signal is an exception; behind it the process ends by the signal, as it always would.

    A second one ends it at once.
    """
    came: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        if came:
            _die(number)
        came.append(number)
        raise EndedError

    ours = []
    if threading.current_thread() is threading.main_thread():  # only there are signals heard
        ours = [each for each in TELLING if signal.getsignal(each) == signal.SIG_DFL]
    for each in ours:
        signal.signal(each, end)
    try:
        yield
    finally:
        if came:
            _die(came[0])
        for each in ours:
            signal.signal(each, signal.SIG_DFL)


def _die(number: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
