"""The verify command: run the proofs and report them."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from quizlab import errors
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.model import AnyQuestion, Atom, Finding, OptionQuestion
from quizlab.proof import binding
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from quizlab.question import variants
from quizlab.view.screen import Screen

SHOWN_WHOLE = 3
"""So many questions asked for by name are shown with their whole proof; more of them at a glance."""


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
    with Worker(process=early) as worker:
        found = _banks.opened(banks)
        chosen = _banks.chosen(found, names)
        if settings and len(chosen) > 1:
            raise QuizlabError("set_needs_one", {"number": str(len(chosen))}, errors.USAGE)
        questions = [variants.varied(each, settings_of(each, settings)) for each in chosen]
        others = drawn(questions, more)
        start = time.perf_counter()
        every = run_all(worker, [*questions, *others], quiet=json or snippet)
        if settings:
            every[0] = flipped(questions[0], every[0])
        seconds = time.perf_counter() - start
        versions = worker.versions
    findings, variations = every[: len(questions)], every[len(questions) :]
    screen = Screen(plain=plain)
    if json:
        from quizlab.view import machine

        screen.raw(machine.encode(machine.findings(every, versions)))
        return status(every)
    from quizlab.view import finding as view

    if snippet:
        _snippets(screen, findings)
        view.problems(Screen(plain=plain, file=sys.stderr), [each for each in findings if not each.evidence])
        return status(findings)
    wholes = {name.strip().lower() for name in names} - {bank.name.lower() for bank in found}
    if len(questions) <= SHOWN_WHOLE and wholes:
        for number, (question, finding) in enumerate(zip(questions, findings, strict=True)):
            if number:
                screen.line()
            view.whole(screen, question, finding, versions)
    else:
        view.glance(screen, found, findings, seconds)
    if others:
        view.variations(screen, variations)
    return status(every)


def _snippets(screen: Screen, findings: Sequence[Finding]) -> None:
    from quizlab.telling.words import safe

    for finding in findings:
        if finding.evidence:
            head = f"# {finding.id}\n" if len(findings) > 1 else ""
            screen.raw(head + safe(finding.evidence.snippet.code).rstrip() + "\n")


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
    values = binding.read_settings(question, pairs)
    if isinstance(values, list):
        raise QuizlabError(values[0].code, values[0].args, errors.USAGE)
    return values


def flipped(question: AnyQuestion, finding: Finding) -> Finding:
    """A refuted letter said for what it is where other numbers were set: the answer has changed.

    The key of a number or a formula is worked out anew; that of a choice is a letter and cannot follow.
    """
    if not isinstance(question, OptionQuestion):
        return finding
    problems = tuple(
        msgspec.structs.replace(each, code="key_flips") if each.code == "key_refuted" else each
        for each in finding.problems
    )
    return msgspec.structs.replace(finding, problems=problems)


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


def run_all(worker: Worker, questions: Sequence[AnyQuestion], *, quiet: bool) -> list[Finding]:
    """Verify questions one after another behind a progress display (on a terminal's standard error)."""
    findings: list[Finding] = []
    with progress(len(questions), quiet=quiet) as advance:
        for question in questions:
            finding = verify(question, worker.run)
            findings.append(finding)
            advance(question.id)
            if any(problem.code.startswith("torch_") for problem in finding.problems):
                findings += [msgspec.structs.replace(finding, id=each.id) for each in questions[len(findings) :]]
                break
    return findings


@contextlib.contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A progress display on a terminal's standard error; what it gives is called with each question proved."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("dokazujem"), BarColumn(30), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=str(name))


def _silent(name: str) -> None:
    """Progress that nobody is there to see."""


def status(findings: Sequence[Finding]) -> int:
    """The exit status of a verification: refuted before could-not-run before confirmed."""
    verdicts = {finding.verdict for finding in findings}
    if "refuted" in verdicts:
        return errors.REFUTED
    return errors.COULD_NOT_RUN if "error" in verdicts else errors.CONFIRMED
