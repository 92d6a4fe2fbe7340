"""What ``stats --json`` prints: the statistics as they are, with shares to four decimals."""

from __future__ import annotations

from typing import Any

import msgspec

from quizlab.learning.stats import Stats
from quizlab.telling import words


def document(stats: Stats) -> dict[str, Any]:
    """The statistics as plain data; the sentences of mistakes as a person reads them."""
    made: dict[str, Any] = msgspec.to_builtins(stats)
    for mistake in made["mistakes"]:
        mistake["says"] = words.one_line(words.text(mistake["says"], {}))
    return {name: _rounded(value) for name, value in made.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
