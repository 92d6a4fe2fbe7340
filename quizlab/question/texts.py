"""Texts of a bank with parameters in them: ``{c_in}`` becomes 32. Nothing else in braces means anything."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizlab import numbers
from quizlab.model import Atom, Value

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the parameters that a text mentions."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, params: Mapping[str, Atom]) -> str:
    """The text with every known placeholder replaced by its value; unknown ones stay as they are."""
    return PLACEHOLDER.sub(lambda match: numbers.setting(params.get(match[1], match[0])), text)


def with_numbers(text: str, params: Mapping[str, Atom]) -> str:
    """An expression with its parameters put in: ``hidden*C + C`` becomes ``1000*C + C``; a factor 1 is left out."""
    known = {name: str(value) for name, value in params.items() if type(value) in (int, float)}
    plain = re.sub(r"[A-Za-z_]\w*", lambda match: known.get(match[0], match[0]), text)
    return re.sub(r"(?<![\w.)*/])(?<![*/] )1\*(?!\*)", "", plain)


def interval(value: tuple[object, ...]) -> bool:
    """Whether a measured value is an interval: (low, high, closed, closed)."""
    return len(value) == 4 and isinstance(value[2], bool) and isinstance(value[3], bool)


def measured(value: Value) -> str:
    """A measured value as plain text: an interval (low, high, closed, closed) with its brackets."""
    if isinstance(value, tuple) and interval(value):
        ends = [numbers.ungrouped(end) if isinstance(end, int | float) else str(end) for end in value[:2]]
        between = "; " if any("," in end for end in ends) else ", "
        return f"{'[' if value[2] else '('}{between.join(ends)}{']' if value[3] else ')'}"
    return numbers.ungrouped(value) if isinstance(value, float) else str(value)
