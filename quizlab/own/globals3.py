"""Word vectors in globals that a student's program would have loaded, and that definitions alone do not define."""

from __future__ import annotations

import dis
import re
import types
from collections.abc import Iterator
from typing import Any

GLOBAL = "emb|vec|matri|glove"


def set_globals(cls: Any, value: Any) -> None:
    """Put the word vectors where the student's code looks for them: in a global that was not loaded."""
    for module, name in missing_globals(cls):
        setattr(module, name, value)


def missing_globals(cls: Any) -> list[tuple[types.ModuleType, str]]:
    """Globals with word vectors that the methods of a class use and no statement that was kept defines."""
    import sys

    module = sys.modules.get(cls.__module__)
    if module is None:
        return []
    marked: set[tuple[str, str]] = module.__dict__.setdefault("__quizlab_globals__", set())
    for code in _codes(cls):
        previous = None
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL" and re.search(GLOBAL, str(step.argval), re.I):
                if step.argval not in vars(module):
                    marked.add(("", str(step.argval)))
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and previous is not None:
                owner = vars(module).get(previous)
                ours = isinstance(owner, types.ModuleType) and owner.__name__.startswith("quizlab_own_")
                if ours and re.search(GLOBAL, str(step.argval), re.I) and not hasattr(owner, str(step.argval)):
                    marked.add((str(previous), str(step.argval)))
            previous = step.argval if step.opname == "LOAD_GLOBAL" else None
    return [(vars(module)[owner] if owner else module, name) for owner, name in marked]


def _codes(cls: Any) -> Iterator[types.CodeType]:
    for each in vars(cls).values():
        if isinstance(each, types.FunctionType):
            yield each.__code__
