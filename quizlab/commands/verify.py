"""The verify command: run the proofs and report them."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizlab import errors
from quizlab.commands import _banks
from quizlab.commands._files import STANDARD, unfit, write_whole
from quizlab.errors import QuizlabError
from quizlab.model import AnyQuestion, Atom, Bank, Finding
from quizlab.proof import binding
from quizlab.proof.pool import Pool, Proof, jobs_for
from quizlab.question import variants
from quizlab.view import finding
from quizlab.view import verifying as view
from quizlab.view.screen import Screen

SHOWN_WHOLE = 3
"""So many questions asked for by name are shown with their whole proof; more of them at a glance."""


class VerifyOptions(msgspec.Struct, frozen=True):
    """What to prove, how, and how to show what came of it; see the help of the command."""

    names: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    banks: tuple[Path, ...] = ()
    more: int = 0
    jobs: int | None = None
    fast: bool = False
    changed: bool = False
    junit: Path | None = None
    json: bool = False
    plain: bool = False
    snippet: bool = False


class Verified(msgspec.Struct, frozen=True):
    """What a verification found out, and with what.

    ``unchanged`` questions and variants of the chosen were left out; ``unproved`` are those that a stop left behind.
    """

    banks: tuple[Bank, ...]
    questions: tuple[AnyQuestion, ...]
    findings: tuple[Finding, ...]
    variations: tuple[Finding, ...]
    seconds: float
    versions: dict[str, str]
    unchanged: tuple[int, int] = (0, 0)
    unproved: int = 0

    @property
    def every(self) -> tuple[Finding, ...]:
        """The findings of the questions, then those of their variants."""
        return (*self.findings, *self.variations)

    @property
    def stopped(self) -> Finding | None:
        """The finding that proving stopped at."""
        return self.every[-1] if self.unproved else None


def prove(options: VerifyOptions, early: subprocess.Popen[bytes] | None = None) -> int:
    """Verify the chosen questions, and variants of each, and show what came of it.

    ``early`` is a worker's process that is running already.

    Raises:
        QuizlabError: see `find`; the file for ``--junit`` cannot be written.
    """
    if options.junit and options.junit != STANDARD and (why := unfit(options.junit)):
        raise QuizlabError("junit_failed", {"path": str(options.junit), "why": why})  # before proving for minutes
    found = find(options, early)
    if options.junit:
        _write_junit(found, options.junit)
    _show(found, options)
    return status(found.every)


def _show(found: Verified, options: VerifyOptions) -> None:
    """The findings as they are wanted; what was not proved is said beside them."""
    screen = aside = Screen(plain=options.plain)
    if options.json or options.snippet or options.junit == STANDARD:
        aside = Screen(plain=options.plain, file=sys.stderr)
        if options.json:
            from quizlab.telling import machine

            screen.raw(machine.encode(machine.findings(found.every, found.versions)))
        elif options.snippet:
            view.snippets(screen, found.findings)
    elif found.every:
        by_name = bool({name.strip().lower() for name in options.names} - {bank.name.lower() for bank in found.banks})
        if by_name and len(found.questions) <= SHOWN_WHOLE:
            view.wholes(screen, found.questions, found.findings, found.versions)
        else:
            finding.glance(screen, found.banks, found.findings, found.seconds)
        if found.variations:
            finding.variations(screen, found.variations)
        screen.gap()
    view.left_out(aside, *found.unchanged)
    if found.stopped:
        view.stopped(aside, found.stopped, found.unproved)


def _write_junit(found: Verified, path: Path) -> None:
    """Write the findings as JUnit XML.

    Raises:
        QuizlabError: the system refused; then what was there before is there still.
    """
    from datetime import UTC, datetime

    from quizlab.telling import junit

    data = junit.document(found.banks, found.findings, found.variations, versions=found.versions, now=datetime.now(UTC))
    if path == STANDARD:
        Screen().raw(data.decode("utf-8"))
        return
    try:
        write_whole({path: data})
    except OSError as error:
        raise QuizlabError("junit_failed", {"path": str(path), "why": error.strerror or str(error)}) from None


def find(options: VerifyOptions, early: subprocess.Popen[bytes] | None = None) -> Verified:
    """Prove the chosen questions with the numbers that were set, and so many variants of each.

    Raises:
        QuizlabError: unknown names, settings that do not fit, or variants where there are none.
    """
    from quizlab import home
    from quizlab.proof.confirmed import Confirmed

    banks = _banks.opened(options.banks)
    chosen = _banks.chosen(banks, list(options.names), aside=True)
    if options.settings and len(chosen) > 1:
        raise QuizlabError("set_needs_one", {"number": str(len(chosen))}, errors.USAGE)
    questions = [variants.varied(each, settings_of(each, options.settings)) for each in chosen]
    variations = drawn(questions, options.more)
    known = Confirmed(home.cache_folder())
    whole = (len(questions), len(variations))
    if options.changed:
        questions, variations = ([each for each in some if not known.stands(each)] for some in (questions, variations))
    every = [*questions, *variations]
    start = time.perf_counter()
    with Pool(options.jobs or jobs_for(len(every)), early) as pool:
        proofs = run_all(pool, every, changed=bool(options.settings), fast=options.fast)
        versions = pool.versions
    seconds = time.perf_counter() - start
    if not options.settings:  # other numbers than the bank's are judged otherwise
        known.keep(zip(every, proofs, strict=False))
    findings = tuple(each.finding for each in proofs)
    return Verified(
        banks,
        tuple(questions[: len(findings)]),
        findings[: len(questions)],
        findings[len(questions) :],
        seconds,
        versions,
        (whole[0] - len(questions), whole[1] - len(variations)),
        len(every) - len(findings),
    )


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


def run_all(pool: Pool, questions: Sequence[AnyQuestion], *, changed: bool = False, fast: bool = False) -> list[Proof]:
    """Prove questions behind a progress display; with ``fast`` up to the first whose key does not stand."""
    with view.proving(len(questions)) as shown:
        return pool.prove(
            questions,
            changed=changed,
            fast=fast,
            begun=lambda place: shown.begun(questions[place].id),
            done=lambda place: shown.done(questions[place].id),
        )


def status(findings: Sequence[Finding]) -> int:
    """The exit status of a verification: refuted before could-not-run before confirmed."""
    verdicts = {finding.verdict for finding in findings}
    if "refuted" in verdicts:
        return errors.REFUTED
    return errors.COULD_NOT_RUN if {"error", "unproved"} & verdicts else errors.CONFIRMED
