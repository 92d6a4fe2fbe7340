"""One student at one keyboard: joins a session's state to the screen, the log and the proofs."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime

import msgspec

from quizlab import home
from quizlab.answers import Unreadable
from quizlab.learning import memory
from quizlab.learning.memory import Memory
from quizlab.log import Log, given_up
from quizlab.model import NO_TORCH, AnyQuestion, Bank, Finding, OpenQuestion
from quizlab.proof.background import Prover
from quizlab.question import asking
from quizlab.question.grading import Graded, grade_points
from quizlab.session import practice
from quizlab.session.practice import Answered, Session
from quizlab.view import feedback, keys, prompts
from quizlab.view import session as view
from quizlab.view.prompts import Command, Typed
from quizlab.view.screen import Screen, is_terminal

ASKING: tuple[Command, ...] = ("help", "hint", "show", "again", "skip", "undo", "quit")


class Course:
    """The questions there are, and what the student remembers of them."""

    def __init__(self, banks: Sequence[Bank], log: Log) -> None:
        self.banks = banks
        self.log = log
        self.questions: dict[str, AnyQuestion] = {each.id: each for bank in banks for each in bank.questions}
        self._names = {alias: each.id for each in self.questions.values() for alias in each.aliases}
        self.memories: Mapping[str, Memory] = {}
        self.prior = memory.prior(0.0, 0)

    def recall(self, only: str = "") -> None:
        """Learn from the log what is remembered; with ``only`` from one session's answers alone."""
        if only:
            self.memories = memory.replay([entry for _, entry in self.log.of_session(only)], names=self._names)
            return
        state = memory.remembered(self.log, home.cache_folder(), self._names)
        self.memories, self.prior = state.memories, state.prior

    def forget(self) -> None:
        """Begin with nothing remembered: a repeatable session depends on its seed and its answers only."""
        self.memories, self.prior = {}, memory.prior(0.0, 0)

    def bank(self, question: AnyQuestion) -> Bank:
        """The bank a question is from."""
        return next(each for each in self.banks if question.id in each.places)

    def learned(self, answered: Answered) -> None:
        """Take an answer into account."""
        name = answered.question.id
        self.memories = {**self.memories, name: memory.answered(self.memories.get(name), answered.entry)}


class Sitting:
    """Asks until the questions or the student's patience are at an end; whatever interrupts it, nothing is lost."""

    def __init__(
        self, screen: Screen, course: Course, prover: Prover, session: Session, *, asks_sure: bool = False
    ) -> None:
        self.screen = screen
        self.course = course
        self.prover = prover
        self.session = session
        self.asks_sure = asks_sure
        self.without_torch = False
        self.waits = is_terminal()  # a person may be asked to press a key; a pipe gives one line an answer

    def run(self) -> None:
        """Ask one question after another; returns when there is none left or the student leaves."""
        while self.session.current is not None:
            if not self._ask():
                return
            if self.session.current is None:
                self._advance()

    def close(self) -> None:
        """Remember where the session stands; one that came to its end is not offered again."""
        if self.session.done:
            over = self.session.current is None and not practice.askable(self.session, self.course.questions)
            self._save(finished=over)

    def _advance(self) -> None:
        course = self.course
        self.session = practice.advance(self.session, course.questions, course.memories, time.time())

    def _save(self, *, finished: bool = False) -> None:
        self.course.log.save(self.session.id, "practice", self._state(self.session), finished=finished)

    def _state(self, session: Session) -> str:
        return msgspec.json.encode(msgspec.structs.replace(session, touched=time.time())).decode()

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
        if isinstance(question, OpenQuestion) and self.waits:
            return self._ticked(question) if prompts.single_keys(self.screen) else self._listed(question)
        if isinstance(question, OpenQuestion):
            view.points(self.screen, question)
        self.screen.gap()
        typed = prompts.answer(self.screen, question, ASKING, view.prompt(self.screen))
        self.screen.gap()
        return typed

    def _listed(self, question: OpenQuestion) -> Typed | Command | None:
        thought = view.explained(self.screen, question, ASKING)
        if thought != "next":
            return thought
        view.points(self.screen, question)
        return prompts.answer(self.screen, question, ASKING, view.prompt(self.screen))

    def _ticked(self, question: OpenQuestion) -> Graded | Command | None:
        thought = view.explained(self.screen, question, ASKING)
        if thought != "next":
            return thought
        finding = proved(self.screen, self.prover, question)
        claims = {each.name: each for each in finding.evidence.claims} if finding and finding.evidence else {}
        said: list[int] = []
        for number, point in enumerate(question.points, 1):
            answer = view.point(self.screen, question, number, claims.get(point.claim))
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
        """Show how the answer came out and its proof."""
        question, typed, graded = answered.question, answered.entry.typed, answered.graded
        echoed = not self.screen.plain and not isinstance(question, OpenQuestion)
        if given_up(answered.entry):
            feedback.unanswered(self.screen, question)
        else:
            if echoed and feedback.understood_otherwise(typed, graded.understood):
                view.understood(self.screen, graded.understood)
            feedback.graded(self.screen, question, graded, typed)
        times = self.course.log.times(graded.tag) if graded.tag and graded.outcome != "right" else 0
        if times > 1:
            view.repeated(self.screen, times)
        self._prove(question, whole=False)

    def _explain(self, answered: Answered) -> bool:
        """Tell how the answer came out, and what comes next; False when the student wants to stop."""
        question = answered.question
        with keys.ignored() if self.waits else nullcontext():
            self._tell(answered)
        while self.waits:
            wanted = view.after(self.screen, varies=bool(question.variants))
            if wanted in (None, "quit"):
                return False
            if wanted == "next" or (wanted == "undo" and self._undo()):
                return True
            if wanted == "proof":
                self._prove(question, whole=True)
            elif wanted == "vary" and (varied := practice.vary(self.session, self.course.questions[question.id])):
                self.session = varied
                return True
            elif wanted == "help":
                self.screen.line(view.HELP_AFTER)
        return True

    def _prove(self, question: AnyQuestion, *, whole: bool) -> None:
        finding = proved(self.screen, self.prover, question)
        if finding is None:
            return
        missing = {problem.code for problem in finding.problems} & NO_TORCH
        if not missing or not self.without_torch:  # said once: without torch no question has a proof
            view.proof(self.screen, question, finding, self.prover.versions, whole=whole)
        self.without_torch = self.without_torch or bool(missing)
        news = self.prover.news()
        if news and not (self.without_torch and news.code in NO_TORCH):
            view.news(self.screen, news)


def proved(screen: Screen, prover: Prover, question: AnyQuestion) -> Finding | None:
    """The proof of a question that was wanted; None if it never came, or Enter was pressed so as not to wait."""
    if prover.ready(question) or screen.plain:
        return prover.finding(question)
    with keys.ignored(), view.waiting(screen):
        return prover.finding(question, keys.entered)
