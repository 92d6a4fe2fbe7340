"""The list command: the questions there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab.commands import _banks
from quizlab.view import listing
from quizlab.view.screen import Screen


def list_all(names: Sequence[str], *, topic: str | None, plain: bool, banks: Sequence[Path]) -> int:
    """List the chosen questions."""
    found = _banks.opened(banks)
    chosen = _banks.chosen(found, names, topic, aside=True)
    listing.questions(Screen(plain=plain), found, chosen)
    return 0
