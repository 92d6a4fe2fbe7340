"""How a fault gets into a module: into functions that are already loaded, or into a module as it is imported."""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.util
import sys
from collections import defaultdict
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
        now = _codes(fault.module, fault.source)
        places = {
            _spot(code): (name, number)
            for name, codes in _codes(fault.module, path_of(fault.module).read_text(encoding="utf-8")).items()
            for number, code in enumerate(codes)
        }
        for each in functions:
            name, number = places[_spot(each.__code__)]
            each.__code__ = now[name][number]
    for module in _loaded():
        for value in [*vars(module).values()]:
            if hasattr(value, "cache_clear") and not isinstance(value, type):
                value.cache_clear()


def _codes(module: str, source: str) -> dict[str, list[CodeType]]:
    """The code of all functions of a source by their names; those that share one (lambdas) in their order."""
    found: defaultdict[str, list[CodeType]] = defaultdict(list)
    for each in _within(compile(source, str(path_of(module)), "exec")):
        found[each.co_qualname].append(each)
    return found


def _within(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _within(each)


def _spot(code: CodeType) -> tuple[object, ...]:
    """What tells the code of a function from all others of its file: where each of its steps stands."""
    return code.co_qualname, code.co_firstlineno, *code.co_positions()


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
