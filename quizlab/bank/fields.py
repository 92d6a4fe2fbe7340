"""Nodes to values: a scalar becomes what its field asks for, never what YAML would guess.

PyYAML by itself reads ``no`` as False, ``3:20`` as 200, ``010`` as 8 and ``1e-4`` as text. What is wrong
with a node is found field by field, so that one mistake does not hide the next.
"""

from __future__ import annotations

import functools
import math
import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, Union

import msgspec

from quizlab.bank.nodes import Entries, Items, Node, Scalar
from quizlab.model import AnyQuestion, Problem, Question
from quizlab.question.texts import between_dollars

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})\Z")
REAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\Z")
LONGEST = 300
GREATEST = 2**63 - 1
"""Whole numbers beyond this stay text: they fit neither the cache nor the pipe to the worker."""

KINDS: dict[str, type[Question]] = {str(kind.__struct_config__.tag): kind for kind in typing.get_args(AnyQuestion)}


def convert(node: Node, wanted: Any) -> Any:
    """A node as a value of the type that its field asks for.

    Raises:
        msgspec.ValidationError: it is none; `faults` says why.
    """
    return msgspec.convert(plain(node, wanted), wanted)


def convert_known(node: Node, wanted: Any) -> Any:
    """A node as a value of its type without the fields that the type has not, or None.

    For what remains to be said of a question whose only fault so far is a field too many. An unknown field
    further down may be a misspelt one, and then what seems to be missing there is no fault of its own.
    """
    struct = _struct(node, wanted) if isinstance(node, Entries) else None
    if struct is None:
        return None
    known = {*_fields(struct), "kind"}
    values = {name: value for name, value in plain(node, wanted).items() if name in known}
    try:
        return msgspec.convert(values, wanted)
    except msgspec.ValidationError:
        return None


def plain(node: Node, wanted: Any) -> Any:
    """Plain data of a node, every scalar typed by the field it stands in."""
    if isinstance(node, Entries):
        if struct := _struct(node, wanted):
            types = _types(struct)
            return {name: plain(value, types.get(name, str)) for name, (_, value) in node.entries.items()}
        inner = _inner(wanted, dict)
        return {name: plain(value, inner) for name, (_, value) in node.entries.items()}
    if isinstance(node, Items):
        inner = _inner(wanted, tuple)
        return [plain(item, inner) for item in node.items]
    return _scalar(node, _members(wanted))


def _scalar(node: Scalar, members: frozenset[Any]) -> Any:
    text = node.text
    if node.quoted or members == {str}:
        return between_dollars(text)
    if not text and types.NoneType in members:
        return None
    if bool in members and text in ("true", "false"):
        return text == "true"
    if int in members and INTEGER.match(text):
        return int(text) if abs(int(text)) <= GREATEST else text
    if float in members and REAL.match(text) and len(text) <= LONGEST and (int not in members or _has_point(text)):
        return float(text) if math.isfinite(float(text)) else text
    return between_dollars(text)


def _has_point(text: str) -> bool:
    return any(mark in text for mark in ".eE")


def faults(node: Node, wanted: Any, field: str = "") -> Iterator[Problem]:
    """Everything that keeps a node from being of a type, each with its line and its field."""
    accepted = _shapes(_members(wanted))
    found = shape(node)
    if found not in accepted:
        args = {"expected": accepted[0], "found": found}
        yield Problem("wrong_type", args, line=node.line, field=field)
    elif isinstance(node, Entries):
        if struct := _struct(node, wanted):
            yield from _struct_faults(node, struct, field)
            return
        for name, (_, value) in node.entries.items():
            yield from faults(value, _inner(wanted, dict), _join(field, name))
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from faults(item, _inner(wanted, tuple), f"{field}[{index}]")
    else:
        try:
            convert(node, wanted)
        except msgspec.ValidationError:
            yield Problem("bad_value", {"found": node.text, "known": _known(wanted)}, line=node.line, field=field)


def _struct_faults(node: Entries, struct: type[msgspec.Struct], field: str) -> Iterator[Problem]:
    known = _fields(struct)
    for name, (line, value) in node.entries.items():
        if name in known:
            yield from faults(value, known[name].type, _join(field, name))
        elif name != struct.__struct_config__.tag_field:
            yield Problem("unknown_field", {"field": name}, line=line, field=_join(field, name))
    for name, each in known.items():
        if each.required and name not in node.entries:
            yield Problem("missing_field", {"field": name}, line=node.line, field=_join(field, name))


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _known(wanted: Any) -> str:
    members = _members(wanted)
    choices = [str(value) for member in members if typing.get_origin(member) is Literal for value in member.__args__]
    return ", ".join(choices or (["true", "false"] if bool in members else []))


def shape(node: Node) -> str:
    """What a node is written as: a mapping, a list or a scalar."""
    return "mapping" if isinstance(node, Entries) else "list" if isinstance(node, Items) else "scalar"


def _shapes(members: frozenset[Any]) -> list[str]:
    """The shapes that a type can be written in, the one to recommend first."""
    origins = {typing.get_origin(member) for member in members}
    structs = any(isinstance(member, type) and issubclass(member, msgspec.Struct) for member in members)
    atoms = bool(members & {str, int, float, bool}) or Literal in origins
    shapes = {"scalar": atoms, "mapping": structs or dict in origins, "list": tuple in origins}
    return [name for name, accepted in shapes.items() if accepted]


@functools.cache
def _members(wanted: Any) -> frozenset[Any]:
    if typing.get_origin(wanted) in (Union, types.UnionType):
        return frozenset(member for part in typing.get_args(wanted) for member in _members(part))
    return frozenset([wanted])


def _struct(node: Entries, wanted: Any) -> type[msgspec.Struct] | None:
    """The Struct that a mapping is to become, chosen by ``kind`` among the questions."""
    if wanted == AnyQuestion:
        _, kind = node.entries.get("kind", (0, node))
        return KINDS.get(kind.text, Question) if isinstance(kind, Scalar) else Question
    return _member(wanted)


@functools.cache
def _member(wanted: Any) -> type[msgspec.Struct] | None:
    structs = [each for each in _members(wanted) if isinstance(each, type) and issubclass(each, msgspec.Struct)]
    return structs[0] if structs else None


@functools.cache
def _fields(struct: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields of a Struct under their names in a bank; msgspec looks them up anew each time it is asked."""
    return {each.encode_name: each for each in msgspec.structs.fields(struct)}


@functools.cache
def _types(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {name: each.type for name, each in _fields(struct).items()}


@functools.cache
def _inner(wanted: Any, origin: type) -> Any:
    """The type of the values of a dict or of the items of a tuple."""
    for member in _members(wanted):
        if typing.get_origin(member) is origin:
            return typing.get_args(member)[1 if origin is dict else 0]
    return str
