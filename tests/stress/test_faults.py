"""Two thousand random faults in the shipped banks: each is noticed, or is one of those that are listed with a reason.

``QUIZLAB_STRESS=short`` tries a tenth; ``-s`` shows the table. The proofs run on the labs, each once for the same
numbers.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict

import pytest

import labs.lab3
import labs.lab4
import labs.torch
from quizlab import bank
from quizlab.bank.check import check_question
from quizlab.bank.collisions import check_variants
from quizlab.bank.homes import homeless
from quizlab.bank.omissions import omissions
from quizlab.model import Bank, Finding, Place
from quizlab.question.variants import several
from tests.proofs import Proofs
from tests.stress.mutations import Mutation, mutations

pytestmark = pytest.mark.stress

TRIALS = 200 if os.environ.get("QUIZLAB_STRESS") == "short" else 2000
SEED = 20_261_127
LABS = {"lab3": Proofs(labs.lab3), "lab4": Proofs(labs.lab4), "torch": Proofs(labs.torch)}
QUESTIONS = [(path.stem, question) for path in bank.shipped() for question in bank.load(path).questions]
SAME = {
    "mistake without model: answer": "what people err with nobody measures: it is wrong still, and no other's answer",
    "recollection: another option": "what a source remembers is on record nowhere else; the verdict on it is the same",
    "recollection: another answer": "as above",
    "recollection: one claim more": "as above",
    "ruling: another reason": "another claim that holds and that the answer does not say is a reason, too",
    "dispute: another reason": "another claim that holds is a ground of the second camp, too",
    "mistake: another's model": "with these numbers both models give this answer",
    "requires: another": "a claim of a described model: of these a question takes those it wants",
    "requires: left out": "as above",
}
"""Class of a fault → why one of it may go unnoticed."""
ODD = "the same where side − kernel is odd, as with all its numbers"
ALIKE = {
    ("q41", "domena-umjesto-raspona [-∞, ∞)"): "a bracket beside ∞ is read as an open end",
    ("q65", "float"): "what words mean nobody measures: an accepted one is right because it is accepted",
    ("t4", "maps*((side - kernel + 2)//2)**2"): ODD,
    ("t4", "bez-kanala ((side - kernel + 2)//2)**2"): ODD,
}
"""Question, what was done → why it is the same answer."""


def noticed(proofs: Proofs, base: Finding, mutation: Mutation) -> str:
    """By what a fault is noticed; "" where by nothing."""
    question = mutation.question
    alone = Bank("b", "", {}, (question,), {question.id: Place("b.yaml", 1, 1)})
    if list(check_question(question, None)):
        return "check"
    if list(omissions(alone)):
        return "bank"
    finding = proofs.finding(question)
    if finding.problems or finding.verdict != base.verdict:
        return "proof"
    if finding.evidence and list(homeless(question, finding.evidence)):
        return "homes"
    if [one.verdict for one in finding.recollections] != [one.verdict for one in base.recollections]:
        return "told otherwise"
    if list(check_variants(question)):
        return "check"
    others = several(question, 8, random.Random(SEED))
    return "variants" if any(proofs.finding(question, **each).problems for each in others) else ""


def test_faults_in_the_banks_are_noticed_or_listed() -> None:
    made: list[tuple[Proofs, Finding, Mutation]] = []
    for name, question in QUESTIONS:
        base = LABS[name].finding(question)
        assert base.evidence
        made += ((LABS[name], base, mutation) for mutation in mutations(question, base.evidence))
    assert len(made) > TRIALS
    drawn = random.Random(SEED).sample(made, TRIALS)
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lost = []
    for proofs, base, mutation in drawn:
        how = noticed(proofs, base, mutation)
        fine = mutation.what in SAME or (mutation.question.id, mutation.detail) in ALIKE
        table[mutation.what][how or ("listed" if fine else "LOST")] += 1
        if not how and not fine:
            lost.append((mutation.question.id, mutation.what, mutation.detail))
    print(f"\n{TRIALS} of {len(made)} faults, seed {SEED}")
    for what in sorted(table):
        print(f"| {what} | " + ", ".join(f"{how} {number}" for how, number in sorted(table[what].items())) + " |")
    assert not lost
