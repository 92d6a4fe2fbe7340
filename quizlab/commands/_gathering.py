"""Gather what an export is made from: questions with their variants, and what verification found out about them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from quizlab.export import Exported, Variant
from quizlab.model import AnyQuestion, Atom, Bank
from quizlab.proof.verify import Run, verify
from quizlab.question import variants
from quizlab.view.verifying import progress

Family = tuple[AnyQuestion, ...]
"""A question and its variants."""


def questions_with(questions: Sequence[AnyQuestion], number: int) -> list[Family]:
    """Each question with so many of its variants, or as many as it has."""
    return [(each, *(variants.varied(each, values) for values in numbers(each, number))) for each in questions]


def numbers(question: AnyQuestion, number: int) -> list[dict[str, Atom]]:
    """The first so many of a question's other numbers, in an order that its id gives: more of them begin alike."""
    if not number:
        return []
    present = {name: question.params.get(name) for name in question.variants}
    others = [values for values in variants.combinations(question) if values != present]
    random.Random(question.id).shuffle(others)
    return others[:number]


def entries_of(banks: Sequence[Bank], families: Sequence[Family], run: Run) -> list[Exported]:
    """The entries of an export; a variant that was refuted is left out, since it would teach something wrong."""
    owner: Mapping[str, Bank] = {question.id: bank for bank in banks for question in bank.questions}
    entries = []
    with progress(sum(map(len, families)), quiet=False) as advance:
        for question, *others in families:
            found = []
            for each in (question, *others):
                found.append(Variant(each, verify(each, run)))
                advance(question.id)
            sound = tuple(each for each in found[1:] if each.finding.verdict != "refuted")
            entries.append(Exported(owner[question.id], question, found[0].finding, sound))
    return entries
