"""What bare ``quizlab`` says: what to do now, by the log if there is one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quizlab import errors, home
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import Bank
from quizlab.view import now as view
from quizlab.view.now import Now
from quizlab.view.screen import Screen, is_terminal

if TYPE_CHECKING:
    from quizlab.log import Log
    from quizlab.log.entry import Entry


def say_what_now() -> int:
    """Say what to do now; without a log nothing is opened, read or made."""
    screen = Screen(plain=not is_terminal())
    standing = Now(registry.usual())
    status = errors.RIGHT
    try:
        if home.data_folder().is_dir():
            standing = _standing()
    except QuizlabError as error:  # the log cannot be read; what to begin with is known all the same
        from quizlab.view import failing

        status = failing.report(error)
        standing = Now(registry.usual(), unread=True)
    view.shown(screen, standing)
    return status


def _standing() -> Now:
    """Where the student stands."""
    from quizlab.commands import _banks
    from quizlab.log import FILE, Log

    if not home.there(home.data_folder() / FILE):
        return Now(registry.usual())
    banks = _banks.opened()
    labs = {name: bank.name for bank in banks for name in _names(bank)}
    with Log(home.data_folder(), only_read=True) as log:
        entries = log.history()
        found = _last(entries, labs, banks)
        return Now(
            lab=next((labs[each.question] for each in reversed(entries) if each.question in labs), registry.usual()),
            answers=len(entries),
            wrong=found,
            resume=_interrupted_practice(log, banks),
            blic=_blic_left(log),
        )


def _names(bank: Bank) -> Sequence[str]:
    return [name for question in bank.questions for name in (question.id, *question.aliases)]


def _last(entries: Sequence[Entry], labs: Mapping[str, str], banks: Sequence[Bank]) -> Mapping[str, int]:
    """Lab → how many of its questions were last answered wrong or in part."""
    ids = {alias: each.id for bank in banks for each in bank.questions for alias in each.aliases}
    latest = {ids.get(each.question, each.question): each.outcome for each in entries}
    wrong = [labs[name] for name, outcome in latest.items() if name in labs and outcome != "right"]
    return {lab: wrong.count(lab) for lab in sorted(set(wrong))}


def _interrupted_practice(log: Log, banks: Sequence[Bank]) -> tuple[int, int] | None:
    """How many questions of the interrupted session are behind the student, and how many are left."""
    if log.interrupted("practice") is None:
        return None
    from quizlab.commands._course import Course
    from quizlab.commands.practice import interrupted
    from quizlab.session import practice

    session = interrupted(Course(banks, log))
    if session is None or not session.done:
        return None
    return len(practice.met(session)), practice.left(session)


def _blic_left(log: Log) -> float:
    """The seconds left of a blic that was interrupted; 0 if there is none or its time is up."""
    if log.interrupted("blic") is None:
        return 0.0
    from quizlab.commands.blic import interrupted
    from quizlab.session import blic

    found = interrupted(log)
    return blic.remaining(found, time.time()) if found else 0.0
