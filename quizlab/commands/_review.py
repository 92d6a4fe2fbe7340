"""The review of a blic: every question that was not right on the page of a practice, the proof behind a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from quizlab.commands._asking import proved
from quizlab.commands._course import Course
from quizlab.model import AnyQuestion, Finding
from quizlab.proof.background import Prover
from quizlab.session.practice import Answered
from quizlab.telling.short import short
from quizlab.view import blic as view
from quizlab.view import feedback, keys, page, pager
from quizlab.view import session as session_view
from quizlab.view.screen import Screen

Missed = tuple[int, AnyQuestion, Answered | None]
"""The place of a question on the blic, the question as it was asked, and what was answered."""


class Review:
    """Goes through the questions that were not right; ``waits`` if a person presses keys between them."""

    def __init__(self, screen: Screen, course: Course, prover: Prover, *, waits: bool) -> None:
        self.screen, self.course, self.prover, self.waits = screen, course, prover, waits

    def run(self, missed: Sequence[Missed]) -> None:
        """One after another, until there are no more or somebody wants to stop."""
        if not missed or (self.waits and view.first_wrong(self.screen, len(missed)) in (None, "quit")):
            return
        for number, each in enumerate(missed, 1):
            self.prover.want(each[1])
            if not self._one(each, number, len(missed)):
                return

    def _one(self, missed: Missed, number: int, total: int) -> bool:
        place, question, _ = missed
        if self.screen.plain:
            view.asked_again(self.screen, place, question)
        with keys.ignored() if self.waits else nullcontext():
            told = self._tell(missed)
        shown = False
        while self.waits:
            wanted = view.after_wrong(self.screen, number, total, shown=shown)
            if wanted in (None, "quit", "next"):
                return wanted == "next"
            finding = proved(self.screen, self.prover, question) if wanted == "proof" else None
            shown = finding is not None and self._prove(told, finding)
        return True

    def _tell(self, missed: Missed) -> page.Told:
        """The page at once, and again when its proof is there."""
        place, question, answered = missed
        graded, typed = (answered.graded, answered.entry.typed) if answered else (None, "")
        note = feedback.read_as(typed, graded) if graded and not self.screen.plain else ""
        bank = self.course.bank(question)
        for over, finding in enumerate(self._findings(question)):
            told = page.Told(
                head=view.place_of(place, question),
                question=question,
                result=graded,
                short=short(question, graded, bank, finding),
                notes=(note,) if note else (),
            )
            page.show(self.screen, told, typed, varies=False, over=bool(over))
            if self.screen.plain and finding:
                session_view.proof(self.screen, question, finding, self.prover.versions, whole=False)
        return told

    def _findings(self, question: AnyQuestion) -> Iterator[Finding | None]:
        if not self.screen.plain and not self.prover.ready(question):
            yield None
        yield proved(self.screen, self.prover, question)

    def _prove(self, told: page.Told, finding: Finding) -> bool:
        """All that is known, in a pager; whether the screen is afterwards as it was."""
        return pager.show(
            self.screen, page.title(told), lambda at: page.everything(at, told, finding, self.prover.versions)
        )
