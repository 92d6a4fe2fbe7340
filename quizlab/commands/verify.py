"""The verify command: run the proofs and report them."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizlab import errors
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.model import NO_TORCH, AnyQuestion, Atom, Bank, Finding
from quizlab.proof import binding
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from quizlab.question import variants
from quizlab.view import finding
from quizlab.view import verifying as view
from quizlab.view.screen import Screen

SHOWN_WHOLE = 3
"""So many questions asked for by name are shown with their whole proof; more of them at a glance."""


class Verified(msgspec.Struct, frozen=True):
    """What a verification found out, and with what."""

    banks: tuple[Bank, ...]
    questions: tuple[AnyQuestion, ...]
    findings: tuple[Finding, ...]
    variations: tuple[Finding, ...]
    seconds: float
    versions: dict[str, str]

    @property
    def every(self) -> tuple[Finding, ...]:
        """The findings of the questions, then those of their variants."""
        return (*self.findings, *self.variations)


def prove(
    names: Sequence[str],
    settings: Sequence[str],
    *,
    banks: Sequence[Path],
    more: int,
    json: bool,
    plain: bool,
    snippet: bool,
    early: subprocess.Popen[bytes] | None = None,
) -> int:
    """Verify the chosen questions, and ``more`` variants of each, and show what came of it.

    ``early`` is a worker's process that is running already.
    """
    found = find(names, settings, banks=banks, more=more, quiet=json or snippet, early=early)
    screen = Screen(plain=plain)
    if json:
        from quizlab.telling import machine

        screen.raw(machine.encode(machine.findings(found.every, found.versions)))
        return status(found.every)
    if snippet:
        view.snippets(screen, found.findings)
        return status(found.findings)
    by_name = bool({name.strip().lower() for name in names} - {bank.name.lower() for bank in found.banks})
    if by_name and len(found.questions) <= SHOWN_WHOLE:
        view.wholes(screen, found.questions, found.findings, found.versions)
    else:
        finding.glance(screen, found.banks, found.findings, found.seconds)
    if found.variations:
        finding.variations(screen, found.variations)
    return status(found.every)


def find(
    names: Sequence[str],
    settings: Sequence[str],
    *,
    banks: Sequence[Path],
    more: int,
    quiet: bool,
    early: subprocess.Popen[bytes] | None = None,
) -> Verified:
    """Prove the chosen questions with the numbers that were set, and ``more`` variants of each.

    Raises:
        QuizlabError: unknown names, settings that do not fit, or variants where there are none.
    """
    with Worker(process=early) as worker:
        found = _banks.opened(banks)
        chosen = _banks.chosen(found, names, aside=True)
        if settings and len(chosen) > 1:
            raise QuizlabError("set_needs_one", {"number": str(len(chosen))}, errors.USAGE)
        questions = [variants.varied(each, settings_of(each, settings)) for each in chosen]
        start = time.perf_counter()
        every = run_all(worker, [*questions, *drawn(questions, more)], quiet=quiet, changed=bool(settings))
        seconds = time.perf_counter() - start
    number = len(questions)
    return Verified(found, tuple(questions), tuple(every[:number]), tuple(every[number:]), seconds, worker.versions)


def settings_of(question: AnyQuestion, typed: Sequence[str]) -> dict[str, Atom]:
    """The values of ``--set``, checked against a question's parameters.

    Raises:
        QuizlabError: not of the form name=value, unknown name, wrong type.
    """
    pairs: dict[str, str] = {}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise QuizlabError("bad_setting", {"text": text}, errors.USAGE)
        pairs[name.strip()] = value.strip()
    return binding.read_settings(question, pairs)


def drawn(questions: Sequence[AnyQuestion], number: int) -> list[AnyQuestion]:
    """So many different variants of each question (or as many as it has), the same every time.

    Raises:
        QuizlabError: variants are wanted and no question has any.
    """
    rng = random.Random(814)
    found: list[AnyQuestion] = []
    for question in questions:
        found += [variants.varied(question, values) for values in variants.several(question, number, rng)]
    if number and not found:
        raise QuizlabError("variants_none", status=errors.USAGE)
    return found


def run_all(worker: Worker, questions: Sequence[AnyQuestion], *, quiet: bool, changed: bool) -> list[Finding]:
    """Verify questions one after another behind a progress display (on a terminal's standard error)."""
    findings: list[Finding] = []
    with view.progress(len(questions), quiet=quiet) as advance:
        for question in questions:
            found = verify(question, worker.run, changed=changed)
            findings.append(found)
            advance(question.id)
            if any(problem.code in NO_TORCH for problem in found.problems):
                findings += [msgspec.structs.replace(found, id=each.id) for each in questions[len(findings) :]]
                break
    return findings


def status(findings: Sequence[Finding]) -> int:
    """The exit status of a verification: refuted before could-not-run before confirmed."""
    verdicts = {finding.verdict for finding in findings}
    if "refuted" in verdicts:
        return errors.REFUTED
    return errors.COULD_NOT_RUN if {"error", "unproved"} & verdicts else errors.CONFIRMED
