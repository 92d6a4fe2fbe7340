"""What a hook returns, as plain data: numbers of libraries become Python's, what is no data is named with its place.

A hook measures with torch and numpy, and a comparison of theirs is no bool: ``numpy.bool_`` would end the worker.
"""

from __future__ import annotations

import numbers
from typing import Any

import msgspec

from quizlab.model import Evidence

LARGEST = 2**64
"""Of whole numbers a message holds those of 64 bits."""


class NotPlainError(Exception):
    """Something in evidence is no data: its place there, and what it is."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place} je {what}" if place else what)


def plain(found: Any) -> Evidence:
    """Evidence with plain values only.

    Raises:
        NotPlainError: it holds something that is neither a number, a truth value nor a text, or is no evidence.
    """
    if not isinstance(found, Evidence):
        raise NotPlainError("", f"umjesto dokaza {type(found).__name__}")
    data: Evidence = _plain(found, "")
    try:
        return msgspec.convert(msgspec.to_builtins(data), Evidence)
    except msgspec.ValidationError as error:
        raise NotPlainError(*_misplaced(str(error))) from None


def _plain(value: Any, place: str) -> Any:
    if value is None or type(value) in (bool, str, float):
        return value
    if isinstance(value, msgspec.Struct):
        dot = f"{place}." if place else ""
        changes = {name: _plain(getattr(value, name), f"{dot}{name}") for name in value.__struct_fields__}
        return type(value)(**changes)
    if isinstance(value, tuple | list):
        return tuple(_plain(each, f"{place}[{at}]") for at, each in enumerate(value))
    if isinstance(value, dict):
        return {_plain(key, place): _plain(each, f"{place}[{key}]") for key, each in value.items()}
    return _scalar(value, place)


def _scalar(value: Any, place: str) -> bool | int | float | str:
    """A number, truth value or text of whatever library."""
    if getattr(value, "ndim", None) == 0 and callable(getattr(value, "item", None)):
        value = value.item()  # of numpy or torch, also an array or a tensor of no dimension
    if isinstance(value, bool):
        return value
    if isinstance(value, numbers.Integral):
        if -LARGEST // 2 <= int(value) < LARGEST:
            return int(value)
        raise NotPlainError(place, "cijeli broj od više od 64 bita")
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, str):
        return str(value)
    raise NotPlainError(place, type(value).__name__)


def _misplaced(message: str) -> tuple[str, str]:
    """A complaint of msgspec's, «Expected `bool`, got `str` - at `$.claims[0].holds`», as place and what is there."""
    what, _, place = message.partition(" - at ")
    names = what.split("`")
    found = f"{names[3]}, a treba {names[1]}" if len(names) == 5 else what
    return place.strip("`$."), found
