"""Commands that only look: list, show, hooks, check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab import bank
from quizlab.commands import banks as opening
from quizlab.model import Bank, Problem
from quizlab.view import listing, words
from quizlab.view.screen import Screen


def list_all(names: Sequence[str], *, topic: str | None, plain: bool, banks: Sequence[Path]) -> int:
    """List the chosen questions."""
    found = opening.opened(banks)
    chosen = opening.chosen(found, names, topic)
    listing.questions(Screen(plain=plain), found, chosen)
    return 0


def show_one(name: str, *, plain: bool, banks: Sequence[Path]) -> int:
    """Show one question whole."""
    found = opening.opened(banks)
    question, owner = opening.one(found, name)
    listing.whole(Screen(plain=plain), question, owner.groups, owner.places[question.id])
    return 0


def list_hooks(*, plain: bool, banks: Sequence[Path]) -> int:
    """List the proofs with their parameters and the questions that use them."""
    from quizlab import binding
    from quizlab.hooks import CATALOG

    used: dict[str, list[str]] = {}
    for each in opening.opened(banks):
        for question in each.questions:
            used.setdefault(question.verify.hook, []).append(question.id)
    signatures = {
        name: [f"{parameter}: {binding.describe(kind)}" for parameter, (kind, _) in binding.parameters(name).items()]
        for name in CATALOG
    }
    listing.hooks(Screen(plain=plain), used, signatures)
    return 0


def check_banks(paths: Sequence[Path]) -> int:
    """Check banks without running any proof; every problem of every bank is reported at once.

    Raises:
        BankError: with all the problems.
    """
    problems: list[Problem] = []
    sound: list[Bank] = []
    for path in paths or bank.shipped():
        try:
            sound += bank.load_all(path, thorough=True)
        except bank.BankError as error:
            problems += error.problems
    problems += opening.clashes(sound)
    if problems:
        raise bank.BankError(problems)
    screen = Screen()
    for each in sound:
        screen.line(f"{each.name}: {words.questions(len(each.questions))}, bez primjedbi.")
    return 0
