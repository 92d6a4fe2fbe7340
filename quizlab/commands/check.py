"""The check command: whether banks are written as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab import bank
from quizlab.commands import _banks
from quizlab.hooks import registry
from quizlab.model import Bank
from quizlab.view import listing
from quizlab.view.screen import Screen


def check_banks(paths: Sequence[Path]) -> int:
    """Check banks without running any proof; every problem of every bank is reported at once.

    Raises:
        BankError: with all the problems.
    """
    problems = [] if paths else list(registry.found().problems)
    sound: list[Bank] = []
    for path in paths or bank.shipped():
        try:
            sound.append(bank.load(path, thorough=True))
        except bank.BankError as error:
            problems += error.problems
    problems += _banks.clashes(sound)
    if problems:
        raise bank.BankError(problems)
    listing.sound(Screen(), sound)
    return 0
