"""A practice session as a state machine without a terminal: ask, answer, undo, vary, finish.

A session is plain data: it names its questions and never holds them, so it is saved with every answer and taken
up again after an interruption. Every transition takes a session and returns a new one; the questions, what is
remembered of them and the time come in from outside.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from quizlab.answers import Unreadable
from quizlab.learning import schedule
from quizlab.learning.memory import Memory
from quizlab.log import GIVEN_UP, Entry, given_up
from quizlab.model import AnyQuestion, OpenQuestion, Outcome, Sure
from quizlab.question import asking
from quizlab.question.asking import Asking
from quizlab.question.grading import Graded, grade, grade_points
from quizlab.question.key import key_of

GAP = 3
"""A question answered wrongly returns after at least so many others, if there are others."""

RETURNS = 2
"""How many times a question may return in one session."""

RETURNING = ("wrong", "partial", "shown")
"""How a question came out that returns."""

Questions = Mapping[str, AnyQuestion]
Memories = Mapping[str, Memory]


class Plan(msgspec.Struct, frozen=True):
    """What stays the same for a whole session.

    ``names`` are the arguments it was started with, ``pool`` the ids it asks from; ``limit`` is how many different
    questions it asks. With ``repeatable`` nothing but the seed and the answers decides what is asked. With ``ordered``
    the order of the pool does. ``minutes`` is how long it may last (0: until its end); ``dated`` says that the aim is
    an exam that was named.
    """

    names: tuple[str, ...]
    pool: tuple[str, ...]
    limit: int
    seed: int
    aim: schedule.Aim
    repeatable: bool = False
    ordered: bool = False
    minutes: float = 0.0
    dated: bool = False

    @property
    def total(self) -> int:
        """How many different questions it asks."""
        return min(self.limit, len(self.pool))


class Done(msgspec.Struct, frozen=True):
    """One question of a session that is behind the student; ``missing`` are the points of an oral one not said yet."""

    item: Asking
    outcome: Outcome | Literal["shown", "skipped"]
    tag: str = ""
    says: str = ""
    seconds: float = 0.0
    missing: tuple[int, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """The present question: the ``number`` of a different one among ``total``; ``again`` if it returns."""

    number: int
    total: int
    again: bool = False


class Session(msgspec.Struct, frozen=True):
    """Where a session stands: what it asks now, how many hints were given for it, what is behind it.

    ``touched`` is when it was last saved (POSIX seconds), ``spent`` how long the student has sat at it (seconds).
    """

    id: str
    plan: Plan
    current: Asking | None = None
    hints: int = 0
    done: tuple[Done, ...] = ()
    touched: float = 0.0
    spent: float = 0.0


class Answered(msgspec.Struct, frozen=True):
    """One graded answer: the question as it was asked, and the log entry to be written."""

    question: AnyQuestion
    graded: Graded
    entry: Entry


def begin(identity: str, plan: Plan, questions: Questions, memories: Memories, now: float) -> Session:
    """A session about to ask its first question."""
    return advance(Session(identity, plan), questions, memories, now)


def advance(session: Session, questions: Questions, memories: Memories, now: float) -> Session:
    """The session with its next question chosen; ``current`` is None when there is none."""
    rng = random.Random(f"{session.plan.seed}:{len(session.done)}")
    recent = [questions[each.item.question].topic for each in session.done if each.item.question in questions]
    found = [questions[name] for name in askable(session, questions)]
    if session.plan.ordered:
        chosen = min(found, key=lambda each: session.plan.pool.index(each.id), default=None)
    else:
        chosen = schedule.choose(found, memories, now, session.plan.aim, rng, recent)
    if chosen is None:
        return msgspec.structs.replace(session, current=None, hints=0)
    return _ask(session, chosen, memories, rng)


def _ask(session: Session, question: AnyQuestion, memories: Memories, rng: random.Random) -> Session:
    numbers: asking.Numbers = "any" if session.plan.repeatable else "other" if question.id in memories else "asked"
    before = [each.item for each in session.done]
    if any(item.question == question.id for item in before):
        numbers = "other"  # it returns: with the same numbers a minute later it would ask for the same digits
    return msgspec.structs.replace(session, current=asking.compose(question, rng, before, numbers=numbers), hints=0)


def askable(session: Session, questions: Questions) -> list[str]:
    """The ids that may be asked next: a wrong one whose time has come, or else a new one, or else any that returns."""
    returning = waiting(session)
    ripe = [name for name, since in returning.items() if since >= GAP]
    behind = met(session)
    new = [name for name in session.plan.pool if name not in behind and name in questions]
    if len(behind) >= session.plan.limit:
        new = []
    chosen = ripe or new or [name for name, since in returning.items() if since == max(returning.values())]
    return [name for name in chosen if name in questions]


def waiting(session: Session) -> dict[str, int]:
    """The questions that are to return, each with how many others were met since."""
    asked = Counter(each.item.question for each in session.done)
    latest = {each.item.question: (index, each) for index, each in enumerate(session.done)}
    return {
        name: len(session.done) - 1 - index
        for name, (index, each) in latest.items()
        if each.outcome in RETURNING and asked[name] <= RETURNS
    }


def met(session: Session) -> set[str]:
    """The different questions that are behind the student."""
    return {each.item.question for each in session.done}


def fresh(session: Session) -> int:
    """How many different questions are still to come, the present one included."""
    return max(0, session.plan.total - len(met(session)))


def left(session: Session) -> int:
    """How many questions are still to come, the present one and those that return included."""
    return fresh(session) + len(waiting(session))


def place(session: Session) -> Place:
    """Which of its different questions is being asked; the total never changes."""
    behind = met(session)
    again = session.current is not None and session.current.question in behind
    return Place(len(behind) + (not again), session.plan.total, again)


def over(session: Session) -> bool:
    """Whether the time that was set for the session has passed."""
    return 0 < 60 * session.plan.minutes <= session.spent


def points(session: Session, question: OpenQuestion) -> tuple[int, ...]:
    """The points of an oral question (numbered from 1) to be said now: those that were missing, if it returns."""
    before = next((each for each in reversed(session.done) if each.item.question == question.id), None)
    known = range(1, len(question.points) + 1)
    return tuple(each for each in before.missing if each in known) if before and before.missing else tuple(known)


def submit(
    session: Session, question: AnyQuestion, typed: str | Graded, now: datetime, seconds: float, sure: Sure = ""
) -> Answered | Unreadable:
    """Grade an answer to the current question, and the entry to log for it.

    Args:
        session: the session; its current item is the question's.
        question: the question as it is posed.
        typed: the answer; or how it was graded, where it was ticked off and not typed.
        now: the time of the answer.
        seconds: how long it took.
        sure: how sure the student was, if that was asked.

    Returns:
        The graded answer; or the reason why it could not be read, which costs nothing.
    """
    graded = typed if isinstance(typed, Graded) else grade(question, typed)
    assert session.current is not None
    if isinstance(graded, Unreadable):
        return graded
    text = typed if isinstance(typed, str) else graded.understood
    if isinstance(question, OpenQuestion) and len(wanted := points(session, question)) < len(question.points):
        missing = {each for each in graded.missing if each in wanted}  # what was said before stays said
        graded = grade_points(question, set(range(1, len(question.points) + 1)) - missing)
        text = graded.understood
    entry = logged(session.id, session.current, question, text, graded, now, seconds)
    return Answered(question, graded, msgspec.structs.replace(entry, hints=session.hints, sure=sure))


def shown(session: Session, question: AnyQuestion, now: datetime, seconds: float) -> Answered:
    """The current question given up: it counts as not known, and no answer is logged as if it had been typed."""
    assert session.current is not None
    graded = Graded("wrong", GIVEN_UP, key_of(question).text)
    entry = logged(session.id, session.current, question, "", graded, now, seconds)
    return Answered(question, graded, msgspec.structs.replace(entry, hints=session.hints))


def logged(
    identity: str, item: Asking, question: AnyQuestion, typed: str, graded: Graded, now: datetime, seconds: float
) -> Entry:
    """The log's entry for one graded answer."""
    return Entry(
        at=now.isoformat(timespec="milliseconds"),
        session=identity,
        question=question.id,
        params=msgspec.json.encode(question.params).decode(),
        typed=typed,
        understood=graded.understood,
        outcome=graded.outcome,
        tag=graded.tag,
        seconds=round(seconds, 1),
        order=item.order,
        share=graded.share,
    )


def answered(session: Session, answer: Answered) -> Session:
    """The session with an answer behind it; the next question is not chosen yet."""
    assert session.current is not None
    graded, entry = answer.graded, answer.entry
    says = graded.says if graded.outcome != "right" else ""
    outcome = "shown" if given_up(entry) else graded.outcome
    done = Done(session.current, outcome, graded.tag, says, entry.seconds, graded.missing)
    return msgspec.structs.replace(session, current=None, hints=0, done=(*session.done, done))


def skip(session: Session) -> Session:
    """Leave the current question unanswered; it does not return."""
    assert session.current is not None
    done = Done(session.current, "skipped")
    return msgspec.structs.replace(session, current=None, hints=0, done=(*session.done, done))


def undo(session: Session) -> Session | None:
    """Take back what was done last: its question is asked again as it was. None if nothing is behind it."""
    if not session.done:
        return None
    return msgspec.structs.replace(session, current=session.done[-1].item, hints=0, done=session.done[:-1])


def hint(session: Session) -> Session:
    """One more hint was given for the current question."""
    return msgspec.structs.replace(session, hints=session.hints + 1)


def vary(session: Session, question: AnyQuestion) -> Session | None:
    """Ask the question just answered once more with other numbers; None if it has no others."""
    rng = random.Random(f"{session.plan.seed}:{len(session.done)}:v")
    if not question.variants:
        return None
    item = asking.compose(question, rng, [each.item for each in session.done], numbers="other")
    return msgspec.structs.replace(session, current=item, hints=0)
