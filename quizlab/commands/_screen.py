"""Which screen a command speaks through."""

from __future__ import annotations

from quizlab.telling import sentences
from quizlab.view.screen import Screen, is_terminal, tell


def piped(plain: bool) -> Screen:
    """The screen of a command that only says something: plain where nobody looks at a terminal."""
    return Screen(plain=plain or not is_terminal())


def fitting(*, plain: bool) -> Screen:
    """The screen of a command with tables: plain, and that is said, where it is too narrow for them."""
    screen = Screen(plain=plain)
    if plain or not screen.narrow():
        return screen
    tell(sentences.say("narrow", {"width": str(screen.width)}))
    return Screen(plain=True)
