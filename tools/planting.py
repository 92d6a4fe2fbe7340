"""How a fault gets into a module: into functions that are already loaded, or into a module as it is imported."""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import CodeType, FunctionType, ModuleType

from tools.faults import Fault, path_of

OURS = ("quizlab.", "tests.")


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module, with a fault in it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def find_spec(self, fullname: str, _path: object, _target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of the module with the fault; None for any other."""
        if fullname != self.fault.module:
            return None
        return importlib.util.spec_from_file_location(fullname, path_of(fullname), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the source with the fault."""
        exec(compile(self.fault.source, str(path_of(self.fault.module)), "exec"), module.__dict__)


def in_loaded(fault: Fault) -> bool:
    """Whether a fault can be put into what is already loaded: into a function, or the value of a module's name."""
    return fault.inside or bool(fault.assignment)


def functions_of(module: str) -> list[FunctionType]:
    """All functions and methods of a loaded module, whatever they are wrapped in."""
    path = str(path_of(module))
    found = (each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__.co_filename == path)
    return [each for each in found if "<locals>" not in each.__code__.co_qualname]


def plant(fault: Fault, functions: list[FunctionType]) -> None:
    """Put a fault into a loaded module, for good, and forget what its functions gave before.

    Args:
        fault: one that is `in_loaded`.
        functions: those of its module.
    """
    if fault.assignment:
        _assign(fault)
    else:
        codes = dict(_codes(compile(fault.source, str(path_of(fault.module)), "exec")))
        for each in functions:
            each.__code__ = codes[each.__code__.co_qualname]
    for module in _loaded():
        for value in [*vars(module).values()]:
            if hasattr(value, "cache_clear") and not isinstance(value, type):
                value.cache_clear()


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each.co_qualname, each
            yield from _codes(each)


def _assign(fault: Fault) -> None:
    """Give a name its other value, here and wherever it was imported from here."""
    module = sys.modules[fault.module]
    names = {**vars(module)}
    exec(fault.assignment, names)
    for name in _assigned(fault.assignment):
        old, new = getattr(module, name), names[name]
        for each in _loaded():
            if vars(each).get(name) is old:
                setattr(each, name, new)


def _assigned(assignment: str) -> list[str]:
    return [each.id for each in ast.walk(ast.parse(assignment)) if isinstance(each, ast.Name) and _is_stored(each)]


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _loaded() -> list[ModuleType]:
    return [each for name, each in [*sys.modules.items()] if name.startswith(OURS) and each is not None]
