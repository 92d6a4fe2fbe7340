"""What ``stats --json`` prints: the statistics as they are, with shares to four decimals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from quizlab.learning.results import Result
from quizlab.learning.stats import Stats
from quizlab.telling import words


def document(stats: Stats, real: Sequence[Result] = ()) -> dict[str, Any]:
    """The statistics as plain data; the sentences of mistakes as a person reads them, and real blics of these labs."""
    made: dict[str, Any] = msgspec.to_builtins(stats)
    labs = {part.lab for part in stats.labs}
    made["real"] = [msgspec.to_builtins(each) for each in real if each.lab in labs]
    for mistake in made["mistakes"]:
        mistake["says"] = words.one_line(words.text(mistake["says"], {}))
    return {name: _rounded(value) for name, value in made.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
