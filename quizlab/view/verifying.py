"""Verification as it runs and as it ends: its progress, whole proofs one after another, their snippets alone."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from quizlab.model import AnyQuestion, Finding
from quizlab.telling import words
from quizlab.view import finding as view
from quizlab.view.screen import Screen


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


def wholes(
    screen: Screen, questions: Sequence[AnyQuestion], findings: Sequence[Finding], versions: Mapping[str, str]
) -> None:
    """The whole proof of each question."""
    for number, (question, finding) in enumerate(zip(questions, findings, strict=True)):
        if number:
            screen.line()
        view.whole(screen, question, finding, versions)


def snippets(screen: Screen, findings: Sequence[Finding]) -> None:
    """The snippets alone, to be piped into Python; why there is none is said on standard error."""
    for finding in findings:
        if finding.evidence:
            head = f"# {finding.id}\n" if len(findings) > 1 else ""
            screen.raw(head + words.safe(finding.evidence.snippet.code).rstrip() + "\n")
    view.problems(Screen(plain=screen.plain, file=sys.stderr), [each for each in findings if not each.evidence])
