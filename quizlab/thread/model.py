"""What a thread comes to: its statements with their questions, answers and verdicts. Plain data."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from quizlab.model import Atom

Verdict = Literal["right", "wrong", "incomplete", "depends", "disputed", "none"]


class Choice(Struct, frozen=True):
    """An option that the thread offers: its letter, its text, whether it is marked as the answer."""

    letter: str
    text: str
    starred: bool = False


class Judged(Struct, frozen=True):
    """An answer as it was read, its verdict, and what to say of it: the mistake by name, or what is missing.

    ``sizes`` are the numbers of the statement with which the question was asked there, where they are not the bank's;
    such a verdict stands on a formula until the built model confirms it. ``posed`` is the question with whose key the
    answer was judged, where that is a variety of the statement's: an LSTM's parameters are a kind of an RNN cell's.
    """

    answer: str = ""
    verdict: Verdict = "none"
    says: str = ""
    tag: str = ""
    sizes: dict[str, Atom] = {}
    posed: str = ""


class Statement(Struct, frozen=True):
    """One statement: lines counted from 1, the question (None if the banks have none), and its judged answer.

    ``near`` are the ids that it may be where that is not sure enough; ``answered_at`` and ``answers`` are the first
    lines of the statement that answers it, or that it answers; ``corrects`` that of an earlier one it contradicts.
    """

    first_line: int
    last_line: int
    text: str
    id: str | None
    confidence: float
    judged: Judged = Judged()
    label: str = ""
    post: int = 0
    quote: bool = False
    near: tuple[str, ...] = ()
    answered_at: int = 0
    answers: int = 0
    corrects: int = 0

    @property
    def asked(self) -> str:
        """What exactly was asked: the question, its variety and its sizes; only answers to the same can conflict."""
        sizes = ",".join(f"{name}={value}" for name, value in sorted(self.judged.sizes.items()))
        return f"{self.id} {self.judged.posed} {sizes}" if self.id else ""


class Thread(Struct, frozen=True):
    """All statements of a thread in their order, and the ids of the banks that nobody mentioned."""

    statements: tuple[Statement, ...]
    unmentioned: tuple[str, ...] = ()

    def of(self, id: str) -> list[Statement]:
        """The statements that are this question."""
        return [one for one in self.statements if one.id == id]
