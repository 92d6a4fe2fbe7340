"""Our own labs: what stands in for the parts that a student's code lacks."""

from __future__ import annotations

import importlib
from typing import Any

from quizlab.hooks import registry


def module(name: str) -> Any:
    """The code of a lab that is installed."""
    return importlib.import_module(registry.code_of(name))


def lab4() -> Any:
    """Our lab 4, which has the digits."""
    return module("lab4")
