"""Which screen a command speaks through."""

from __future__ import annotations

from quizlab.view.screen import Screen, is_terminal


def piped(plain: bool) -> Screen:
    """The screen of a command that only says something: plain where nobody looks at a terminal."""
    return Screen(plain=plain or not is_terminal())
