"""The small faults that `tools.mutants` plants: one operator, constant, condition or statement of a module changed."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
OTHER: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.USub: (ast.UAdd,),
}
TOLD_TO_TYPES = ("TypeVar", "ParamSpec", "cast")
"""What is called for the sake of the type checker: nothing in it changes what happens."""

TYPES = ("annotation", "returns", "decorator_list", "type_params")

Change = tuple[ast.AST, str, int | None, ast.AST]
"""Node, the field of it that changes, the place in that where it is a list, and what comes there instead."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Fault(NamedTuple):
    """One small change of a module.

    ``where`` is the function, class or name that has it, ``lines`` (1-based) are those of its statement, without the
    body of one that has any. ``source`` is the whole module with the fault, ``assignment`` its statement alone where
    that gives a value to a name of the module; ``inside`` tells whether it lies in the body of a function.
    """

    module: str
    where: str
    line: int
    lines: range
    before: str
    after: str
    source: str
    inside: bool
    assignment: str = ""

    def __str__(self) -> str:
        return f"{self.name}  (line {self.line})"

    @property
    def name(self) -> str:
        """The fault without its line, which every edit moves."""
        return f"{self.module}.{self.where}: {self.before}  →  {self.after}"


def path_of(module: str) -> Path:
    """The file of a module of this repository."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def faults(module: str, source: str) -> Iterator[Fault]:
    """Every fault that is tried in a module."""
    tree = ast.parse(source)
    above = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node, field, index, changed in _changes(tree):
        was = getattr(node, field)
        old = was if index is None else was[index]
        path = [old, *_path(node, above)] if isinstance(old, ast.stmt) else [*_path(node, above)]
        statement = next((each for each in path if isinstance(each, ast.stmt)), tree)
        whole_one = isinstance(old, ast.stmt)
        before = _text(old) if whole_one else _text(node)
        setattr(node, field, changed if index is None else [*was[:index], changed, *was[index + 1 :]])
        try:
            whole = ast.unparse(ast.fix_missing_locations(tree))
            plain = isinstance(statement, ast.Assign | ast.AnnAssign) and above[statement] is tree
            yield Fault(
                *(module, _where(path), getattr(statement, "lineno", 0), _lines(statement)),
                *(
                    before,
                    _text(changed if whole_one else node),
                    whole,
                    _inside(path),
                    ast.unparse(statement) if plain else "",
                ),
            )
        finally:
            setattr(node, field, was)


def _path(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """A node and all that it lies in, outwards."""
    while node in above:
        yield node
        node = above[node]
    yield node


def _where(path: list[ast.AST]) -> str:
    names = [each.name for each in path if isinstance(each, Function | ast.ClassDef)]
    return ".".join(reversed(names)) or "<module>"


def _inside(path: list[ast.AST]) -> bool:
    """Whether some node is in the body of a function, and not in its signature."""
    return any(isinstance(outer, Function) and inner in outer.body for inner, outer in itertools.pairwise(path))


def _lines(statement: ast.AST) -> range:
    first = getattr(statement, "lineno", 1)
    body = getattr(statement, "body", None)
    if not body:
        return range(first, getattr(statement, "end_lineno", first) + 1)
    return range(first, max(first + 1, body[0].lineno))


def _text(node: ast.AST) -> str:
    """A node on one line; of what has a body, its head."""
    return " ".join(ast.unparse(node).split("\n")[0].split())[:110]


def _changes(tree: ast.AST) -> Iterator[Change]:
    for parent in _nodes(tree):
        for field, value in ast.iter_fields(parent):
            if field in TYPES:
                continue
            several = isinstance(value, list)
            for index, child in enumerate(value if several else [value]):
                for changed in _instead(parent, field, child):
                    yield parent, field, index if several else None, changed


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but annotations, decorators, imports, docstrings, the pieces of formatted strings and talk of types.

    That a class is frozen is such talk, too: the type checker holds it.
    """
    yield node
    for field, value in ast.iter_fields(node):
        if field in TYPES or (field == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        for child in value if isinstance(value, list) else [value]:
            told = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            typing = isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in TOLD_TO_TYPES
            skipped = isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr) or told
            if isinstance(child, ast.AST) and not skipped:
                yield from _nodes(child.args[-1]) if typing else _nodes(child)


def _instead(parent: ast.AST, field: str, child: object) -> Iterator[ast.AST]:
    if isinstance(child, ast.cmpop | ast.boolop | ast.operator | ast.unaryop):
        yield from (other() for other in OTHER.get(type(child), ()))
    if isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.Not):
        yield child.operand
    if field == "test" or (field == "ifs" and isinstance(parent, ast.comprehension)):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(child))  # type: ignore[arg-type]
    if isinstance(child, ast.Return) and child.value is not None and not _is_none(child.value):
        yield ast.Return(ast.Constant(None))
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Call | ast.Yield | ast.YieldFrom):
        yield ast.Pass()
    if isinstance(child, ast.AugAssign | ast.Continue | ast.Break):
        yield ast.Pass()
    if isinstance(child, ast.Constant) and not isinstance(parent, ast.Expr | ast.JoinedStr | ast.FormattedValue):
        yield from (ast.Constant(value) for value in _constants(child.value))


def _constants(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str):
        yield value + "!" if value else "!"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
