"""The hooks command: the proofs with their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab.commands import _banks
from quizlab.model import hook_of
from quizlab.view import listing
from quizlab.view.screen import Screen


def list_hooks(*, plain: bool, banks: Sequence[Path]) -> int:
    """List the proofs with their parameters and the questions that use them."""
    from quizlab.hooks import registry
    from quizlab.proof import binding

    used: dict[str, list[str]] = {}
    for each in _banks.opened(banks):
        for question in each.questions:
            used.setdefault(hook_of(question), []).append(question.id)
    signatures = {
        name: [f"{parameter}: {binding.describe(kind)}" for parameter, (kind, _) in binding.parameters(name).items()]
        for name in registry.catalogue()
    }
    listing.hooks(Screen(plain=plain), used, signatures)
    return 0
