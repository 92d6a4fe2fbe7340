"""A pager for what is longer than the screen: a title that stays in sight, and keys that anyone would try."""

from __future__ import annotations

from collections.abc import Callable

from quizlab.telling.blocks import wide
from quizlab.view import keys
from quizlab.view.folding import folded
from quizlab.view.prompts import single_keys
from quizlab.view.screen import Screen

FRAME = 3
"""Rows around the text: the title, the keys, and an empty one under the title."""
LEAST = 4
"""On fewer rows of text it is easier to scroll the terminal."""

FORTH, BACK = (" ", keys.PAGE_DOWN, keys.RIGHT), ("b", keys.PAGE_UP, keys.LEFT)
LEAVE = ("q", "Q", "p", keys.ENTER, "\x1b")


def show(screen: Screen, title: str, draw: Callable[[Screen], None]) -> bool:
    """Show what ``draw`` draws, a screen at a time, and give the screen back as it was.

    Where nobody can press keys, or the terminal is too low, all of it is printed under its title.

    Returns:
        Whether the screen is as it was before; False where the text was printed.

    Raises:
        KeyboardInterrupt: Ctrl-C; the screen is given back then too.
    """
    console = screen.console
    if not single_keys(screen) or console.is_dumb_terminal or console.legacy_windows or console.height < FRAME + LEAST:
        draw(screen)
        return False
    console.set_alt_screen(True)
    console.show_cursor(False)
    try:
        _turn(screen, title, draw)
    finally:
        console.show_cursor(True)
        console.set_alt_screen(False)
    return True


def _turn(screen: Screen, title: str, draw: Callable[[Screen], None]) -> None:
    """Show pages until somebody leaves; a terminal that changes its size gets the text laid out anew."""
    at, width, lines = 0, 0, [""]
    while True:
        if screen.width != width:
            width, lines = screen.width, laid_out(screen, draw)
        page = screen.console.height - FRAME
        last = max(0, len(lines) - page)
        at = min(at, last)
        screen.raw(_drawn(screen, title, lines, at, page))
        pressed = keys.press()
        if pressed is None or pressed in LEAVE:
            return
        at = max(0, min(last, moved(at, pressed, page, last)))


def laid_out(screen: Screen, draw: Callable[[Screen], None]) -> list[str]:
    """What is drawn, line by line, no line wider than the screen; without empty lines before and after."""
    scratch = screen.in_memory()
    draw(scratch)
    lines = [part for line in scratch.written for part in _split(scratch, line)]
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    return lines or [""]


def _split(scratch: Screen, line: str) -> list[str]:
    """A line in rows: code, which is printed without folding, is cut wherever the screen ends."""
    from rich.text import Text

    text = Text.from_ansi(line)
    if text.cell_len <= scratch.width:
        return [line]
    rows = []
    for row in text.divide(range(scratch.width, len(text), scratch.width)):
        with scratch.console.capture() as shown:
            scratch.console.print(row, soft_wrap=True)
        rows.append(shown.get().rstrip("\n"))
    return rows


def moved(at: int, pressed: str, page: int, last: int) -> int:
    """The first line shown after a key: one overlapping line lets the eye find its place again."""
    steps = {
        **dict.fromkeys((keys.DOWN, "j"), 1),
        **dict.fromkeys((keys.UP, "k"), -1),
        **dict.fromkeys(FORTH, page - 1),
        **dict.fromkeys(BACK, 1 - page),
        **dict.fromkeys((keys.TOP, "g"), -last),
        **dict.fromkeys((keys.BOTTOM, "G"), last),
    }
    return at + steps.get(pressed, 0)


def _drawn(screen: Screen, title: str, lines: list[str], at: int, page: int) -> str:
    """The whole screen as text: each line ends what stood there before, and the last one does not scroll."""
    whole = len(lines) <= page
    place = "" if whole else f" · {at + 1}–{min(at + page, len(lines))} od {len(lines)}"
    bar = f"⏎ natrag{'' if whole else ' · ↑ ↓ redak · razmak stranica'}{place}"
    rows = [_cut(title, screen.width), "", *lines[at : at + page]]
    rows += [""] * (FRAME - 1 + page - len(rows))
    return "\x1b[H" + "\x1b[K\r\n".join([*rows, _cut(bar, screen.width)]) + "\x1b[K\x1b[J"


def _cut(text: str, width: int) -> str:
    """A line of text in one row."""
    return text if wide(text) <= width else folded(text, width - 1)[0] + "…"
