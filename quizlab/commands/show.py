"""The show command: one question whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab.commands import _banks
from quizlab.view import listing
from quizlab.view.screen import Screen


def show_one(name: str, *, everything: bool, plain: bool, banks: Sequence[Path]) -> int:
    """Show one question whole; with ``everything`` also in all its states."""
    found = _banks.opened(banks)
    question, owner = _banks.one(found, name)
    screen = Screen(plain=plain)
    listing.whole(screen, question, owner.groups, owner.places[question.id])
    if everything:
        from quizlab.view import states

        states.every(screen, question)
    return 0
