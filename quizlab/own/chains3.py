"""Baselines that are no class: ``nn.Sequential(embedding, pooling, nn.Linear(…), …)`` somewhere in the program.

Each becomes a function of the embedding, under the name it is assigned to, as if the student had defined it.
"""

from __future__ import annotations

import ast
import re

from quizlab.own.definitions import dotted
from quizlab.own.reading import Read, Source

CHAIN = "chain of layers"
"""The docstring of such a function, by which it is known."""

EMBEDS = "emb|matri|vec|glove"
NEVER = "RNN|LSTM|GRU|Conv"


def with_chains(found: Read) -> Read:
    """The files with a function more for every chain of layers that begins with an embedding."""
    return found._replace(sources=tuple(_with_chains(each) for each in found.sources))


def is_chain(node: ast.AST) -> bool:
    """Whether a function was made here."""
    return isinstance(node, ast.FunctionDef) and ast.get_docstring(node) == CHAIN


def _with_chains(source: Source) -> Source:
    defined = {getattr(each, "name", "") for each in source.tree.body}
    made = {
        each.targets[0].id: _function(each.targets[0].id, each.value)
        for each in ast.walk(source.tree)
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and each.targets[0].id not in defined
        and isinstance(each.value, ast.Call)
        and _embeds_and_ends(each.value)
    }
    if not made:
        return source
    return source._replace(tree=ast.Module(body=[*source.tree.body, *made.values()], type_ignores=[]))


def _embeds_and_ends(call: ast.Call) -> bool:
    """Whether it is a chain of layers from an embedding to a fully connected one, and nothing recurrent between."""
    if not dotted(call.func).endswith("Sequential") or len(call.args) < 3:
        return False
    first, *_, last = (ast.unparse(each) for each in call.args)
    return (
        bool(re.search(EMBEDS, first, re.IGNORECASE))
        and bool(re.search(r"Linear\(.*\b1\b.*\)", last))
        and not re.search(NEVER, ast.unparse(call))
    )


def _function(name: str, call: ast.Call) -> ast.FunctionDef:
    """``def name(embedding): return nn.Sequential(embedding, …)``, at the line of the original."""
    given = ast.arguments(
        posonlyargs=[], args=[ast.arg("embedding")], kwonlyargs=[], kw_defaults=[], defaults=[], vararg=None, kwarg=None
    )
    layers = ast.Call(func=call.func, args=[ast.Name("embedding", ast.Load()), *call.args[1:]], keywords=[])
    body: list[ast.stmt] = [ast.Expr(ast.Constant(CHAIN)), ast.Return(layers)]
    made = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.args, made.body = given, body
    for each in ast.walk(made):
        ast.copy_location(each, call)
    return ast.fix_missing_locations(made)
