"""What a practice session came to: the score of the first answers, repeats apart, and what was weak."""

from __future__ import annotations

from collections import Counter

import msgspec

from quizlab.session import practice
from quizlab.session.practice import Done, Session


class Weak(msgspec.Struct, frozen=True):
    """A question that was not right at first.

    ``times`` is how often it was wrong, in part or shown; ``outcome`` how it came out last, ``right`` on its return.
    """

    question: str
    times: int
    outcome: str


class Summary(msgspec.Struct, frozen=True):
    """What a session came to.

    Each different question counts once, with its first answer; answers to what returned are ``repeats``. ``asked``
    are those that were answered, ``shown`` those whose answer was asked for instead, ``total`` all of the session;
    ``left`` is what was not asked yet, ``returning`` what is still to return. ``weak`` begins with what is still
    wrong, the most often wrong first, as in ``schedule.mistakes``.
    """

    asked: int
    right: int
    partial: int
    wrong: int
    shown: int
    skipped: int
    total: int
    left: int
    returning: int
    repeats: int
    repeats_right: int
    seconds: float
    weak: tuple[Weak, ...] = ()
    over: bool = False

    @property
    def again(self) -> tuple[str, ...]:
        """What is to be repeated: its last answer was not right."""
        return tuple(each.question for each in self.weak if each.outcome != "right")


def summary(session: Session) -> Summary:
    """What the session came to so far."""
    first: dict[str, Done] = {}
    repeats = []
    for each in session.done:
        if each.item.question in first:
            repeats.append(each)
        first.setdefault(each.item.question, each)
    outcomes = Counter(each.outcome for each in first.values())
    answered = [each for each in repeats if each.outcome != "skipped"]
    return Summary(
        asked=len(first) - outcomes["skipped"] - outcomes["shown"],
        right=outcomes["right"],
        partial=outcomes["partial"],
        wrong=outcomes["wrong"],
        shown=outcomes["shown"],
        skipped=outcomes["skipped"],
        total=session.plan.total,
        left=practice.fresh(session),
        returning=len(practice.waiting(session)),
        repeats=len(answered),
        repeats_right=sum(each.outcome == "right" for each in answered),
        seconds=sum(each.seconds for each in session.done),
        weak=_weak(session),
        over=practice.over(session),
    )


def _weak(session: Session) -> tuple[Weak, ...]:
    """What was not right at some time: to skip is not to answer, so the last answer counts."""
    given = [(each.item.question, each.outcome) for each in session.done if each.outcome != "skipped"]
    times = Counter(name for name, outcome in given if outcome != "right")
    wrong = Counter(name for name, outcome in given if outcome in ("wrong", "shown"))
    last: dict[str, str] = {}
    for name, outcome in given:
        last.pop(name, None)  # so that the order is that of the last answers
        last[name] = outcome
    weak = [Weak(name, times[name], last[name]) for name in reversed(last) if times[name]]
    return tuple(sorted(weak, key=lambda each: (each.outcome == "right", -wrong[each.question])))
