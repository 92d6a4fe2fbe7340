"""The practice command: ask, read, log, explain, prove; whatever interrupts it, nothing is lost."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from quizlab import errors, home, practice, schedule, variants
from quizlab.answers import Unreadable
from quizlab.commands import banks as opening
from quizlab.commands.prover import Prover
from quizlab.model import AnyQuestion, Bank, Finding, OpenQuestion
from quizlab.practice import Answered, Session
from quizlab.progress import Entry, Log
from quizlab.view import feedback, sentences
from quizlab.view import session as view
from quizlab.view.screen import Screen, is_terminal, tell

QUIT = (":k", ":kraj", ":q")
SKIP = (":p", ":preskoči", ":preskoci")


def practise(
    names: Sequence[str],
    *,
    limit: int | None,
    seed: int | None,
    topic: str | None,
    plain: bool,
    banks: Sequence[Path],
) -> int:
    """Run a practice session to its end, its interruption or the end of input."""
    screen = Screen(plain=plain or not is_terminal())
    if not screen.plain and screen.narrow():
        tell(sentences.say("narrow", {"width": str(screen.width)}))
        screen = Screen(plain=True)
    found = opening.opened(banks)
    questions = opening.chosen(found, names, topic)
    with Log(home.data_folder()) as log, Prover() as prover:
        history = log.history()
        rng = random.Random(seed)
        ordered = schedule.order(questions, history, rng)[:limit]
        sitting = Sitting(screen, found, log, prover, practice.begin(secrets.token_hex(4), ordered), history, rng)
        try:
            sitting.run()
            status = errors.RIGHT
        except KeyboardInterrupt:
            screen.raw("\n")
            status = errors.INTERRUPTED
        view.summary(screen, practice.summary(sitting.session), " ".join(["quizlab practice", *names]))
    return status


class Sitting:
    """One student at one terminal: joins the session's state to the screen, the log and the prover."""

    def __init__(
        self,
        screen: Screen,
        banks: Sequence[Bank],
        log: Log,
        prover: Prover,
        session: Session,
        history: Sequence[Entry],
        rng: random.Random,
    ) -> None:
        self.screen = screen
        self.banks = banks
        self.log = log
        self.prover = prover
        self.session = session
        self.history = history
        self.rng = rng
        self.without_torch = False
        self.waits = is_terminal()  # a person may be asked to press a key; a pipe gives one line an answer

    def run(self) -> None:
        """Ask until the questions or the student's patience are at an end."""
        while (question := practice.current(self.session)) is not None:
            bank = next(each for each in self.banks if question.id in each.places)
            view.question(self.screen, self.session, question, bank, self.history)
            self.prover.want(question)
            if not self._ask(question):
                return

    def _ask(self, question: AnyQuestion) -> bool:
        """Ask one question until it is answered or skipped; False when the student wants to stop."""
        shown = time.monotonic()
        if isinstance(question, OpenQuestion):
            if self.waits and view.explained(self.screen) is None:
                return False
            view.points(self.screen, question)
        while True:
            typed = view.read_line(self.screen, "Odgovor: " if self.screen.plain else "> ")
            if typed is None or typed.strip() in QUIT:
                return False
            if typed.strip() in SKIP:
                self.session = practice.skip(self.session)
                return True
            if typed.strip() == "?":
                self.screen.line(view.HELP_ASKING)
                continue
            now = datetime.now(UTC)
            self.session, outcome = practice.submit(self.session, typed, now, time.monotonic() - shown)
            if isinstance(outcome, Unreadable):
                view.unreadable(self.screen, feedback.unreadable_sentence(question, typed, outcome))
                continue
            self.log.append(outcome.entry)
            return self._explain(outcome)

    def _explain(self, answered: Answered) -> bool:
        """Show how the answer came out and its proof; False when the student wants to stop."""
        typed, graded = answered.entry.typed, answered.graded
        if not self.screen.plain and feedback.understood_otherwise(typed, graded.understood):
            view.understood(self.screen, graded.understood)
        feedback.graded(self.screen, answered.question, graded, typed)
        times = self._times(graded.tag) if graded.outcome != "right" else 0
        if times > 1:
            view.repeated(self.screen, times)
        self._prove(answered.question, whole=False)
        while self.waits:
            pressed = view.after(self.screen, varies=bool(answered.question.variants))
            if pressed is None or pressed.strip().lower() in ("k", "q", *QUIT):
                return False
            if pressed.strip() == "":
                return True
            if pressed.strip().lower() == "p":
                self._prove(answered.question, whole=True)
            elif pressed.strip().lower() == "v" and (values := variants.draw(answered.question, self.rng)):
                self.session = practice.again(self.session, variants.varied(answered.question, values))
                return True
            else:
                self.screen.line(view.HELP_AFTER)
        return True

    def _times(self, tag: str) -> int:
        """How many times this mistake was made, this time included; 0 without a mistake."""
        entries = [*self.history, *(each.entry for each in self.session.answered)]
        return sum(entry.tag == tag and entry.outcome != "right" for entry in entries) if tag else 0

    def _prove(self, question: AnyQuestion, *, whole: bool) -> None:
        finding = self._finding(question)
        if finding is None:
            return
        missing = {problem.code for problem in finding.problems} & {"torch_missing", "torch_broken"}
        if not missing or not self.without_torch:  # said once: without torch no question has a proof
            view.proof(self.screen, question, finding, self.prover.versions, whole=whole)
        self.without_torch = self.without_torch or bool(missing)

    def _finding(self, question: AnyQuestion) -> Finding | None:
        if self.screen.plain:
            return self.prover.finding(question)
        with self.screen.console.status("računam dokaz …"):
            return self.prover.finding(question)
