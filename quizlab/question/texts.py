"""Texts of a bank with parameters in them: ``{c_in}`` becomes 32. Nothing else in braces means anything."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizlab.model import Atom, Value

NARROW = "\u202f"
PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the parameters that a text mentions."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, params: Mapping[str, Atom]) -> str:
    """The text with every known placeholder replaced by its value; unknown ones stay as they are."""
    return PLACEHOLDER.sub(lambda match: _set(params.get(match[1], match[0])), text)


def _set(value: Atom) -> str:
    """A value as text sets it: narrow spaces for thousands from five digits on, a decimal comma."""
    if isinstance(value, float):
        return str(value).replace(".", ",").replace("-", "−")
    return str(value) if isinstance(value, str | bool) else grouped(value)


def grouped(number: int) -> str:
    """A whole number as Croatian text sets it: narrow spaces between thousands from five digits on."""
    text = f"{number:,}" if abs(number) >= 10_000 else str(number)
    return text.replace(",", NARROW).replace("-", "−")


def with_numbers(text: str, params: Mapping[str, Atom]) -> str:
    """An expression with its parameters put in: ``hidden*C + C`` becomes ``1000*C + C``; a factor 1 is left out."""
    numbers = {name: str(value) for name, value in params.items() if type(value) in (int, float)}
    plain = re.sub(r"[A-Za-z_]\w*", lambda match: numbers.get(match[0], match[0]), text)
    return re.sub(r"(?<![\w.)*/])(?<![*/] )1\*(?!\*)", "", plain)


def measured(value: Value) -> str:
    """A measured value as plain text: an interval (low, high, closed, closed) with its brackets."""
    if isinstance(value, tuple) and len(value) == 4 and isinstance(value[2], bool) and isinstance(value[3], bool):
        low, high = (str(end).removesuffix(".0") for end in value[:2])
        return f"{'[' if value[2] else '('}{low}, {high}{']' if value[3] else ')'}"
    return str(value)
