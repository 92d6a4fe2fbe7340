"""What the process that looks at a student's code is told, and what it tells."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

from quizlab.model import AnyQuestion, Evidence, Problem
from quizlab.own.guard import Attempt
from quizlab.own.opening import Place
from quizlab.own.reading import Trouble

Outcome = Literal["agrees", "differs", "unchecked"]
LOADING, CAUSES = "loading", "causes"
"""Stages besides the questions."""


class Job(Struct, frozen=True):
    """What to look at: a lab's code under a path, with the mappings chosen and the questions to judge."""

    lab: str
    path: str
    scratch: str
    chosen: tuple[str, ...]
    questions: tuple[AnyQuestion, ...]
    causes: bool = True


class Hello(Struct, frozen=True, tag="hello"):
    """The versions that it computes with, or why it cannot."""

    versions: dict[str, str] = {}
    problem: Problem | None = None


class Loaded(Struct, frozen=True, tag="loaded"):
    """The parts that were found; ``refused`` is a mapping that leads nowhere: (what, why, what there is)."""

    places: tuple[Place, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    refused: tuple[str, str, str] | None = None


class At(Struct, frozen=True, tag="at"):
    """A stage begins: the id of a question, `LOADING` or `CAUSES`."""

    stage: str


class Judged(Struct, frozen=True, tag="judged"):
    """What came of a question.

    ``why`` says in a sentence what differs or why nothing was checked; ``missing`` is the part that is not there;
    ``key`` and ``own`` are both values, where there are such.
    """

    id: str
    outcome: Outcome
    why: str = ""
    missing: str = ""
    key: str = ""
    own: str = ""
    evidence: Evidence | None = None


class Named(Struct, frozen=True):
    """A known mistake with its place in the student's code: ``said`` as people read it."""

    id: str
    part: str
    file: str
    line: int
    said: str
    says: str
    answer: str
    questions: tuple[str, ...]
    note: bool


class Found(Struct, frozen=True, tag="found"):
    """The known mistakes that the code has."""

    causes: tuple[Named, ...]


class Ended(Struct, frozen=True, tag="ended"):
    """All is done: what the code tried and was kept from, and how many threads it left behind."""

    attempts: tuple[Attempt, ...] = ()
    threads: int = 0


Message = Hello | Loaded | At | Judged | Found | Ended


def encode(message: Message | Job) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def decode(data: bytes) -> Message:
    """The message of the other side."""
    message: Message = msgspec.msgpack.decode(data, type=Message)
    return message
