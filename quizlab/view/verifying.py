"""Verification as it runs and as it ends: its progress, whole proofs one after another, their snippets alone."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizlab.model import AnyQuestion, Finding
from quizlab.numbers import form
from quizlab.telling import words
from quizlab.view import finding as view
from quizlab.view.screen import Screen, tell

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress


QUIET = 30.0
"""Seconds between two lines of progress where no terminal shows it as it goes: in the log of a machine."""

BARRED = 60
"""Columns from which on there is room for a bar."""


class Progress:
    """How far proofs have come: nothing is shown of this one, and the others are made by `proving`."""

    def __init__(self) -> None:
        self._now: list[str] = []

    def begun(self, name: str) -> None:
        """The proof of a question has begun."""
        self._now.append(name)
        self.show(0)

    def done(self, name: str) -> None:
        """The proof of a question is there."""
        self._now.remove(name)
        self.show(1)

    def passed(self, name: str) -> None:
        """The one after the last one is done."""
        self._now = [name]
        self.show(1)

    @property
    def now(self) -> str:
        """What is being proved: each question once, whichever its numbers."""
        return words.one_line(", ".join(dict.fromkeys(self._now)))

    def show(self, more: int) -> None:
        """Show how far it has come when so many more are done."""


class _Bar(Progress):
    """On a terminal: a bar that is gone when everything is done."""

    def __init__(self, bar: RichProgress, total: int) -> None:
        super().__init__()
        self._bar = bar
        self._task = bar.add_task("", total=total)

    def show(self, more: int) -> None:
        self._bar.update(self._task, advance=more, description=self.now)


class _Lines(Progress):
    """Elsewhere: a line now and then of what takes long."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._done, self._total = 0, total
        self._said = time.monotonic()

    def show(self, more: int) -> None:
        self._done += more
        if time.monotonic() - self._said >= QUIET:
            self._said = time.monotonic()
            tell(f"Dokazano {self._done} od {self._total}; sada: {self.now or '–'}.")


@contextlib.contextmanager
def proving(total: int) -> Iterator[Progress]:
    """A display of proofs that run side by side, on standard error, wherever the findings themselves go."""
    if total < 2:
        yield Progress()
        return
    if not sys.stderr.isatty():
        yield _Lines(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    console = Console(stderr=True)
    now = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, ratio=1))
    columns = [TextColumn("dokazujem"), MofNCompleteColumn(), now]
    if console.width >= BARRED:
        columns.insert(1, BarColumn(min(30, console.width // 3)))
    with Bar(*columns, console=console, transient=True, expand=True) as bar:
        yield _Bar(bar, total)


@contextlib.contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """The same for what is done one after another; what it gives is called with each one done."""
    with proving(0 if quiet else total) as shown:
        yield shown.passed


def left_out(screen: Screen, number: int, variations: int) -> None:
    """That what did not change since it was confirmed was not proved again."""
    several = [words.questions(number)] if number else []
    if variations:
        several.append(words.counted(variations, "varijanta", "varijante", "varijanata"))
    if several:
        verb = form(number or variations, "Izostavljeno je", "Izostavljena su", "Izostavljeno je")
        screen.line(f"{verb} {' i '.join(several)}: otkad je to potvrđeno, pitanja, kôd i paketi nisu se promijenili.")


def stopped(screen: Screen, finding: Finding, rest: int) -> None:
    """That proving ended with the first key that does not stand."""
    verb = form(rest, "ostaje", "ostaju", "ostaje")
    screen.line(f"Zaustavljeno na {finding.id} (--fail-fast); bez provjere {verb} {words.questions(rest)}.")


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
