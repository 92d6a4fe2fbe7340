"""A typed line: edited by readline where it can be, otherwise as the terminal itself collects it."""

from __future__ import annotations

import functools
import os
import sys

NARROWEST = 4
"""Columns under which nothing is edited: GNU readline divides by what remains of two or three, and dies of it."""


def possible() -> bool:
    """Whether readline edits lines here: it is there, and the terminal is wide enough and can go back a row.

    On one that cannot, readline moves the line sideways, and dies when its window is made very narrow meanwhile.
    """
    try:
        import readline  # noqa: F401 - Windows has none
    except ImportError:
        return False
    try:
        columns = os.get_terminal_size(sys.stdin.fileno()).columns
    except (OSError, ValueError):
        return True  # there is no terminal, so readline is not asked
    return not 0 < columns < NARROWEST and _goes_back(os.environ.get("TERM", ""))


@functools.cache
def _goes_back(terminal: str) -> bool:
    if terminal in ("", "dumb"):
        return False
    try:
        import curses

        curses.setupterm(terminal, sys.stdin.fileno())
        return bool(curses.tigetstr("cuu1"))
    except ImportError:
        return True
    except (curses.error, OSError, ValueError):  # nobody knows this terminal
        return False


def line(prompt: str) -> str:
    """One line that somebody types at a terminal.

    Raises:
        EOFError: the end of input (Ctrl-D).
        KeyboardInterrupt: Ctrl-C.
    """
    try:
        import readline
    except ImportError:  # Windows: its console edits by itself
        return input(prompt)
    if possible():
        readline.parse_and_bind(r'"\C-l": "\C-a\C-k:o\C-m"')  # its own would clear the question away
        return input(prompt)
    sys.stdout.write(prompt)
    sys.stdout.flush()
    typed = sys.stdin.readline()  # `input` would ask readline
    if not typed:
        raise EOFError
    return typed.removesuffix("\n")
