"""What of a student's code is not written yet: such a function is missing, and no mistake.

Pure but for `leave_out`: looks at trees and runs nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NoReturn

from quizlab.hooks.owned import MissingPartError
from quizlab.own.finding import Definition

VITAL: dict[str, tuple[str, ...]] = {
    "unit": ("__init__", "forward"),
    "model": ("__init__", "get_features"),
    "identity": ("get_features",),
    "dataset": ("__init__",),
    "vocab": ("__init__",),
    "baseline": ("__init__", "forward"),
    "recurrent": ("__init__", "forward"),
}
"""Members without which the part is not there."""

OTHER: dict[str, tuple[str, ...]] = {
    "model": ("loss",),
    "dataset": ("_sample_positive", "_sample_negative"),
    "vocab": ("encode", "numericalize"),
}
"""Members that only some questions ask about; which methods else do nothing is the student's own matter."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def unfinished(part: str, one: Definition) -> dict[str, int]:
    """The members of a part that are not written, with their lines; the function itself as ``""``."""
    if isinstance(one.node, Function):
        return {"": one.node.lineno} if is_unfinished(one.node, may_end=part == "train") else {}
    watched = (*VITAL.get(part, ()), *OTHER.get(part, ()))
    body = [each for each in one.node.body if isinstance(each, Function)]
    return {each.name: each.lineno for each in body if each.name in watched and is_unfinished(each)}


def is_vital(part: str, member: str) -> bool:
    """Whether a part is nothing without a member."""
    return not member or member in VITAL.get(part, ())


def is_unfinished(node: Function, *, may_end: bool = False) -> bool:
    """Whether a function has nothing in it, stops at its end, or has ``...`` in the place of a value.

    Args:
        node: the function.
        may_end: whether it may do its work and give nothing back.
    """
    marks = ("abstractmethod", "overload")
    if any(ast.unparse(each).rpartition(".")[2] in marks for each in node.decorator_list):
        return False
    body = [each for each in node.body if not _is_text(each)]
    gives = any(isinstance(each, ast.Return | ast.Yield) for each in _inside(node))
    if all(isinstance(each, ast.Pass) or _refuses(each) for each in body) or (_refuses(body[-1]) and not gives):
        return True
    ends = isinstance(body[-1], ast.Pass) and not gives and not may_end and node.name != "__init__"
    return ends or any(_is_ellipsis(each) for each in _inside(node))


def _is_text(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr) and isinstance(value, ast.Constant) and isinstance(value.value, str)


def _refuses(statement: ast.stmt) -> bool:
    """``raise NotImplementedError``, with or without words."""
    return isinstance(statement, ast.Raise) and "NotImplemented" in ast.unparse(statement)


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function but what is defined inside of it."""
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, (*Function.__args__, ast.ClassDef, ast.Lambda)):
            yield each
            yield from _inside(each)


def _is_ellipsis(node: ast.AST) -> bool:
    """Whether ``...`` stands as a statement, is what a name is made, is given back or handed over."""
    values: list[ast.AST | None] = []
    if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return):
        values = [node.value]
    elif isinstance(node, ast.Call):
        values = [*node.args, *(each.value for each in node.keywords)]
    return any(isinstance(each, ast.Constant) and each.value is ... for each in values)


def leave_out(thing: Any, part: str, member: str) -> None:
    """Let a member of a class say that it is missing when it is asked for."""

    def missing(*_: Any, **__: Any) -> NoReturn:
        raise MissingPartError(f"{part}.{member}")

    setattr(thing, member, missing)
