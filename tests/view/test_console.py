"""Keys of a Windows console, with a stand-in for it: `tests/stress/test_windows.py` presses them in a real one."""

from __future__ import annotations

import signal
import sys
import types
from collections.abc import Callable

import pytest

from quizlab.view import keys


class Console(types.ModuleType):
    """What `msvcrt` does: keys, the second half of which is held for the next reading; none is waited for in vain.

    In a real one `getwch` waits for a key, and Ctrl-C does not interrupt it everywhere.
    """

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.typed: list[str] = []
        """Keys, each of one character or of two."""
        self.held: list[str] = []
        self.later: list[Callable[[], None]] = []
        """What happens while nothing is typed, one at each look."""

    def kbhit(self) -> bool:
        if not self.typed and self.later:
            self.later.pop(0)()
        return bool(self.typed)

    def getwch(self) -> str:
        if self.held:
            return self.held.pop()
        assert self.typed, "waited where Ctrl-C is not heard"
        key = self.typed.pop(0)
        self.held.extend(key[1:])
        return key[0]

    def ungetwch(self, character: str) -> None:
        """There is room for one; where the second half of a key is, there is none (`_ungetwch` of the UCRT)."""
        if self.held:
            raise OSError(0, "No error")
        self.held.append(character)


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    made = Console()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", made)
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setattr(keys, "_pressed", [])
    monkeypatch.setattr(keys.time, "sleep", lambda _: None)
    return made


@pytest.mark.parametrize(
    ("typed", "pressed"),
    [
        ("a", "a"),
        ("š", "š"),
        ("\r", keys.ENTER),
        ("\b", keys.ERASE),
        ("\xe0H", keys.UP),
        ("\xe0K", keys.LEFT),
        ("\xe0Q", keys.PAGE_DOWN),
        ("\x00;", ""),
        ("\xe0\x85", ""),
        ("à", "à"),
        ("\x00", ""),
        ("\x04", None),
    ],
)
def test_a_key_is_waited_for_and_read(console: Console, typed: str, pressed: str | None) -> None:
    console.later = [lambda: None, lambda: console.typed.append(typed)]
    assert keys.press() == pressed
    assert not console.typed
    assert not keys.more(0)


def test_a_letter_that_begins_no_special_key_takes_no_other_away(console: Console) -> None:
    console.typed = ["à", "H", "\xe0H", "à", "\xe0K", "b"]
    assert [keys.press() for _ in range(6)] == ["à", "H", keys.UP, "à", keys.LEFT, "b"]


def test_ctrl_c_is_heard_while_a_key_is_waited_for(console: Console) -> None:
    """As Windows tells of it to a console that processes its input: in another thread, as a signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    console.later = [lambda: None, lambda: signal.raise_signal(signal.SIGINT), lambda: console.typed.append("a")]
    try:
        with pytest.raises(KeyboardInterrupt):
            keys.press()
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_that_comes_as_a_key_interrupts(console: Console) -> None:
    """As `getwch` reads it, where it has switched that processing off."""
    console.typed = ["\x03", "a"]
    with pytest.raises(KeyboardInterrupt):
        keys.press()


def test_the_time_goes_on_while_a_key_is_waited_for(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(keys, "GLANCE", 0.0)
    console.later = [lambda: None, lambda: None, lambda: console.typed.append("b")]
    assert keys.press(lambda: seen.append(1)) == "b"
    assert seen == [1, 1]


def test_what_was_typed_too_early_is_dropped(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    console.typed = ["x", "\xe0H"]
    keys.forget()
    assert console.typed == []
