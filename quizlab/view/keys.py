"""The keyboard of a terminal: single keys as they come, and whether more of them follow."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator

ENTER, ERASE = "\r", "\x7f"
MOVES = LEFT, RIGHT, REDRAW, UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM = tuple("←→↻↑↓⇞⇟⇱⇲")

INTERRUPT, END = "\x03", "\x04"

SPECIAL = {
    "\x1b[D": LEFT,
    "\x1bOD": LEFT,
    "\x1b[C": RIGHT,
    "\x1bOC": RIGHT,
    "\x1b[A": UP,
    "\x1bOA": UP,
    "\x1b[B": DOWN,
    "\x1bOB": DOWN,
    "\x1b[5~": PAGE_UP,
    "\x1b[6~": PAGE_DOWN,
    "\x1b[H": TOP,
    "\x1bOH": TOP,
    "\x1b[1~": TOP,
    "\x1b[F": BOTTOM,
    "\x1bOF": BOTTOM,
    "\x1b[4~": BOTTOM,
    "\x0c": REDRAW,
    "\n": ENTER,
    "\b": ERASE,
}
"""What arrows, Ctrl-L and the like send."""

CONSOLE = dict(
    zip("KMHPIQGO", ("\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F"), strict=True)
)
"""The second half of a special key of a Windows console, and what a POSIX terminal would send."""

HALVES = "\x00\xe0"
"""How a special key of a Windows console begins; the second is also the letter à."""

WITHOUT_MEANING = "\x1b[~"
"""What is read for the other special keys."""

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
"""What stands around a pasted text, where the terminal was asked to mark it."""

MARKING, UNMARKED = "\x1b[?2004h", "\x1b[?2004l"
"""Ask the terminal to mark pasted text, and not to; one that cannot, ignores it."""

KEYS = re.compile(r"\x1b\[200~.*?(?:\x1b\[201~|\Z)|\x1b(?:\[[0-9;?]*[^0-9;?]|O.|[^\[O])?|.", re.DOTALL)
UNFINISHED = re.compile(r"(?:\x1b(?:\[[0-9;?]*|O)?)\Z")

GLANCE = 0.25
"""Seconds between two looks at whether a key was pressed, where something else is done meanwhile."""

ESCAPE = 0.05
"""Seconds in which the rest of an escape sequence arrives that was split on its way."""

PASTING = 1.0
"""Seconds in which the rest of a pasted text arrives."""

_pressed: list[str] = []
"""Keys that arrived together with an earlier one and were not asked for yet."""

_decoder = codecs.getincrementaldecoder("utf-8")("ignore")


class Pasted(str):
    """Text that was pasted, on one line: it is text even where it is a single letter."""

    __slots__ = ()


def press(idle: Callable[[], None] | None = None) -> str | None:
    """Wait for one key.

    Args:
        idle: called again and again while none is pressed.

    Returns:
        The character, `Pasted` text, ``ENTER``, ``ERASE`` or one of ``MOVES``; an empty string for a key without
        meaning here; None at the end of input (Ctrl-D).

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    with raw():
        while not _pressed:
            while idle and not _waiting(GLANCE):
                idle()
            text = _come()
            while text and (wait := _unfinished(text)) and _waiting(wait):
                text += _come() or ""
            if text is None:
                return None
            _pressed.extend(KEYS.findall(text))
    pressed = _pressed.pop(0)
    if pressed.startswith(PASTE):
        text = " ".join(pressed.removeprefix(PASTE).removesuffix(PASTED).split())
        return Pasted("".join(each for each in text if each.isprintable()))
    if pressed == INTERRUPT:
        _pressed.clear()
        raise KeyboardInterrupt
    if pressed == END:
        return None
    pressed = SPECIAL.get(pressed, pressed)
    return pressed if pressed in (ENTER, ERASE) or (len(pressed) == 1 and pressed.isprintable()) else ""


def _unfinished(text: str) -> float:
    """How long to wait for the rest of what has begun; 0 if nothing has."""
    if text.rfind(PASTE) > text.rfind(PASTED):
        return PASTING
    return ESCAPE if UNFINISHED.search(text) else 0.0


def more(seconds: float) -> bool:
    """Whether another key comes within these seconds; it is kept."""
    return bool(_pressed) or _waiting(seconds)


def held() -> tuple[str, bool]:
    """What had come together with the last key: the text up to an Enter, and whether there was one; no more is kept."""
    text = ""
    while _pressed:
        pressed = press()
        if pressed == ENTER:
            _pressed.clear()
            return text, True
        text = text[:-1] if pressed == ERASE else text + (pressed or "")
    return text, False


def entered() -> bool:
    """Whether Enter was pressed by now; all that was pressed is dropped."""
    found = False
    with raw():
        while more(0) and (pressed := press()) is not None:
            found = found or pressed == ENTER
    return found


def forget() -> None:
    """Drop what was typed before it was asked for.

    It is read, not flushed: what the terminal was just about to take would go with it, Ctrl-C among it.

    Raises:
        KeyboardInterrupt: Ctrl-C was among it.
    """
    _pressed.clear()
    _decoder.reset()
    if not sys.stdin.isatty():
        return
    dropped = ""
    with contextlib.suppress(OSError), raw(signals=True):
        while _waiting(0) and (text := _come()) is not None:
            dropped += text
    _decoder.reset()
    if INTERRUPT in dropped:
        raise KeyboardInterrupt


def _come() -> str | None:
    """What has been typed, at least one character of it; None at the end of input."""
    if sys.platform == "win32":
        import msvcrt

        while not _waiting(GLANCE):  # Ctrl-C interrupts this waiting, but not that of `getwch`
            pass
        text = msvcrt.getwch()
        return CONSOLE.get(msvcrt.getwch(), WITHOUT_MEANING) if text in HALVES and _halved() else text
    while True:
        try:
            read = os.read(sys.stdin.fileno(), 4096)
        except OSError:  # the terminal is gone
            return None
        if not read:
            return None
        if text := _decoder.decode(read):
            return text


def _halved() -> bool:
    """Whether a second half of a key is held by the console; it has room for one character only."""
    if sys.platform != "win32":
        return False
    import msvcrt

    try:
        msvcrt.ungetwch("à")
    except OSError:
        return True
    msvcrt.getwch()
    return False


def _waiting(seconds: float) -> bool:
    """Whether anything is typed within these seconds."""
    if sys.platform == "win32":
        import msvcrt

        until = time.monotonic() + seconds
        while not msvcrt.kbhit():
            if time.monotonic() >= until:
                return False
            time.sleep(0.01)
        return True
    import select

    return bool(select.select([sys.stdin], [], [], seconds)[0])


@contextlib.contextmanager
def ignored() -> Iterator[None]:
    """While something runs, nothing typed is shown, and none of it is taken for an answer afterwards."""
    with raw(signals=True):
        forget()
        try:
            yield
        finally:
            forget()


@contextlib.contextmanager
def marked(write: Callable[[str], None]) -> Iterator[None]:
    """Pasted text comes marked as such, where the terminal can do it; a Windows console marks nothing."""
    if sys.platform == "win32":
        yield
        return
    write(MARKING)
    try:
        yield
    finally:
        write(UNMARKED)


@contextlib.contextmanager
def raw(*, signals: bool = False) -> Iterator[None]:
    """Keys come one by one and are not shown; with ``signals`` Ctrl-C still interrupts what runs."""
    restore = restoring()
    _quiet(signals=signals)
    try:
        yield
    finally:
        restore()


def restoring() -> Callable[[], None]:
    """What puts the terminal back into the modes in which it is now, as long as it is there."""
    try:
        import termios

        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
    except (ImportError, ValueError, OSError):  # Windows, or not a terminal
        return lambda: None
    except termios.error:
        return lambda: None

    def restore() -> None:
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(fd, termios.TCSADRAIN, before)

    return restore


def _quiet(*, signals: bool) -> None:
    """Stop the terminal from collecting and showing lines; Windows shows none by itself."""
    try:
        import termios
    except ImportError:
        return
    try:
        fd = sys.stdin.fileno()
        quiet = termios.tcgetattr(fd)
    except (termios.error, ValueError, OSError):  # not a terminal
        return
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IXON)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | (0 if signals else termios.ISIG))
    # Never flushed: what was typed between two keys belongs to the same word.
    termios.tcsetattr(fd, termios.TCSADRAIN, quiet)
