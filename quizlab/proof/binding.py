"""Parameters of hooks: checked against a hook's signature without running it."""

from __future__ import annotations

import functools
import inspect
import math
import re
import types
import typing
from collections.abc import Mapping
from typing import Any

import msgspec

from quizlab.errors import USAGE, QuizlabError
from quizlab.hooks import registry
from quizlab.hooks.faces import Size
from quizlab.model import AnyQuestion, Atom, Given, OptionQuestion, Problem, hook_of
from quizlab.question.variants import mistakes_of


@functools.cache
def parameters(hook: str) -> dict[str, tuple[Any, Any]]:
    """Name → (annotation, default) of a hook's parameters; the lab, which comes first, is left out."""
    names, hints = _signature(hook)
    return {each.name: (hints[each.name], each.default) for each in names if each.kind is not each.VAR_KEYWORD}


@functools.cache
def others(hook: str) -> Any:
    """The annotation of parameters by any other name, for a hook that takes such; otherwise None."""
    names, hints = _signature(hook)
    return next((hints[each.name] for each in names if each.kind is each.VAR_KEYWORD), None)


def _signature(hook: str) -> tuple[list[inspect.Parameter], dict[str, Any]]:
    function = registry.hook(hook)
    hints = typing.get_type_hints(function, include_extras=True)
    return list(inspect.signature(function).parameters.values())[1:], hints


def check(hook: str, given: Mapping[str, object], field: str) -> list[Problem]:
    """What is wrong with values given to a hook: unknown names, wrong types, values out of range."""
    known = parameters(hook)
    problems = []
    for name, value in given.items():
        where = f"{field}.{name}"
        wanted = known[name][0] if name in known else others(hook)
        if wanted is None:
            args = {"name": name, "hook": hook, "known": ", ".join(known) or "–"}
            problems.append(Problem("unknown_parameter", args, field=where))
            continue
        try:
            _convert(value, wanted)
        except ValueError:
            args = {"name": name, "value": str(value), "wanted": describe(wanted)}
            problems.append(Problem("bad_parameter", args, field=where))
    return problems


DECIMAL = re.compile(r"^([-+]?[0-9]*),([0-9]+)$")
"""A number with a decimal comma, as it is typed."""


def read_settings(question: AnyQuestion, typed: Mapping[str, str]) -> dict[str, Atom]:
    """The values of ``--set name=value`` for a question, converted to the types its hook asks for.

    Its parameters may be set, and those symbols of its answer for which it has variants.

    Raises:
        QuizlabError: with a problem for each name that is unknown and each value that is none.
    """
    hook = hook_of(question)
    known = parameters(hook) if hook else {}
    settable = dict.fromkeys((*question.params, *question.variants))
    values: dict[str, Atom] = {}
    problems: list[Problem] = []
    for name, text in typed.items():
        wanted = known[name][0] if name in known else others(hook) if hook else Size
        if name not in settable or wanted is None:
            args = {"name": name, "id": question.id, "known": ", ".join(settable)}
            problems.append(Problem("not_settable" if settable else "nothing_settable", args))
            continue
        try:
            values[name] = _convert(DECIMAL.sub(r"\1.\2", text), wanted, strict=False)
        except ValueError:
            args = {"name": name, "value": text, "wanted": describe(wanted)}
            problems.append(Problem("bad_parameter", args))
    if problems:
        raise QuizlabError(problems, status=USAGE)
    return values


def _convert(value: object, wanted: Any, *, strict: bool = True) -> Any:
    """A value as its parameter's type; «nan» is of no range, whatever comparisons say."""
    try:
        found = msgspec.convert(value, wanted, strict=strict)
    except msgspec.ValidationError as error:  # a ValueError only since msgspec 0.21
        raise ValueError(str(error)) from None
    if isinstance(found, float) and not math.isfinite(found):
        raise ValueError
    return found


def bind(question: AnyQuestion, mutation: Mapping[str, Given] | None = None) -> dict[str, Given]:
    """All that a hook is called with: the question's parameters, its fixed ones, and a mistake's mutation."""
    fixed = question.verify.with_ if question.verify else {}
    return {**question.params, **fixed, **(mutation or {})}


def mutations(question: AnyQuestion) -> dict[str, Mapping[str, Given]]:
    """Tag → the parameters of the mutated model that really gives that wrong answer, where there is one."""
    found: dict[str, Mapping[str, Given]] = {mistake.tag: mistake.with_ for mistake in mistakes_of(question)}
    if isinstance(question, OptionQuestion):
        found |= {option.tag: option.with_ for option in question.options.values()}
    return {tag: mutation for tag, mutation in found.items() if mutation}


def describe(annotation: Any) -> str:
    """A type with its range, for messages: ``int 1–512``, ``true|false``, ``a|b``; one that may be left out alike."""
    annotation = next((each for each in _members(annotation) if each is not type(None)), annotation)
    base = typing.get_args(annotation)[0] if typing.get_origin(annotation) is typing.Annotated else annotation
    if typing.get_origin(base) is typing.Literal:
        return " | ".join(map(str, typing.get_args(base)))
    words = {int: "int", float: "float", bool: "true | false", str: "str"}.get(base, str(base))
    for meta in getattr(annotation, "__metadata__", ()):
        low, high = getattr(meta, "ge", None), getattr(meta, "le", None)
        words += f" {low if low is not None else '…'}–{high if high is not None else '…'}"
    return words


def _members(annotation: Any) -> tuple[Any, ...]:
    return typing.get_args(annotation) if typing.get_origin(annotation) in (typing.Union, types.UnionType) else ()
