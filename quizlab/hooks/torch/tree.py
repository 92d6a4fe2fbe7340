"""A model as it is written, before its numbers are known: layers, groups, repeats, and expressions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Number(Struct, frozen=True):
    """A number."""

    value: int | float


class Name(Struct, frozen=True):
    """A parameter, to be given a number."""

    name: str


class Word(Struct, frozen=True):
    """A word for an argument that is no number: ``"same"``, ``True``, ``None``."""

    word: str


class Operation(Struct, frozen=True):
    """Two values and what is done with them; a sign has 0 on its left."""

    sign: str
    left: Value
    right: Value


class Several(Struct, frozen=True):
    """A tuple of values."""

    values: tuple[Value, ...]


Value = Number | Name | Word | Operation | Several


class Argument(Struct, frozen=True):
    """A value given to a layer, by its place or by its name."""

    value: Value
    name: str = ""


class Call(Struct, frozen=True):
    """A layer with what it is given. ``at`` is where it begins in the text, counted from 1."""

    name: str
    arguments: tuple[Argument, ...]
    at: int


class Group(Struct, frozen=True):
    """Layers in a Sequential of their own."""

    items: tuple[Item, ...]
    at: int


class Repeat(Struct, frozen=True):
    """Layers made so many times, one after another."""

    count: Value
    items: tuple[Item, ...]
    at: int


class Pick(Struct, frozen=True):
    """One element of what the layer before it returns."""

    index: int
    at: int


Item = Call | Group | Repeat | Pick


def names_in(items: tuple[Item, ...]) -> Iterator[str]:
    """The parameters that a model is written with, as often as they stand there."""
    for item in items:
        if isinstance(item, Call):
            for argument in item.arguments:
                yield from _names(argument.value)
        elif isinstance(item, Group | Repeat):
            yield from _names(item.count) if isinstance(item, Repeat) else ()
            yield from names_in(item.items)


def _names(value: Value) -> Iterator[str]:
    if isinstance(value, Name):
        yield value.name
    for inner in inside(value):
        yield from _names(inner)


def inside(value: Value) -> tuple[Value, ...]:
    """The values that a value is made of."""
    if isinstance(value, Operation):
        return value.left, value.right
    return value.values if isinstance(value, Several) else ()


def text_of(value: Value) -> str:
    """A value as it would be written."""
    if isinstance(value, Number):
        return str(value.value)
    if isinstance(value, Several):
        return f"({', '.join(map(text_of, value.values))})"
    if isinstance(value, Operation):
        return f"({text_of(value.left)}{value.sign}{text_of(value.right)})"
    return value.name if isinstance(value, Name) else value.word
