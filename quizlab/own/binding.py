"""Bind our values to a student's parameters by what these are called."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

Parameter = inspect.Parameter


def plain(name: str) -> str:
    """A name as patterns are tried on it: small letters without marks, ``učitavač`` as ``ucitavac``."""
    small = unicodedata.normalize("NFKD", name.lower().replace("đ", "d"))
    return "".join(each for each in small if not unicodedata.combining(each))


def called(name: str, pattern: str) -> bool:
    """Whether a parameter is called like that."""
    return bool(re.search(pattern, plain(name), re.IGNORECASE))


class Role(NamedTuple):
    """What a value is, and how a parameter for it may be called; an early role has the first choice."""

    name: str
    pattern: str
    placed: bool = True
    """Whether a parameter with a name that says nothing may get it by its place."""


class Fixed(NamedTuple):
    """A value for what is no role; ``always`` also where the student's parameter has a default value."""

    pattern: str
    value: Any
    always: bool = True


class UnboundError(TypeError):
    """A parameter of the student's that nothing is known for."""

    def __init__(self, function: str, parameter: str) -> None:
        super().__init__(f"{function}: ne znam što je parametar {parameter}")


class Plan(NamedTuple):
    """Which parameter gets which role; ``fixed`` are values of others; ``star`` that all is handed over by place."""

    roles: Mapping[str, str]
    fixed: Mapping[str, Any]
    positional: tuple[str, ...] = ()
    star: bool = False

    def takes(self, role: str) -> bool:
        """Whether some parameter gets this role."""
        return self.star or role in self.roles.values()


def parameters_of(function: Callable[..., Any]) -> list[Parameter]:
    """The parameters of a function or a class, without ``self``.

    Of a class that hands everything on (``*args, **kwargs``) those of the class that it inherits from.

    Raises:
        TypeError: It has no signature.
    """
    try:
        found = list(inspect.signature(function).parameters.values())
    except ValueError as error:
        raise TypeError(str(error)) from error
    handed_on = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    if isinstance(function, type) and any(each.kind is Parameter.VAR_POSITIONAL for each in found):
        own = [each for each in found if each.kind not in handed_on]
        makers = [each.__init__ for each in function.__mro__ if "__init__" in vars(each)][1:]  # type: ignore[misc]
        inherited = [list(inspect.signature(each).parameters.values())[1:] for each in makers[:-1]]
        explicit = next((each for each in inherited if any(one.kind not in handed_on for one in each)), [])
        return [*own, *(each for each in explicit if each.name not in {one.name for one in own})] or found
    return found


def plan(function: Callable[..., Any], roles: Sequence[Role], fixed: Sequence[Fixed] = (), name: str = "") -> Plan:
    """Find out which parameter is which; ``fixed`` are values for what is no role.

    Raises:
        UnboundError: a parameter without a default value is left over.
    """
    parameters = [each for each in parameters_of(function) if each.kind is not Parameter.VAR_KEYWORD]
    if [each.kind for each in parameters] == [Parameter.VAR_POSITIONAL]:
        return Plan({}, {}, star=True)
    left = [each for each in parameters if each.kind is not Parameter.VAR_POSITIONAL]
    bound: dict[str, str] = {}
    for role in roles:
        found = next((each for each in left if called(each.name, role.pattern)), None)
        if found:
            bound[found.name] = role.name
            left.remove(found)
    values: dict[str, Any] = {}
    for one in list(left):
        known = next((each for each in fixed if called(one.name, each.pattern)), None)
        if known and (known.always or one.default is Parameter.empty):
            values[one.name] = known.value
            left.remove(one)
    rest = [role.name for role in roles if role.placed and role.name not in bound.values()]
    for one in left:
        if rest and one.default is Parameter.empty:
            bound[one.name] = rest.pop(0)
        elif one.default is Parameter.empty:
            raise UnboundError(name or getattr(function, "__name__", "?"), one.name)
    places = tuple(each.name for each in parameters if each.kind is Parameter.POSITIONAL_ONLY)
    return Plan(bound, values, places)


def arguments(found: Plan, values: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """What to call with: the values that are given, in our order, each under the student's name for it."""
    if found.star:
        return list(values.values()), {}
    named = {name: values[role] for name, role in found.roles.items() if role in values} | dict(found.fixed)
    return [named.pop(name) for name in found.positional if name in named], named


def call(
    function: Callable[..., Any],
    roles: Sequence[Role],
    values: Mapping[str, Any],
    fixed: Sequence[Fixed] = (),
) -> Any:
    """Call a student's function with our values.

    Raises:
        UnboundError: see `plan`; whatever the function raises.
    """
    given, named = arguments(plan(function, roles, fixed), values)
    return function(*given, **named)
