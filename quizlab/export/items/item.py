"""A question as a learning platform holds one: what is asked, what may be answered, and what each answer is worth."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Answer(Struct, frozen=True):
    """An answer with its worth in percent and what to say of it (HTML).

    ``text`` is HTML where it is an option to choose, and plain text where it is typed. ``tolerance`` is how far off
    a typed number may be. Of options, ``key`` marks the bank's own ones and ``last`` the one that should stay last.
    """

    text: str
    fraction: float
    says: str = ""
    tolerance: str = "0"
    key: bool = False
    last: bool = False


class Gap(Struct, frozen=True):
    """A place to type one answer; the first of its answers that fits what was typed counts.

    ``case`` tells that capital letters and small ones are different symbols.
    """

    kind: Literal["numerical", "short"]
    answers: tuple[Answer, ...]
    name: str = ""
    case: bool = False


class Item(Struct, frozen=True, kw_only=True):
    """One question with its numbers; all texts but ``id``, ``name``, ``category`` and ``tags`` are HTML.

    ``writing`` says how to write an answer that is compared sign by sign; it belongs under the prompt.
    ``options`` are chosen from, ``gaps`` are typed into. ``grader`` is what only a grader sees.
    """

    id: str
    kind: Literal["single", "multiple", "typed", "essay"]
    name: str
    category: tuple[str, ...]
    tags: tuple[str, ...]
    prompt: str
    writing: str = ""
    feedback: str
    hints: tuple[str, ...] = ()
    options: tuple[Answer, ...] = ()
    gaps: tuple[Gap, ...] = ()
    grader: str = ""
