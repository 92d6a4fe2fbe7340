"""The blic command: as on paper. Time runs, answers may be changed, and verdicts come only at the end."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from quizlab import errors, home
from quizlab.answers import Unreadable
from quizlab.commands import _banks
from quizlab.commands._course import Course
from quizlab.commands._outlook import promise
from quizlab.commands._review import Review
from quizlab.commands._screen import fitting
from quizlab.errors import QuizlabError
from quizlab.log import Log
from quizlab.model import AnyQuestion
from quizlab.proof.background import Prover
from quizlab.session import blic as machine
from quizlab.session.blic import Blic, Result
from quizlab.view import blic as view
from quizlab.view import feedback, prompts
from quizlab.view import session as session_view
from quizlab.view.prompts import Command, Typed
from quizlab.view.screen import Screen, is_terminal
from quizlab.view.ticking import Clock

WRITING: tuple[Command, ...] = ("help", "again", "mark", "back", "forward", "finish", "quit")


class BlicOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the blic command was asked for."""

    names: tuple[str, ...] = ()
    number: int = 10
    minutes: float = 10.0
    seed: int | None = None
    topic: str | None = None
    resume: bool = False
    plain: bool = False
    banks: tuple[Path, ...] = ()


def examine(options: BlicOptions) -> int:
    """Run a blic to its end or its interruption."""
    screen = fitting(plain=options.plain or not is_terminal())
    found = _banks.opened(options.banks)
    with Log(home.data_folder()) as log, Prover() as prover:
        course = Course(found, log)
        written = _taken_up(screen, options, course) or _begun(options, course)
        writing = Writing(screen, course, prover, written)
        try:
            handed_in = writing.run()
        except KeyboardInterrupt:
            screen.raw("\n")
            handed_in = False
        if not handed_in:
            view.interrupted(screen, writing.left())
            return errors.INTERRUPTED
        try:
            writing.review(writing.hand_in())
        except KeyboardInterrupt:
            screen.raw("\n")
    return errors.RIGHT


def _begun(options: BlicOptions, course: Course) -> Blic:
    """A new blic.

    Raises:
        QuizlabError: nothing that was chosen can be asked in writing.
    """
    pool = _banks.chosen(course.banks, options.names, options.topic)
    seed = secrets.randbelow(2**31) if options.seed is None else options.seed
    met = course.met() if options.seed is None else None
    identity, now = secrets.token_hex(4), time.time()
    made = machine.begin(identity, options.names, pool, options.number, seed, now, options.minutes, met)
    if not made.slots:
        raise QuizlabError("nothing_to_write", status=errors.USAGE)
    return made


def _taken_up(screen: Screen, options: BlicOptions, course: Course) -> Blic | None:
    """The interrupted blic, if it is to be resumed; otherwise what was written in it is graded and kept.

    Raises:
        QuizlabError: a blic to resume was asked for and there is none.
        KeyboardInterrupt: the student leaves, and the blic can still be resumed.
    """
    kept = interrupted(course.log)
    if kept and not all(slot.item.question in course.questions for slot in kept.slots):
        kept = None
    if kept is None:
        if options.resume:
            raise QuizlabError("no_blic_interrupted", status=errors.USAGE)
        return None
    left = machine.remaining(kept, time.time())
    said = "next" if options.resume else view.offered(screen, kept, left) if left and is_terminal() else "no"
    if said in (None, "quit"):
        view.interrupted(screen, machine.remaining(kept, time.time()))
        raise KeyboardInterrupt
    if said == "next":
        return kept
    hand_in(course, kept, time.time())
    return None


def interrupted(log: Log) -> Blic | None:
    """The latest unfinished blic."""
    state = log.interrupted("blic")
    try:
        return msgspec.json.decode(state[1], type=Blic) if state else None
    except msgspec.MsgspecError:  # written by another version
        return None


def hand_in(course: Course, blic: Blic, now: float) -> Result:
    """Grade a blic and log its answers, all at once; it is not offered again."""
    result = machine.finish(blic, course.questions, datetime.fromtimestamp(now, UTC))
    entries = [each.entry for each in result.answered if each]
    if entries:
        course.log.append_all(entries, finished=True)
    else:
        course.log.save(blic.id, "blic", "", finished=True)
    return result


class Writing:
    """One student writing one blic."""

    def __init__(self, screen: Screen, course: Course, prover: Prover, blic: Blic) -> None:
        self.screen = screen
        self.course = course
        self.prover = prover
        self.blic = blic
        self.waits = is_terminal()
        self._now = machine.steady(blic, time.time(), time.monotonic)
        self._asked_to_hand_in = False

    def run(self) -> bool:
        """Ask until the blic is handed in or its time is up; False when the student interrupts it."""
        self._save()
        self.prover.want(machine.posed(self.blic, self.course.questions))  # torch is loaded while they write
        alarm = threading.Timer(machine.remaining(self.blic, self._now()), self._ring)
        alarm.daemon = True
        alarm.start()
        try:
            while not machine.over(self.blic, self._now()):
                wanted = self._turn()
                if wanted is not None:
                    return wanted
        finally:
            alarm.cancel()
        view.time_is_up(self.screen)
        return True

    def _ring(self) -> None:
        if self.waits:
            view.ring(self.screen)

    def _save(self) -> None:
        self.course.log.save(self.blic.id, "blic", msgspec.json.encode(self.blic).decode())

    def _turn(self) -> bool | None:
        """One question on the screen and one answer or command; whether the blic ends handed in, None to go on."""
        question = machine.posed(self.blic, self.course.questions)
        bank = self.course.bank(question)
        left = machine.remaining(self.blic, self._now())
        view.question(self.screen, self.blic, question, bank, left)
        shown = time.monotonic()
        typed = prompts.answer(self.screen, question, WRITING, self._prompt())
        if machine.over(self.blic, self._now()):
            return None
        seconds = time.monotonic() - shown
        if isinstance(typed, Typed):
            return self._write(question, typed.text, seconds)
        self.blic = machine.spent(self.blic, seconds)
        if typed is None:
            return not self.waits  # at the end of a pipe the blic is handed in; at a terminal it can be resumed
        return self._follow(typed)

    def _prompt(self) -> str | Clock:
        """The time left; at a terminal it runs until it is up, which is then said instead."""
        blic, screen = self.blic, self.screen
        if screen.plain or not self.waits:
            return view.prompt(screen, machine.remaining(blic, self._now()))

        def text() -> str | None:
            left = machine.remaining(blic, self._now())
            return view.prompt(screen, left) if left else None

        return Clock(screen, text)

    def _write(self, question: AnyQuestion, text: str, seconds: float) -> bool | None:
        place = text.strip().removeprefix(":")
        if text.strip().startswith(":") and place.isdecimal() and 1 <= int(place[:6]) <= len(self.blic.slots):
            self.blic = machine.turn(self.blic, int(place) - 1)
            return None
        written = machine.write(self.blic, question, text, seconds)
        if isinstance(written, Unreadable):
            session_view.unreadable(self.screen, feedback.unreadable_sentence(question, text, written))
            return None
        self.blic = written
        self._save()
        if machine.empty(self.blic) or self._asked_to_hand_in:
            return None
        self._asked_to_hand_in = True
        return True if not self.waits or view.all_written(self.screen) else None

    def _follow(self, wanted: Command) -> bool | None:
        if wanted == "quit":
            self._save()
            return False
        if wanted == "finish":
            empty = len(machine.empty(self.blic))
            return True if not empty or not self.waits or view.hand_in_anyway(self.screen, empty) else None
        moves: dict[Command, Callable[[Blic], Blic]] = {
            "mark": machine.mark,
            "back": lambda blic: machine.turn(blic, blic.at - 1),
            "forward": lambda blic: machine.turn(blic, blic.at + 1),
        }
        if wanted in moves:
            self.blic = moves[wanted](self.blic)
            self._save()
        elif wanted == "help":
            self.screen.line(view.HELP)
        return None

    def left(self) -> float:
        """Seconds that are left."""
        return machine.remaining(self.blic, self._now())

    def hand_in(self) -> Result:
        """Grade what was written."""
        return hand_in(self.course, self.blic, self._now())

    def review(self, result: Result) -> None:
        """The score, then every question that was not right, with its proof."""
        self.course.recall()
        asked = [machine.posed(self.blic, self.course.questions, place) for place in range(len(self.blic.slots))]
        banks = [bank for bank in self.course.banks if any(each.id in bank.places for each in asked)]
        promised = promise(self.course, [question for bank in banks for question in bank.questions])
        view.results(self.screen, self.blic, asked, result)
        view.outlook(self.screen, [bank.name for bank in banks], promised, result)
        missed = [
            (place, question, each)
            for place, (question, each) in enumerate(zip(asked, result.answered, strict=True))
            if each is None or each.graded.outcome != "right"
        ]
        Review(self.screen, self.course, self.prover, waits=self.waits).run(missed)
