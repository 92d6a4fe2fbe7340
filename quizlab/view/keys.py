"""The keyboard: single keys where the terminal gives them, lines everywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

ENTER = "\r"
LEFT, RIGHT = "<", ">"

ARROWS = {"\x1b[D": LEFT, "\x1bOD": LEFT, "\x1b[C": RIGHT, "\x1bOC": RIGHT, "\xe0K": LEFT, "\xe0M": RIGHT}
"""What the arrow keys send, on POSIX terminals and on Windows, and the character that means the same."""

_pressed: list[str] = []
"""Keys that arrived together with an earlier one and were not asked for yet."""


def press() -> str | None:
    """Wait for one key.

    Returns:
        The character in lower case, ``ENTER``, ``LEFT`` or ``RIGHT``; an empty string for a key without meaning
        here; None at the end of input (Ctrl-D).

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    if not _pressed:
        import typer

        try:
            _pressed.extend(_keys(typer.getchar()))
        except EOFError:
            return None
    return _pressed.pop(0) if _pressed else ""


def _keys(text: str) -> list[str]:
    """What one read brought: an escape sequence is one key, anything else a key a character."""
    if text[:1] in ("\x1b", "\x00", "\xe0") and len(text) > 1:
        return [ARROWS.get(text, "")]
    return [ENTER if each in "\r\n" else each.lower() if each.isprintable() else "" for each in text]


def forget() -> None:
    """Drop what was typed before it was asked for."""
    _pressed.clear()
    if not sys.stdin.isatty():
        return
    try:
        import termios
    except ImportError:
        import msvcrt

        while msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
    else:
        with contextlib.suppress(termios.error, OSError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


@contextlib.contextmanager
def ignored() -> Iterator[None]:
    """While something runs, nothing typed is shown, and none of it is taken for an answer afterwards."""
    restore = _quiet()
    try:
        yield
    finally:
        forget()
        restore()


def _quiet() -> Callable[[], None]:
    """Stop the terminal from showing what is typed; returns how to undo that. Windows shows nothing by itself."""
    try:
        import termios
    except ImportError:
        return lambda: None
    try:
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
    except (termios.error, ValueError, OSError):  # not a terminal
        return lambda: None
    quiet = [*before]
    quiet[3] &= ~(termios.ECHO | termios.ICANON)  # signals stay on: Ctrl-C works as ever
    termios.tcsetattr(fd, termios.TCSADRAIN, quiet)
    return lambda: termios.tcsetattr(fd, termios.TCSADRAIN, before)
