"""One student at one keyboard: joins a session's state to the screen, the log and the proofs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from quizlab.answers import Unreadable
from quizlab.commands._course import Course
from quizlab.log import given_up
from quizlab.model import NO_TORCH, AnyQuestion, Finding, OpenQuestion
from quizlab.proof.background import Prover
from quizlab.question import asking
from quizlab.question.grading import Graded, grade_points
from quizlab.session import practice
from quizlab.session.practice import Answered, Session
from quizlab.telling import sentences
from quizlab.telling.short import once_more, short
from quizlab.view import feedback, keys, page, pager, prompts
from quizlab.view import session as view
from quizlab.view.prompts import Command, Typed
from quizlab.view.screen import Screen, is_terminal

if TYPE_CHECKING:
    from quizlab.commands._beside import Beside

ASKING: tuple[Command, ...] = ("help", "hint", "show", "again", "skip", "undo", "quit")


class Sitting:
    """Asks until the questions or the student's patience are at an end; whatever interrupts it, nothing is lost."""

    def __init__(
        self,
        screen: Screen,
        course: Course,
        prover: Prover,
        session: Session,
        *,
        asks_sure: bool = False,
        beside: Beside | None = None,
    ) -> None:
        self.screen = screen
        self.course = course
        self.prover = prover
        self.session = session
        self.asks_sure = asks_sure
        self.beside = beside
        self.without_torch = False
        self.before = False  # whether the question on the screen has ever been answered before
        self.told: page.Told | None = None
        self.waits = is_terminal()  # a person may be asked to press a key; a pipe gives one line an answer
        self._began = time.monotonic() - session.spent

    def run(self) -> None:
        """Ask one question after another; returns when none or no time is left, or the student leaves."""
        while self.session.current is not None:
            if not self._ask():
                return
            if self.session.current is None and not practice.over(self._timed(self.session)):
                self._advance()

    def close(self) -> None:
        """Remember where the session stands; one that came to its end is not offered again."""
        self.session = self._timed(self.session)
        if self.session.done:
            session = self.session
            out = practice.over(session) or not practice.askable(session, self.course.questions)
            self._save(finished=session.current is None and out)

    def _advance(self) -> None:
        course = self.course
        self.session = practice.advance(self.session, course.questions, course.memories, time.time())

    def _save(self, *, finished: bool = False) -> None:
        self.course.log.save(self.session.id, "practice", self._state(self.session), finished=finished)

    def _state(self, session: Session) -> str:
        return msgspec.json.encode(self._timed(session)).decode()

    def _timed(self, session: Session) -> Session:
        return msgspec.structs.replace(session, touched=time.time(), spent=time.monotonic() - self._began)

    def _posed(self) -> AnyQuestion:
        assert self.session.current is not None
        return asking.posed(self.course.questions[self.session.current.question], self.session.current)

    def _ask(self) -> bool:
        """Ask the current question until it is answered, skipped or taken back; False when the student leaves."""
        question = self._posed()
        self._pose(question)
        shown = time.monotonic()
        self.prover.want(question)
        while True:
            typed = self._typed(question)
            if typed == "show":
                return self._explain(self._show(question, time.monotonic() - shown))
            if isinstance(typed, Typed | Graded):
                answered = self._submit(question, typed, time.monotonic() - shown)
                if answered is not None:
                    return self._explain(answered)
            elif typed in (None, "quit"):
                return False
            elif not self._stays(typed, question):
                return True

    def _pose(self, question: AnyQuestion) -> None:
        """The question on the screen, with the hints given for it so far."""
        place, last = practice.place(self.session), self.course.log.last(question.id)
        self.before = last is not None
        as_written = self.course.questions[question.id]
        view.question(self.screen, place, question, as_written, self.course.bank(question), last)
        for step in range(1, min(self.session.hints, len(question.hints)) + 1):
            view.hint(self.screen, question, step)
        view.asking_bar(self.screen, question)

    def _stays(self, wanted: Command | None, question: AnyQuestion) -> bool:
        """Do what was asked for instead of an answer; False when the question is left."""
        if wanted == "skip":
            self.session = practice.skip(self.session)
            self._save()
            return False
        if wanted == "undo":
            return not self._undo()
        if wanted == "hint":
            self.session = practice.hint(self.session)
            view.hint(self.screen, question, min(self.session.hints, len(question.hints) + 1))
        elif wanted == "again":
            self._pose(question)
        else:
            self.screen.line(view.HELP_ASKING)
        return True

    def _typed(self, question: AnyQuestion) -> Typed | Graded | Command | None:
        """An answer or a command; an open question is explained aloud and then ticked off point by point."""
        if isinstance(question, OpenQuestion):
            wanted = practice.points(self.session, question)
            view.only_missing(self.screen, question, wanted)
            if self.waits:
                ticks = prompts.single_keys(self.screen)
                return self._ticked(question, wanted) if ticks else self._listed(question, wanted)
            view.points(self.screen, question, wanted)
        self.screen.gap()
        typed = prompts.answer(self.screen, question, ASKING, view.prompt(self.screen))
        self.screen.gap()
        return typed

    def _listed(self, question: OpenQuestion, wanted: Sequence[int]) -> Typed | Command | None:
        thought = view.explained(self.screen, question, ASKING)
        if thought != "next":
            return thought
        view.points(self.screen, question, wanted)
        return prompts.answer(self.screen, question, ASKING, view.prompt(self.screen))

    def _ticked(self, question: OpenQuestion, wanted: Sequence[int]) -> Graded | Command | None:
        thought = view.explained(self.screen, question, ASKING)
        if thought != "next":
            return thought
        finding = proved(self.screen, self.prover, question)
        claims = {each.name: each for each in finding.evidence.claims} if finding and finding.evidence else {}
        said: list[int] = []
        for number in wanted:
            answer = view.point(self.screen, question, number, claims.get(question.points[number - 1].claim))
            if answer in (None, "quit"):
                return answer
            if answer == "yes":
                said.append(number)
        self.screen.gap()
        return grade_points(question, said)

    def _submit(self, question: AnyQuestion, answer: Typed | Graded, seconds: float) -> Answered | None:
        """Grade an answer and log it before anybody sees how it came out; None if it could not be read."""
        typed = answer.text if isinstance(answer, Typed) else answer
        outcome = practice.submit(self.session, question, typed, datetime.now(UTC), seconds)
        if isinstance(outcome, Unreadable):
            view.unreadable(self.screen, feedback.unreadable_sentence(question, str(typed), outcome))
            return None
        if self.asks_sure and self.waits:
            entry = msgspec.structs.replace(outcome.entry, sure=view.sure(self.screen))
            outcome = msgspec.structs.replace(outcome, entry=entry)
            self.screen.gap()
        return self._kept(outcome)

    def _show(self, question: AnyQuestion, seconds: float) -> Answered:
        """The answer is asked for: log that it was not known."""
        return self._kept(practice.shown(self.session, question, datetime.now(UTC), seconds))

    def _kept(self, answered: Answered) -> Answered:
        session = practice.answered(self.session, answered)
        self.course.log.append(answered.entry, self._state(session))
        self.session = session
        self.course.learned(answered)
        return answered

    def _undo(self) -> bool:
        """Take back the last answer, here and in the log; False if there is none."""
        before = practice.undo(self.session)
        if before is None:
            view.nothing_to_undo(self.screen)
            return False
        skipped = self.session.done[-1].outcome == "skipped"
        name = self.session.done[-1].item.question
        rows = [number for number, entry in self.course.log.of_session(self.session.id) if entry.question == name]
        if rows and not skipped:
            self.course.log.withdraw(rows[-1], self.session.id, self._state(before))
        self.session = before
        self.course.recall(only=self.session.id if self.session.plan.repeatable else "")
        view.undone(self.screen, name, skipped=skipped)
        return True

    def _tell(self, answered: Answered) -> None:
        """Show how the answer came out and what decides it: at once, and again when its proof is there."""
        question, graded = answered.question, answered.graded
        result = None if given_up(answered.entry) else graded
        mistaken = self.course.log.mistaken(graded.tag) if graded.tag and graded.outcome != "right" else ()
        typed = answered.entry.typed
        read = feedback.read_as(typed, graded) if result and not isinstance(question, OpenQuestion) else ""
        notes = ("" if self.screen.plain else read, once_more(graded.tag, mistaken, question.id))
        bank = self.course.bank(question)
        over, news = False, ""
        for finding in (None,) if self.screen.plain else self._findings(question):
            news = news or self._news()
            self.told = page.Told(
                head=f"{bank.name} · {question.topic} · {question.id}",
                question=question,
                result=result,
                short=short(question, result, bank, finding),
                again=self.before,
                notes=tuple(filter(None, (*notes, self._own(question), *self._failed(finding), news))),
            )
            page.show(self.screen, self.told, typed, varies=bool(question.variants), over=over)
            over = True
        if self.screen.plain:
            self._prove(question)
            if said := self._news():
                self.screen.line(said)

    def _news(self) -> str:
        """What happened to torch in the background, once; nothing that a missing proof has said already."""
        news = self.prover.news()
        return sentences.problem(news) if news and not (self.without_torch and news.code in NO_TORCH) else ""

    def _own(self, question: AnyQuestion) -> str:
        """What the student's own code gives where that is not the key; lines of a pipe wait for it, a person never."""
        return self.beside.line(question, wait=self.screen.plain) if self.beside else ""

    def _findings(self, question: AnyQuestion) -> Iterator[Finding | None]:
        """What is known of a question's proof: nothing as long as it runs, then what it came to."""
        if not self.prover.ready(question):
            yield None
        if (finding := proved(self.screen, self.prover, question)) is not None:
            yield finding

    def _failed(self, finding: Finding | None) -> tuple[str, ...]:
        """Why there is no proof, said once where it is the same for every question."""
        if finding is None or finding.verdict in ("confirmed", "disputed"):
            return ()
        missing = bool({problem.code for problem in finding.problems} & NO_TORCH)
        said, self.without_torch = missing and self.without_torch, self.without_torch or missing
        return () if said else tuple(sentences.problem(each) for each in finding.problems)

    def _explain(self, answered: Answered) -> bool:
        """Tell how the answer came out, and what comes next; False when the student wants to stop."""
        question = answered.question
        with keys.ignored() if self.waits else nullcontext():
            self._tell(answered)
        shown = False
        while self.waits:
            wanted = view.after(self.screen, varies=bool(question.variants), shown=shown)
            shown = False
            if wanted in (None, "quit"):
                return False
            if wanted == "next" or (wanted == "undo" and self._undo()):
                return True
            if wanted == "proof":
                shown = self._prove(question, whole=True)
            elif wanted == "vary" and (varied := practice.vary(self.session, self.course.questions[question.id])):
                self.session = varied
                return True
            elif wanted == "help":
                self.screen.line(view.HELP_AFTER)
        return True

    def _prove(self, question: AnyQuestion, *, whole: bool = False) -> bool:
        """Show the proof, all of it in a pager; whether the screen is afterwards as it was."""
        finding, told = proved(self.screen, self.prover, question), self.told
        if finding is None or told is None:
            return False
        if whole:
            return pager.show(
                self.screen, page.title(told), lambda at: page.everything(at, told, finding, self.prover.versions)
            )
        missing = {problem.code for problem in finding.problems} & NO_TORCH
        if not missing or not self.without_torch:  # said once: without torch no question has a proof
            view.proof(self.screen, question, finding, self.prover.versions, whole=False)
        self.without_torch = self.without_torch or bool(missing)
        return False


def proved(screen: Screen, prover: Prover, question: AnyQuestion) -> Finding | None:
    """The proof of a question that was wanted; None if it never came, or Enter was pressed so as not to wait."""
    prover.again(question)
    if prover.ready(question) or screen.plain:
        return prover.finding(question)
    with keys.ignored(), view.waiting(screen):
        return prover.finding(question, keys.entered)
