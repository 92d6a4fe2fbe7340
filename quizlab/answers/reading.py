"""What reading an answer gives: a `Reading`, or an `Unreadable` that says why not.

Unreadable is not wrong: it costs nothing and is asked again. Nothing here holds a sentence; a code with its
arguments is all that leaves this package.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

LIMIT = 500
"""Longest text, in characters, that is looked at."""

_EXCERPT = 60

# fmt: off
UnreadableCode = Literal[
    "empty", "given_up", "too_long", "odd_character", "not_a_number", "not_a_count", "ambiguous_number",
    "missing_bracket", "unknown_symbol", "unexpected", "unfinished", "missing_argument", "ambiguous_fraction",
    "too_big", "sides_differ", "no_value", "ambiguous_shape", "not_a_shape", "not_a_size", "not_an_interval",
    "ends_not_said", "unknown_type", "not_an_option", "one_option_only", "several_options", "not_a_point",
    "wrong_number_of_parts", "unknown_word",
]
# fmt: on

UNREADABLE_CODES: dict[UnreadableCode, tuple[str, ...]] = {
    "empty": (),
    "given_up": ("typed",),
    "too_long": ("typed", "length", "limit"),
    "odd_character": ("typed", "character", "position"),
    "not_a_number": ("typed",),
    "not_a_count": ("typed",),
    "ambiguous_number": ("typed", "one", "other"),
    "missing_bracket": ("typed", "bracket", "position"),
    "unknown_symbol": ("typed", "symbol", "position", "known"),
    "unexpected": ("typed", "symbol", "position"),
    "unfinished": ("typed",),
    "missing_argument": ("typed", "symbol", "position"),
    "ambiguous_fraction": ("typed", "symbol", "position"),
    "too_big": ("typed",),
    "sides_differ": ("typed", "one", "other"),
    "no_value": ("typed",),
    "ambiguous_shape": ("typed", "one", "other"),
    "not_a_shape": ("typed",),
    "not_a_size": ("typed", "size"),
    "not_an_interval": ("typed",),
    "ends_not_said": ("typed", "open", "closed"),
    "unknown_type": ("typed", "known"),
    "not_an_option": ("typed", "known"),
    "one_option_only": ("typed", "known"),
    "several_options": ("typed", "known"),
    "not_a_point": ("typed", "known"),
    "wrong_number_of_parts": ("typed", "expected", "found", "parts"),
    "unknown_word": ("typed", "symbol"),
}
"""Every code that this package gives, with the names of its arguments; all arguments are text."""


class Unreadable(Struct, frozen=True):
    """Why a text cannot be read.

    ``part`` is the number (from 1) of the part of a tuple that stopped the reading, 0 for the whole answer.
    ``typed`` in ``args`` is the text of that part, and positions count from 1 in it.
    """

    code: UnreadableCode
    args: dict[str, str] = {}
    part: int = 0


class Formula(Struct, frozen=True):
    """An expression: ``source`` uses v0, v1 … for ``names``, ``shown`` is how people write it."""

    source: str
    names: tuple[str, ...]
    shown: str


class Quantity(Struct, frozen=True):
    """A number; ``step`` is the weight of the last digit that was typed, 0 for counts and expressions."""

    formula: Formula
    real: bool = False
    step: float = 0.0


class Dims(Struct, frozen=True):
    """The sizes of a shape."""

    sizes: tuple[Formula, ...]


class TypeName(Struct, frozen=True):
    """A type with what it holds; ``many`` means any number of it, as in ``tuple[T, ...]``."""

    name: str
    inner: tuple[TypeName, ...] = ()
    many: bool = False


class Span(Struct, frozen=True):
    """An interval; an infinite end is always open."""

    low: float
    high: float
    low_closed: bool
    high_closed: bool


class Phrase(Struct, frozen=True):
    """A folded text and, if it is one of several names of one thing, all of them, folded too."""

    folded: str
    shown: str
    synonyms: tuple[str, ...] = ()


class Picked(Struct, frozen=True):
    """Letters of options, in the order of the question; ``several`` tells a multiple choice."""

    letters: tuple[str, ...]
    several: bool = False


class Said(Struct, frozen=True):
    """Numbers, from 1, of the key points that were said."""

    points: tuple[int, ...]


class Reading(Struct, frozen=True):
    """An answer that was understood: its kind, its meaning and its canonical echo."""

    kind: str
    value: Quantity | Formula | Dims | TypeName | Span | Phrase | Picked | Said | tuple[Reading, ...]
    shown: str


def excerpt(typed: str) -> str:
    """What was typed, safe to show: short, with one mark for each character that cannot be shown."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in typed[: _EXCERPT + 1])
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"


def unreadable(code: UnreadableCode, typed: str = "", **args: str) -> Unreadable:
    """Builds an `Unreadable` with exactly the arguments that its code has."""
    given = {**args, "typed": typed}
    safe = {name: excerpt(given[name]) for name in UNREADABLE_CODES[code] if name != "known"}
    return Unreadable(code, {**safe, "known": given["known"]} if "known" in given else safe)
