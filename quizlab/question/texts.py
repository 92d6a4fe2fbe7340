r"""Texts of a bank with parameters in them: ``{c_in}`` becomes 32. Nothing else in braces means anything.

In a formula between dollars single braces are LaTeX's, as in ``$W_{hh}$``; there a parameter stands in two pairs,
of which one stays: ``$x^{{n}}$`` becomes ``$x^{32}$``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizlab.model import Atom, Value

NARROW = "\u202f"
PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
IN_FORMULA = re.compile(rf"(?<=\{{){PLACEHOLDER.pattern}(?=\}})")
# as in Pandoc: no space inside the dollars and no digit behind them, so that $HOME and prices stay what they are
FORMULA = re.compile(r"(?<!\\)(\$\$?)(?=\S)([^$\n]{1,500})(?<=[^\s\\])\1(?!\d)")


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the parameters that a text mentions."""
    return tuple(match[1] for match in _mentions(text))


def fill(text: str, params: Mapping[str, Atom]) -> str:
    """The text with every known placeholder replaced by its value; unknown ones stay as they are."""
    pieces, at = [], 0
    for match in _mentions(text):
        pieces += [text[at : match.start()], _set(params.get(match[1], match[0]))]
        at = match.end()
    return "".join([*pieces, text[at:]])


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Where the text mentions parameters; ``match[1]`` is the name."""
    at = 0
    for formula in FORMULA.finditer(text):
        yield from PLACEHOLDER.finditer(text, at, formula.start())
        yield from IN_FORMULA.finditer(text, *formula.span())
        at = formula.end()
    yield from PLACEHOLDER.finditer(text, at)


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
