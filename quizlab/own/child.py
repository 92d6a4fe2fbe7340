"""The process that looks at a student's code: loads it, judges every question, looks for causes, and ends."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from quizlab.model import AnyQuestion
from quizlab.own import messages
from quizlab.own.guard import DEEDS, Guard
from quizlab.own.messages import CAUSES, LOADING, At, Ended, Found, Hello, Job, Judged, Loaded, Message, Named
from quizlab.own.opening import MappingError, Opened, open_lab
from quizlab.proof.worker import prepare, receive, send

Tell = Callable[[Message], None]


def examine(job: Job) -> Iterator[Message]:
    """Everything that is to be said of a student's code, as it is found out.

    Nothing is guarded here: see `main`.
    """
    yield At(LOADING)
    try:
        opened = open_lab(Path(job.path), job.lab, job.chosen, Path(job.scratch))
    except MappingError as error:
        yield Loaded(refused=(error.text, error.why, error.known))
        return
    yield Loaded(opened.places, opened.troubles)
    if not opened.places:
        return
    for question in job.questions:
        yield At(question.id)
        yield judged(question, opened)
    if job.causes:
        yield At(CAUSES)
        yield Found(tuple(causes(opened)))


def judged(question: AnyQuestion, opened: Opened) -> Judged:
    """What comes of one question; the same every time, whatever ran before it."""
    from quizlab.hooks.common import seeded
    from quizlab.own.judging import judge

    with seeded(0):
        found: Any = judge(question, opened.lab)
    return Judged(
        question.id, found.outcome, found.says, getattr(found, "missing", ""), found.key, found.own, found.evidence
    )


def causes(opened: Opened) -> Iterator[Named]:
    """The known mistakes with their places; what a search breaks at is none."""
    from quizlab.hooks.common import seeded
    from quizlab.own.causes import find

    with seeded(0):
        found: list[Any] = find(opened.lab)
    absent = {each.detail for each in opened.troubles if each.what == "unfinished"}
    for each in found:
        if each.part in absent:
            continue  # it is not written yet, and that is said elsewhere
        one = opened.found.get(each.part)
        file, line = (one.source.shown, one.member(each.member)) if one else ("", 0)
        said = opened.place(each.part, each.member)
        yield Named(each.id, each.part, file, line, said, each.says, each.answer, tuple(each.questions), each.note)


def guarded(job: Job, guard: Guard) -> Iterator[Message]:
    """`examine` with what was kept from happening: a question whose code tried it says so."""
    threads = threading.active_count()
    seen = 0
    for message in examine(job):
        if isinstance(message, Judged) and message.outcome == "unchecked" and len(guard.attempts) > seen:
            message = msgspec.structs.replace(message, why=f"kôd je htio {DEEDS[guard.attempts[-1].deed]}")  # noqa: PLW2901
        seen = len(guard.attempts)
        yield message
    yield Ended(tuple(guard.attempts), threading.active_count() - threads)


def main() -> None:
    """Entry of the process: one job in, messages out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    jobs, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(silence, number)
    leave = os._exit
    with contextlib.suppress(BrokenPipeError):
        hello = prepare()
        send(replies, messages.encode(Hello(hello.versions, hello.problem)))
        data = receive(jobs)
        if data is not None and not hello.problem:
            job = msgspec.msgpack.decode(data, type=Job)
            path = Path(job.path)
            guard = Guard(Path(job.scratch), path if path.is_dir() else path.parent)
            guard.install()
            for message in guarded(job, guard):
                send(replies, messages.encode(message))
    leave(0)


if __name__ == "__main__":
    main()
