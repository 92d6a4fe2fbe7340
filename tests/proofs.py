"""Run proofs in this process, on any lab, with evidence remembered: the same judge as the command's."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping
from typing import Any

import msgspec

from quizlab.model import AnyQuestion, Atom, ChoiceQuestion, Evidence, Finding, MultiQuestion, OpenQuestion, Problem
from quizlab.proof.budget import Budget
from quizlab.proof.verify import verify
from quizlab.proof.worker import Reply, run_hook
from quizlab.question.variants import mistakes_of, varied


class Proofs:
    """The proofs of one lab object; every hook runs once for the same parameters."""

    def __init__(self, lab: Any) -> None:
        self.lab = lab
        self.seen: dict[str, Evidence | Problem] = {}

    def run(self, hook: str, params: Mapping[str, Atom], budget: Budget | None = None) -> Reply:
        """Stands in for a worker's ``run``."""
        import torch

        torch.set_num_threads(1)
        key = f"{hook} {sorted(params.items())}"
        if key not in self.seen:
            self.seen[key] = run_hook(hook, self.lab, dict(params))
        found = self.seen[key]
        if isinstance(found, Problem):
            return Reply(0, 0.0, problem=found)
        return Reply(0, 0.0, evidence=found)

    def finding(self, question: AnyQuestion, **settings: Atom) -> Finding:
        """What verification finds out about a question."""
        return verify(varied(question, settings), self.run)


@functools.cache
def sound(lab: str) -> Proofs:
    """The proofs of one of our labs as it is, shared by all who ask."""
    return Proofs(importlib.import_module(f"labs.{lab}"))


def code_of(reply: Reply) -> str:
    """Why a worker gave no evidence; "" where it did."""
    return reply.problem.code if reply.problem else ""


def proved(finding: Finding) -> bool:
    """Whether the key stands: confirmed, or disputed with every camp's claims computed."""
    return finding.verdict in ("confirmed", "disputed")


def wrong_keys(question: AnyQuestion) -> list[AnyQuestion]:
    """A closed question with its key replaced by every other option, and by every listed mistake."""
    replace = msgspec.structs.replace
    if isinstance(question, ChoiceQuestion):
        return [replace(question, answer=letter) for letter in question.options if letter != question.answer]
    if isinstance(question, MultiQuestion):
        letters = list(question.options)
        subsets = [
            tuple(letter for bit, letter in enumerate(letters) if mask >> bit & 1)
            for mask in range(1, 2 ** len(letters))
        ]
        return [replace(question, answer=subset) for subset in subsets if set(subset) != set(question.answer)]
    if isinstance(question, OpenQuestion):
        return []
    wrong = []
    for mistake in mistakes_of(question):
        answer: Any = mistake.answer
        if isinstance(question.answer, tuple):
            answer = tuple(part.strip() for part in mistake.answer.split(";"))
        wrong.append(replace(question, answer=answer))
    return wrong
