"""Torch's compiler is kept from being loaded where nothing is compiled.

Whatever builds an optimiser of `torch.optim` imports it, more than a second, only to say that nothing of the
optimiser's is to be compiled.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

COMPILER = "torch._dynamo"


class Idle(types.ModuleType):
    """Stands where the compiler would: it has nothing to leave out. Asked for anything else it is loaded after all."""

    @staticmethod
    def graph_break(*_: object, **__: object) -> None:
        """Nothing is being compiled, so nothing is interrupted."""

    @staticmethod
    def disable(function: Callable[..., Any], *_: object, **__: object) -> Callable[..., Any]:
        """The function as it is."""
        return function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":  # which is asked for whenever a part of it is imported
            raise AttributeError(name)
        if sys.modules.get(COMPILER) is self:
            del sys.modules[COMPILER]
        return getattr(importlib.import_module(COMPILER), name)


@contextlib.contextmanager
def without_compiler() -> Iterator[None]:
    """Leave the compiler out meanwhile, unless it is loaded already."""
    if COMPILER in sys.modules:
        yield
        return
    idle = Idle(COMPILER)
    sys.modules[COMPILER] = idle
    try:
        yield
    finally:
        if sys.modules.get(COMPILER) is idle:
            del sys.modules[COMPILER]
