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
from quizlab.model import AnyQuestion, Outcome, Sure
from quizlab.question import asking
from quizlab.question.asking import Asking
from quizlab.question.grading import Graded, grade
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
    the order of the pool does.
    """

    names: tuple[str, ...]
    pool: tuple[str, ...]
    limit: int
    seed: int
    aim: schedule.Aim
    repeatable: bool = False
    ordered: bool = False


class Done(msgspec.Struct, frozen=True):
    """One question of a session that is behind the student."""

    item: Asking
    outcome: Outcome | Literal["shown", "skipped"]
    tag: str = ""
    says: str = ""
    seconds: float = 0.0


class Session(msgspec.Struct, frozen=True):
    """Where a session stands: what it asks now, how many hints were given for it, what is behind it.

    ``touched`` is when it was last saved (POSIX seconds).
    """

    id: str
    plan: Plan
    current: Asking | None = None
    hints: int = 0
    done: tuple[Done, ...] = ()
    touched: float = 0.0


class Answered(msgspec.Struct, frozen=True):
    """One graded answer: the question as it was asked, and the log entry to be written."""

    question: AnyQuestion
    graded: Graded
    entry: Entry


class Summary(msgspec.Struct, frozen=True):
    """What a session came to; ``mistakes`` are sentences with how often each was earned, most frequent first.

    ``asked`` counts the answers that were given, ``shown`` those that were asked for instead.
    """

    asked: int
    right: int
    partial: int
    wrong: int
    skipped: int
    left: int
    seconds: float
    mistakes: tuple[tuple[str, int], ...]
    again: tuple[str, ...]
    shown: int = 0


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
    met = {each.item.question for each in session.done}
    fresh = [name for name in session.plan.pool if name not in met and name in questions]
    if len(met) >= session.plan.limit:
        fresh = []
    chosen = ripe or fresh or [name for name, since in returning.items() if since == max(returning.values())]
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


def left(session: Session) -> int:
    """How many questions are still to come, the present one included."""
    met = {each.item.question for each in session.done}
    fresh = max(0, min(session.plan.limit, len(session.plan.pool)) - len(met))
    return fresh + len(waiting(session))


def place(session: Session) -> tuple[int, int]:
    """Which question of how many is being asked, as far as can be known now."""
    met = {each.item.question for each in session.done}
    extra = session.current is not None and session.current.question in met - waiting(session).keys()
    return len(session.done) + 1, len(session.done) + left(session) + extra


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
    done = Done(session.current, outcome, graded.tag, says, entry.seconds)
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


def summary(session: Session) -> Summary:
    """What the session came to so far."""
    outcomes = Counter(each.outcome for each in session.done)
    mistakes = Counter(each.says for each in session.done if each.says)
    return Summary(
        asked=len(session.done) - outcomes["skipped"] - outcomes["shown"],
        right=outcomes["right"],
        partial=outcomes["partial"],
        wrong=outcomes["wrong"],
        skipped=outcomes["skipped"],
        left=left(session),
        seconds=sum(each.seconds for each in session.done),
        mistakes=tuple(mistakes.most_common()),
        again=_again(session),
        shown=outcomes["shown"],
    )


def _again(session: Session) -> tuple[str, ...]:
    """What was last answered wrong or in part, in the order of ``schedule.mistakes``; to skip is not to answer."""
    given = [(each.item.question, each.outcome) for each in session.done if each.outcome != "skipped"]
    times = Counter(name for name, outcome in given if outcome == "wrong")
    last: dict[str, str] = {}
    for name, outcome in given:
        last.pop(name, None)  # so that the order is that of the last answers
        last[name] = outcome
    wrong = [name for name in reversed(last) if last[name] != "right"]
    return tuple(sorted(wrong, key=lambda name: -times[name]))
