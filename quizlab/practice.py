"""A practice session as a state machine without a terminal: ask, answer, next, finish.

Every transition takes a session and returns a new one; time comes in from outside, and the log entry of an
answer goes out, to be written before anybody sees the feedback.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from quizlab.answers import Unreadable
from quizlab.grading import Graded, grade
from quizlab.model import AnyQuestion
from quizlab.progress import Entry


class Answered(msgspec.Struct, frozen=True):
    """One answered question of a session."""

    question: AnyQuestion
    graded: Graded
    entry: Entry


class Session(msgspec.Struct, frozen=True):
    """Where a session stands: what it asks, how far it came, what was answered and what was skipped."""

    id: str
    queue: tuple[AnyQuestion, ...]
    at: int = 0
    answered: tuple[Answered, ...] = ()
    skipped: tuple[str, ...] = ()


class Summary(msgspec.Struct, frozen=True):
    """What a session came to; ``mistakes`` are sentences with how often each was earned, most frequent first."""

    asked: int
    total: int
    right: int
    partial: int
    wrong: int
    seconds: float
    mistakes: tuple[tuple[str, int], ...]
    again: tuple[str, ...]


def begin(identity: str, questions: Sequence[AnyQuestion]) -> Session:
    """A session about to ask its first question."""
    return Session(identity, tuple(questions))


def current(session: Session) -> AnyQuestion | None:
    """The question to ask now; None when the session is over."""
    return session.queue[session.at] if session.at < len(session.queue) else None


def submit(session: Session, typed: str, now: datetime, seconds: float) -> tuple[Session, Answered | Unreadable]:
    """Take an answer to the current question.

    Returns:
        The session, moved on by one question, with the graded answer; or the same session with the reason
        why the answer could not be read, which costs nothing.

    Raises:
        IndexError: the session is over.
    """
    question = session.queue[session.at]
    graded = grade(question, typed)
    if isinstance(graded, Unreadable):
        return session, graded
    entry = Entry(
        at=now.isoformat(timespec="seconds"),
        session=session.id,
        question=question.id,
        params=msgspec.json.encode(question.params).decode(),
        typed=typed,
        understood=graded.understood,
        outcome=graded.outcome,
        tag=graded.tag,
        seconds=round(seconds, 1),
    )
    answered = Answered(question, graded, entry)
    moved = msgspec.structs.replace(session, at=session.at + 1, answered=(*session.answered, answered))
    return moved, answered


def skip(session: Session) -> Session:
    """Leave the current question unanswered and go on."""
    name = session.queue[session.at].id
    return msgspec.structs.replace(session, at=session.at + 1, skipped=(*session.skipped, name))


def again(session: Session, question: AnyQuestion) -> Session:
    """Ask one question more before going on: the one just answered, with other numbers."""
    queue = (*session.queue[: session.at], question, *session.queue[session.at :])
    return msgspec.structs.replace(session, queue=queue)


def summary(session: Session) -> Summary:
    """What the session came to so far."""
    outcomes = Counter(each.graded.outcome for each in session.answered)
    wrong = [each.graded for each in session.answered if each.graded.outcome != "right"]
    mistakes = Counter(graded.says for graded in wrong if graded.says)
    return Summary(
        asked=len(session.answered),
        total=len(session.queue),
        right=outcomes["right"],
        partial=outcomes["partial"],
        wrong=outcomes["wrong"],
        seconds=sum(each.entry.seconds for each in session.answered),
        mistakes=tuple(mistakes.most_common()),
        again=tuple(dict.fromkeys(each.question.id for each in session.answered if each.graded.outcome != "right")),
    )
