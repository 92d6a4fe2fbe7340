"""Names that a student's file uses at its top and that nothing in it defines: Python stops there. Pure."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from quizlab.own.reading import Source, Trouble

SIMPLE = ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For
"""Statements that run as soon as the file does, whatever happens; of a loop what it goes through."""

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp,
          ast.GeneratorExp)  # fmt: skip


def unbound(source: Source) -> Trouble | None:
    """The first such name, with its line; None for a notebook and for a file whose names cannot be known."""
    if source.cells or _is_open(source.tree):
        return None
    bound = {*dir(builtins), "__name__", "__file__", "__doc__", "get_ipython", "display", *_bound(source.tree)}
    for statement in source.tree.body:
        if isinstance(statement, SIMPLE):
            for name in _used(statement.iter if isinstance(statement, ast.For) else statement):
                if name.id not in bound:
                    return Trouble("unbound", source.shown, name.lineno, name.id)
    return None


def _is_open(tree: ast.Module) -> bool:
    """Whether names come from somewhere that cannot be seen: ``import *``, ``exec``, ``globals()``."""
    return any(
        (isinstance(each, ast.ImportFrom) and any(alias.name == "*" for alias in each.names))
        or (isinstance(each, ast.Name) and each.id in ("exec", "globals", "vars", "locals", "setattr"))
        for each in ast.walk(tree)
    )


def _bound(tree: ast.Module) -> Iterator[str]:
    """Every name that anything in the file could define, wherever it stands."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
            yield each.id
        elif isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield each.name
        elif isinstance(each, ast.alias):
            yield (each.asname or each.name).partition(".")[0]
        elif isinstance(each, ast.Global):
            yield from each.names
        elif isinstance(each, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and each.name:
            yield each.name


def _used(node: ast.AST) -> Iterator[ast.Name]:
    """The names that are read as soon as a statement runs."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, SCOPES):
            yield from _used(each)
