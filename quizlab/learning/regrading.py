"""Logged answers graded again, after a key, a mistake or the reading of answers has changed: pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from quizlab.log import Entry
from quizlab.model import AnyQuestion, Atom, Bank
from quizlab.question import variants
from quizlab.question.grading import Graded, grade


class Change(Struct, frozen=True):
    """An answer that would be graded differently today."""

    number: int
    was: Entry
    now: Entry


class Regraded(Struct, frozen=True):
    """What grading again came to.

    ``gone`` counts answers to questions that no bank has any more, ``unread`` those that cannot be graded again:
    the question no longer has such parameters or options, the text is not readable for it, or there is none.
    """

    changes: tuple[Change, ...]
    same: int
    gone: int
    unread: int


def regraded(banks: Sequence[Bank], rows: Iterable[tuple[int, Entry]]) -> Regraded:
    """Grade every numbered answer again, put as it was asked, and say which come out differently."""
    changes = []
    same = gone = unread = 0
    questions = {name: each for bank in banks for each in bank.questions for name in (each.id, *each.aliases)}
    known: dict[tuple[str, ...], Graded | None] = {}
    for number, entry in rows:
        question = questions.get(entry.question)
        if question is None:
            gone += 1
            continue
        asked = (entry.question, entry.params, entry.order, entry.typed)
        if asked not in known:
            known[asked] = _graded(question, entry)
        graded = known[asked]
        if graded is None:
            unread += 1
        elif _comes_out_as(entry, graded):
            same += 1
        else:
            changes.append(Change(number, entry, _with(entry, graded)))
    return Regraded(tuple(changes), same, gone, unread)


def _graded(question: AnyQuestion, entry: Entry) -> Graded | None:
    """The answer graded as its question was asked; None where that can no longer be done."""
    try:
        values = msgspec.json.decode(entry.params, type=dict[str, Atom])
    except (msgspec.DecodeError, RecursionError):
        return None
    if not values.keys() <= {*question.params, *question.variants}:
        return None
    if entry.order and not variants.fits(question, entry.order):
        return None
    found = grade(variants.posed(question, values, entry.order), entry.typed)
    return found if isinstance(found, Graded) else None


def _comes_out_as(entry: Entry, graded: Graded) -> bool:
    alike = (entry.outcome, entry.tag) == (graded.outcome, graded.tag)
    return alike and math.isclose(entry.share, graded.share, abs_tol=1e-9)


def _with(entry: Entry, graded: Graded) -> Entry:
    new = {"understood": graded.understood, "outcome": graded.outcome, "tag": graded.tag, "share": graded.share}
    return msgspec.structs.replace(entry, **new)
