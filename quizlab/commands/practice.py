"""The practice command: choose what to practise, or take up an interrupted session, and sit down to it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from quizlab import errors, home
from quizlab.commands import _banks
from quizlab.commands._asking import Sitting
from quizlab.commands._course import Course
from quizlab.commands._outlook import TOMORROW, promise
from quizlab.commands._screen import fitting
from quizlab.errors import QuizlabError
from quizlab.learning import schedule, tempo
from quizlab.learning.memory import Memory
from quizlab.log import Log
from quizlab.model import AnyQuestion, OpenQuestion
from quizlab.proof.background import Prover
from quizlab.session import practice, summing
from quizlab.session.practice import Plan, Session
from quizlab.session.summing import Summary
from quizlab.telling import sentences
from quizlab.view import calling
from quizlab.view import session as view
from quizlab.view import summary as summary_view
from quizlab.view.screen import Screen, is_terminal
from quizlab.view.summary import Ahead

if TYPE_CHECKING:
    from quizlab.commands._beside import Beside

FRESH = 12 * 3600.0
"""Seconds for which an interrupted session is offered again; later a new plan serves better."""


class PracticeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the practice command was asked for; ``names`` are labs and questions, and nothing means everything.

    With ``ordered`` they are ids, asked in that order.
    """

    names: tuple[str, ...] = ()
    limit: int | None = None
    seed: int | None = None
    exam: str = ""
    topic: str | None = None
    due: bool = False
    new: bool = False
    mistakes: bool = False
    oral: bool | None = None
    minutes: float = 0.0
    confidence: bool = False
    resume: bool = False
    ordered: bool = False
    code: Path | None = None
    parts: tuple[str, ...] = ()
    plain: bool = False
    banks: tuple[Path, ...] = ()


def practise(options: PracticeOptions) -> int:
    """Run a practice session to its end, its interruption or the end of input."""
    screen = fitting(plain=options.plain or not is_terminal())
    found = _banks.opened(options.banks)
    with Log(home.data_folder()) as log, Prover() as prover, ExitStack() as besides:
        course = Course(found, log)
        session = _taken_up(screen, options, course) or _begun(options, course)
        if session is None:
            screen.line(sentences.say("nothing_to_repeat", {}))
            return errors.RIGHT
        beside = besides.enter_context(_beside(options, course, session)) if options.code else None
        if not session.done:
            view.begun(screen, session.plan.total, course.seconds(_ahead(session)))
        sitting = Sitting(screen, course, prover, session, asks_sure=options.confidence, beside=beside)
        try:
            sitting.run()
            status = errors.RIGHT
        except KeyboardInterrupt:
            screen.raw("\n")
            status = errors.INTERRUPTED
        sitting.close()
        came_to = summing.summary(sitting.session)
        summary_view.summary(screen, came_to, course.questions, _outlook(course, sitting.session, came_to))
    return status


def _beside(options: PracticeOptions, course: Course, session: Session) -> Beside:
    """What judges a student's own code beside the session; loaded only where there is one.

    Raises:
        QuizlabError: there is no such path, or nothing that a student's code could be asked about.
    """
    from quizlab.commands._beside import Beside

    first = [session.current.question] if session.current else []
    names = dict.fromkeys((*first, *session.plan.pool))
    assert options.code is not None
    return Beside(options.code, [course.questions[name] for name in names if name in course.questions], options.parts)


def _ahead(session: Session) -> list[str]:
    """The questions still to come, as far as can be known: which of the pool are left out is decided by the answers."""
    met = practice.met(session)
    new = [name for name in session.plan.pool if name not in met]
    return new[: practice.fresh(session)] + list(practice.waiting(session))


def _outlook(course: Course, session: Session, came_to: Summary) -> Ahead:
    """What is expected of the labs that were practised, and the one command to go on with."""
    plan = session.plan
    seconds = course.seconds(_ahead(session))
    course.recall()  # what its answers say of the questions not asked yet is known only now
    banks = [bank for bank in course.banks if any(name in bank.places for name in plan.pool)]
    labs = [bank.name for bank in banks]
    whole = [question for bank in banks for question in bank.questions]
    promised = promise(course, whole, plan.aim.exam)
    if came_to.left + came_to.returning and not came_to.over:
        command = calling.command("practice", "--resume")
    elif came_to.again:
        command = calling.command("practice", *labs, "--mistakes")
    elif promised.questions and came_to.over:
        command = calling.command("practice", *labs, "--minutes", f"{plan.minutes:g}")
    else:
        command = calling.command("blic", *labs)
    exam = datetime.fromtimestamp(plan.aim.exam).astimezone() if plan.dated else None
    return Ahead(", ".join(labs), promised, exam, seconds, command)


def _taken_up(screen: Screen, options: PracticeOptions, course: Course) -> Session | None:
    """The interrupted session, if it was asked for, or if it is fresh and the student wants it.

    Raises:
        QuizlabError: a session to resume was asked for and there is none.
    """
    session = interrupted(course)
    now = time.time()
    if options.resume:
        if session is None:
            raise QuizlabError("nothing_interrupted", status=errors.USAGE)
    elif (
        session is None
        or options != _only_named(options)
        or (options.names and options.names != session.plan.names)
        or not session.done
        or now - session.touched > FRESH
        or not is_terminal()
    ):
        return None
    else:
        said = view.offered(screen, len(practice.met(session)), practice.left(session))
        if said in (None, "quit"):
            raise KeyboardInterrupt
        if said != "next":
            course.log.save(session.id, "practice", _text(session), finished=True)
            return None
    course.recall(only=session.id if session.plan.repeatable else "")
    view.resumed(screen, len(practice.met(session)), practice.left(session), course.seconds(_ahead(session)))
    return practice.advance(session, course.questions, course.memories, now) if session.current is None else session


def _only_named(options: PracticeOptions) -> PracticeOptions:
    """The same wishes without any that says how to practise: with those alone an interrupted session is offered."""
    kept = {name: getattr(options, name) for name in ("names", "plain", "banks", "confidence", "code", "parts")}
    return PracticeOptions(**kept)


def _text(session: Session) -> str:
    return msgspec.json.encode(session).decode()


def interrupted(course: Course) -> Session | None:
    """The latest unfinished session whose questions are still there; None if there is none that can be read."""
    kept = course.log.interrupted("practice")
    if kept is None:
        return None
    try:
        session = msgspec.json.decode(kept[1], type=Session)
    except msgspec.MsgspecError:  # written by another version
        return None
    if session.current and session.current.question not in course.questions:
        session = msgspec.structs.replace(session, current=None)
    return session if practice.askable(session, course.questions) or session.current else None


def _begun(options: PracticeOptions, course: Course) -> Session | None:
    """A new session over the questions that were asked for; None if nothing among them is to be asked now."""
    now = time.time()
    chosen = _banks.chosen(course.banks, options.names, options.topic)
    exam = _moment(options.exam) if options.exam else now + TOMORROW
    repeatable = options.seed is not None
    course.recall()
    if options.ordered:
        chosen = tuple(sorted(chosen, key=lambda question: options.names.index(question.id)))
    if options.mistakes:
        chosen = tuple(schedule.mistakes(chosen, course.memories))
    pool = [
        question.id for question in chosen if all(keep(question) for keep in _sieves(options, course.memories, now))
    ]
    if not pool:
        return None
    limit = options.limit or len(pool)
    if options.minutes:
        limit = min(limit, tempo.fitting(course.seconds(pool), len(pool), options.minutes))
    if repeatable:
        course.forget()
    plan = Plan(
        names=options.names,
        pool=tuple(pool),
        limit=limit,
        seed=secrets.randbelow(2**31) if options.seed is None else options.seed,
        aim=schedule.Aim(exam, course.prior),
        repeatable=repeatable,
        ordered=options.mistakes or options.ordered,
        minutes=options.minutes,
        dated=bool(options.exam),
    )
    return practice.begin(secrets.token_hex(4), plan, course.questions, course.memories, now)


def _sieves(
    options: PracticeOptions, memories: Mapping[str, Memory], now: float
) -> list[Callable[[AnyQuestion], bool]]:
    """What a question must be like, by the filters that were asked for."""

    def is_due(question: AnyQuestion) -> bool:
        known = memories.get(question.id)
        return known is not None and schedule.due(known, now)

    def is_new(question: AnyQuestion) -> bool:
        return question.id not in memories

    def is_wanted(question: AnyQuestion) -> bool:
        return isinstance(question, OpenQuestion) == options.oral

    wanted = [(options.due, is_due), (options.new, is_new), (options.oral is not None, is_wanted)]
    return [sieve for asked, sieve in wanted if asked]


def _moment(text: str) -> float:
    """The exam's moment in POSIX seconds."""
    from quizlab.telling.when import moment

    return moment(text, datetime.now().astimezone()).timestamp()
