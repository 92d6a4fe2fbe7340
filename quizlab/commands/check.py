"""The check command: whether banks are written as they should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from quizlab import bank
from quizlab.bank import homes
from quizlab.bank.omissions import STRICT, omissions
from quizlab.commands import _banks
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Bank, Finding, Problem
from quizlab.telling import sentences
from quizlab.view import listing
from quizlab.view.screen import Screen, tell


def check_banks(paths: Sequence[Path], *, proofs: bool = False) -> int:
    """Check banks; every problem of every bank is reported at once.

    What sound questions lack is a fault in a bank that comes with a lab; in one's own it is only said.

    Args:
        paths: the banks; the shipped ones where there are none.
        proofs: whether also to run the proofs and report what they do not compute.

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
    lacking = [problem for each in sound for problem in omissions(each)]
    own = {str(path.resolve()) for path in bank.shipped()}
    problems += [each for each in lacking if str(Path(each.file).resolve()) in own]
    if proofs and not problems:
        found = _uncomputed(sound)
        problems += [each for each in found if each.code not in STRICT or str(Path(each.file).resolve()) in own]
    if problems:
        raise bank.BankError(problems)
    for each in lacking:
        if each.code in STRICT:
            continue
        tell(sentences.problem(each))
    listing.sound(Screen(), sound)
    return 0


def _uncomputed(banks: Sequence[Bank]) -> list[Problem]:
    """Claims that the proofs do not compute, those on which nothing stands, and proofs that break off."""
    from quizlab.commands.verify import run_all
    from quizlab.proof.pool import Pool, jobs_for

    questions = [question for each in banks for question in each.questions]
    places = [each.places[question.id] for each in banks for question in each.questions]
    with Pool(jobs_for(len(questions))) as pool:
        findings = [proof.finding for proof in run_all(pool, questions)]
    return [
        msgspec.structs.replace(one, file=place.file, line=place.line)
        for question, finding, place in zip(questions, findings, places, strict=True)
        for one in (finding.problems if finding.verdict == "error" else _homeless(question, finding))
    ]


def _homeless(question: AnyQuestion, finding: Finding) -> Iterator[Problem]:
    for problem in homes.homeless(question, finding.evidence) if finding.evidence else ():
        yield msgspec.structs.replace(problem, id=question.id)
