"""One known mistake, as it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct


class Cause(Struct, frozen=True):
    """One known mistake found in a student's lab.

    Attributes:
        id: stable name, ``groupnorm``.
        part: the part of the lab that has it.
        member: the method inside the part, such as ``loss``; "" for the whole part.
        says: one Croatian sentence, what the code does and what the lab's text asks for.
        answer: what to answer on the quiz, one sentence.
        questions: ids of the questions whose proofs it changes.
        note: whether the lab's text allows it.
    """

    id: str
    part: str
    member: str
    says: str
    answer: str
    questions: tuple[str, ...] = ()
    note: bool = False


Probe = Callable[[Any], Iterable[Cause]]
"""A test on one part of a student's lab; it may raise anything."""
