"""All questions of lab 4 on its edited labs: ``python -m tests.broken.matrix4 [NAME …] [--only q1 …]``.

Each lab is proved in a fork of this process, so torch is imported once and nothing is left behind.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from quizlab.model import AnyQuestion, Finding
from tests.broken import lab4_data, lab4_learning, lab4_models, lab4_more
from tests.broken.lab4_mutant import Mutant
from tests.broken.sources import edited
from tests.conftest import shipped_bank
from tests.proofs import Proofs, proved

MUTANTS: dict[str, Mutant] = lab4_models.MUTANTS | lab4_data.MUTANTS | lab4_learning.MUTANTS | lab4_more.MUTANTS
QUESTIONS: dict[str, AnyQuestion] = {each.id: each for each in shipped_bank("lab4").questions}


class Outcome(NamedTuple):
    """How one question came out on one lab: "" where the key stands, else why it does not."""

    question: str
    why: str


def outcome(finding: Finding) -> Outcome:
    """How a finding came out."""
    why = "; ".join(f"{one.code} {one.args}" for one in finding.problems)
    return Outcome(finding.id, "" if proved(finding) else why)


def outcomes(mutant: Mutant, questions: list[str]) -> list[Outcome]:
    """Some questions on one edited lab."""
    proofs = Proofs(edited("lab4", *mutant.edits))
    return [outcome(proofs.finding(QUESTIONS[each])) for each in questions]


def faults(mutant: Mutant, found: list[Outcome]) -> list[str]:
    """What came out otherwise than expected: missed, or red without reason."""
    red, may = set(mutant.red.split()), set(mutant.may.split())
    said = []
    for each in found:
        if not each.why and each.question in red:
            said.append(f"missed {each.question}")
        if each.why and each.question not in red | may:
            said.append(f"false red {each.question}: {each.why}")
    return said


def _in_fork(task: tuple[str, list[str]]) -> tuple[str, list[Outcome], float]:
    name, questions = task
    start = time.process_time()
    return name, outcomes(MUTANTS[name], questions), time.process_time() - start


def matrix(names: list[str], questions: list[str], processes: int = 2) -> Iterator[tuple[str, list[Outcome], float]]:
    """The outcomes and the seconds of each lab, as they come."""
    import torch

    torch.set_num_threads(1)
    with multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=1) as pool:
        tasks = [(each, questions) for each in names]
        yield from pool.imap(_in_fork, tasks)


def main() -> int:
    """Print what came out otherwise than expected; the status is 1 if anything did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(MUTANTS))
    parser.add_argument("--only", nargs="*", default=list(QUESTIONS))
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-v", action="store_true", help="why, too, for every red question")
    options = parser.parse_args()
    failed = False
    for name, found, took in matrix(options.names, options.only, options.j):
        red = [each.question for each in found if each.why]
        wrong = faults(MUTANTS[name], found)
        failed |= bool(wrong)
        print(f"{name:<5}{took:5.1f} s  {MUTANTS[name].what}: {' '.join(red) or '–'}", flush=True)
        print(*(f"       {each[:400]}" for each in wrong), sep="\n", end="\n" if wrong else "")
        if options.v:
            print(*(f"       {each.question} {each.why}" for each in found if each.why), sep="\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
