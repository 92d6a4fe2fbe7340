"""What may be given to layers and functions: a small language of signatures, and the check of arguments against it.

``kernel_size:1x2 stride:1x2=1 bias:flag=True`` are three parameters in their order. Behind the colon stands what one
takes, alternatives with | between them: ``1`` a whole number from 1 on, ``0-1000`` one of a range, ``1x2`` the same or
two of them in a tuple, ``1xn`` any number of them, ``1tn`` only in a tuple, ``int``, ``real``, ``unit`` (0 to 1),
``flag``, ``null`` (None), ``tensor`` (a shape), and any other word itself. Behind ``=`` stands the default; without one
it must be given.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from quizlab.hooks.torch.tree import Argument, Call, Name, Number, Several, Value, Word, text_of
from quizlab.hooks.torch.trouble import trouble

Given = int | float | bool | str | None | tuple["Given", ...]
"""An argument worked out."""

LARGEST = 10**15
"""Whole numbers beyond this are no sizes."""


_FLAGS = {"da": "True", "ne": "False", "istina": "True", "laž": "False"}
"""What people write for a flag, and how it is written."""


class Parameter(Struct, frozen=True):
    """One parameter: its name, what it takes, and its default as it is written ("" where it must be given)."""

    name: str
    takes: tuple[str, ...]
    default: str = ""


@functools.cache
def parameters(signature: str) -> tuple[Parameter, ...]:
    """The parameters of a signature."""
    found = []
    for each in signature.split():
        name, _, rest = each.partition(":")
        takes, _, default = rest.partition("=")
        found.append(Parameter(name, tuple(takes.split("|")), default))
    return tuple(found)


def words_of(signatures: Iterable[str]) -> frozenset[str]:
    """The words that arguments may be without quotes."""
    found = {kind for each in signatures for one in parameters(each) for kind in one.takes}
    return frozenset(kind for kind in found if kind not in _PLAIN and not _RANGE.fullmatch(kind))


def checked(call: Call, signature: str, sizes: Mapping[str, int]) -> dict[str, Given]:
    """The arguments of a call by the names of their parameters, worked out; defaults are left out.

    Raises:
        QuizlabError: too many, unknown, missing or unfit arguments, with the place of the call.
    """
    known = parameters(signature)
    names = ", ".join(each.name for each in known)
    where = {"layer": call.name, "position": call.at}
    placed = [each for each in call.arguments if not each.name]
    if len(placed) > len(known):
        raise trouble("spec_too_many", **where, number=len(placed), most=len(known), known=names or "–")
    given: dict[str, Argument] = {}
    for at, argument in enumerate(call.arguments):
        if not argument.name and at >= len(placed):
            raise trouble("spec_place", **where)
        name = argument.name or known[at].name
        if name in given:
            raise trouble("spec_twice", **where, name=name)
        given[name] = argument
    for name in given.keys() - {each.name for each in known}:
        raise trouble("spec_argument", **where, name=name, known=names or "–")
    for each in known:
        if not each.default and each.name not in given:
            raise trouble("spec_missing", **where, name=each.name)
    found: dict[str, Given] = {}
    for each in known:
        if each.name in given:
            value = given[each.name].value
            found[each.name] = worth = _worked_out(value, sizes, each)
            if not any(_fits(worth, kind) for kind in each.takes):
                args = {"name": each.name, "value": shown(worth), "wanted": wanted(each)}
                raise trouble("spec_unfit", **where, **args)
    return found


def _worked_out(value: Value, sizes: Mapping[str, int], parameter: Parameter) -> Given:
    """The value of an argument; a word that the parameter takes needs no quotes."""
    if isinstance(value, Name) and value.name in parameter.takes and value.name not in sizes:
        return value.name
    if isinstance(value, Several):
        return tuple(_worked_out(each, sizes, parameter) for each in value.values)
    if isinstance(value, Word):
        return {"True": True, "False": False, "None": None}.get(value.word, value.word)
    return number(value, sizes)


def number(value: Value, sizes: Mapping[str, int]) -> int | float:
    """The number that an expression over named sizes comes to.

    Raises:
        QuizlabError: it comes to none, or an unknown name stands in it.
    """
    try:
        found = _computed(value, sizes)
    except (ArithmeticError, ValueError):
        raise trouble("spec_no_value", expression=text_of(value)) from None
    return found


def _computed(value: Value, sizes: Mapping[str, int]) -> int | float:
    if isinstance(value, Number):
        return _bounded(value.value)
    if isinstance(value, Name):
        if value.name not in sizes:
            if flag := _FLAGS.get(value.name.lower()):
                raise trouble("spec_flag", name=value.name, flag=flag)
            raise trouble("spec_name", name=value.name)
        return sizes[value.name]
    if isinstance(value, Word | Several):
        raise ValueError
    left, right = _computed(value.left, sizes), _computed(value.right, sizes)
    if value.sign == "**" and not (abs(right) <= 64 and right >= 0):
        raise ValueError
    found = _OPERATIONS[value.sign](left, right)
    if value.sign == "/" and isinstance(left, int) and isinstance(right, int) and left % right == 0:
        found = left // right
    return _bounded(found)


def _bounded(found: float) -> int | float:
    if not math.isfinite(found) or abs(found) > LARGEST:
        raise OverflowError
    return found


_OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
}

_RANGE = re.compile(r"(-?\d+)(?:-(\d+))?(?:([xt])(\d|n))?")


_PLAIN: dict[str, Callable[[Given], bool]] = {
    "flag": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "real": lambda value: type(value) in (int, float),
    "unit": lambda value: type(value) in (int, float) and 0 <= value <= 1,  # type: ignore[operator]
    "int": lambda value: type(value) is int,
    "tensor": lambda value: isinstance(value, tuple) and len(value) <= 6 and all(_fits(each, "0") for each in value),
}


def _fits(value: Given, kind: str) -> bool:
    if kind in _PLAIN:
        return _PLAIN[kind](value)
    found = _RANGE.fullmatch(kind)
    if found is None:
        return value == kind
    low, high = int(found[1]), int(found[2] or LARGEST)
    if isinstance(value, tuple):
        right = found[4] == "n" or found[4] == str(len(value))
        return right and 0 < len(value) <= 8 and all(type(each) is int and low <= each <= high for each in value)
    return type(value) is int and low <= value <= high and found[3] != "t"


def wanted(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    return " ili ".join(_said(each) for each in parameter.takes)


def _said(kind: str) -> str:
    words = {"flag": "True ili False", "null": "None", "real": "broj", "unit": "broj od 0 do 1", "int": "cijeli broj"}
    words["tensor"] = "oblik tenzora, npr. [64, 10]"
    found = _RANGE.fullmatch(kind)
    if kind in words or found is None:
        return words.get(kind, f"„{kind}”")
    said = f"cijeli broj od {found[1]} do {found[2]}" if found[2] else f"cijeli broj od {found[1]} nadalje"
    if not found[3]:
        return said
    return f"{said}{', ili' if found[3] == 'x' else ':'} {'više' if found[4] == 'n' else found[4]} takvih u zagradama"


def shown(value: Given) -> str:
    """A value as Python writes it."""
    return repr(value)
