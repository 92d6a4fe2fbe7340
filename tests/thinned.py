"""A few of very many cases for the suite; `make stress` tries all of them, its short form no more than the suite."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

SHORT = os.environ.get("QUIZLAB_STRESS") == "short"


def thinned(cases: Iterable[Any], step: int, start: int = 0) -> list[Any]:
    """Every ``step``-th case as it is, from ``start``; the others only in the long trial."""
    every = list(enumerate(cases))
    assert len(every) > start, "nothing would be left"
    kept = [(case, at % step == start) for at, case in every]
    return [case if now else _later(case) for case, now in kept if now or not SHORT]


def _later(case: Any) -> Any:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.stress)
