"""Call a student's function that may be a method: of a class ``Trainer`` that is told the rest when it is made."""

from __future__ import annotations

import inspect
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizlab.own.binding import Fixed, Parameter, Role, UnboundError, arguments, call, parameters_of, plan

UNUSED = Fixed("^opt|optim|load|data|crit|loss|sched|model|net", None, always=False)
"""What an object wants when it is made and the one method that is called does not."""


def call_bound(
    function: Callable[..., Any], roles: Sequence[Role], values: Mapping[str, Any], fixed: Sequence[Fixed] = ()
) -> Any:
    """Call a function, or a method of an object that is made for it with the same values.

    Where the class wants what nothing is known for, the method is called on an object that was never initialised:
    enough for one that takes all it needs.

    Raises:
        UnboundError: see `quizlab.own.binding.plan`; whatever the function raises.
    """
    if next(iter(inspect.signature(function).parameters), "") != "self":
        return call(function, roles, values, fixed)
    owner = _owner(function)
    try:
        found = plan(_together(owner, function), roles, [*fixed, UNUSED])
    except (UnboundError, TypeError):
        return call(types.MethodType(function, _bare(owner, values)), roles, values, fixed)
    _, named = arguments(found, values)
    mine = {each.name for each in _own(function)}
    try:
        made = owner(**{name: value for name, value in named.items() if name in _names(parameters_of(owner))})
    except Exception:
        made = _bare(owner, values)
    return types.MethodType(function, made)(**{name: value for name, value in named.items() if name in mine})


def _bare(owner: Any, values: Mapping[str, Any]) -> Any:
    """An object that was never initialised, with what is known under our names for it."""
    bare = object.__new__(owner)
    vars(bare).update({"device": "cpu"} | dict(values))
    return bare


def _owner(function: Callable[..., Any]) -> Any:
    """The class of a method."""
    owner: Any = sys.modules[function.__module__]
    for name in function.__qualname__.split(".")[:-1]:
        owner = getattr(owner, name)
    return owner


def _own(function: Callable[..., Any]) -> list[Parameter]:
    return list(inspect.signature(function).parameters.values())[1:]


def _names(parameters: Sequence[Parameter]) -> set[str]:
    return {each.name for each in parameters}


def _together(owner: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """What stands for making the object and calling the method: the parameters of both, each once."""

    def stand_in(**_: Any) -> None:
        """Only its signature is looked at."""

    several = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    mine = [each for each in _own(function) if each.kind not in several]
    more = [each for each in parameters_of(owner) if each.kind not in several and each.name not in _names(mine)]
    every = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in (*mine, *more)]
    stand_in.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    return stand_in
