"""The show command: one question whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab.commands import _banks
from quizlab.view import listing
from quizlab.view.screen import Screen


def show_one(name: str, *, plain: bool, banks: Sequence[Path]) -> int:
    """Show one question whole."""
    found = _banks.opened(banks)
    question, owner = _banks.one(found, name)
    listing.whole(Screen(plain=plain), question, owner.groups, owner.places[question.id])
    return 0
