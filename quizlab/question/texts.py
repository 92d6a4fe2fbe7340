r"""Texts of a bank with parameters in them: ``{c_in}`` becomes 32. Nothing else in braces means anything.

In a formula between dollars single braces are LaTeX's, as in ``$W_{hh}$``; there a parameter stands in two pairs,
of which one stays: ``$x^{{n}}$`` becomes ``$x^{32}$``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizlab import numbers
from quizlab.model import Atom, Value

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
IN_FORMULA = re.compile(rf"(?<=\{{){PLACEHOLDER.pattern}(?=\}})")
# as in Pandoc: no space inside the dollars and no digit behind them, so that $HOME and prices stay what they are
FORMULA = re.compile(r"(?<!\\)(\$\$?)(?=\S)([^$\n]{1,500})(?<=[^\s\\])\1(?!\d)")

_OTHERWISE = re.compile(
    r"(?<!\\)(?:(?:\\\((?P<inline>[^$]{1,500}?)\\\)|\\\[(?P<set>[^$]{1,500}?)\\\])(?P<digits>[0-9]*)"
    r"|\$\$(?P<wide>[^$]{1,500}?)(?<!\\)\$\$(?![0-9]))"
)
"""The other ways to write a formula: ``\\(x\\)``, ``\\[x\\]``, and two dollars with spaces or line ends inside."""


def between_dollars(text: str) -> str:
    r"""The text with every formula between dollars, as all media look for it; digits behind one go into it."""
    return _OTHERWISE.sub(_between_dollars, text) if "\\" in text or "$$" in text else text


def _between_dollars(found: re.Match[str]) -> str:
    inside = " ".join((found["inline"] or found["set"] or found["wide"]).split())
    if not inside or inside.endswith("\\"):
        return found[0]
    digits = rf"\text{{{found['digits']}}}" if found["digits"] else ""
    sign = "$" if found["inline"] else "$$"
    return f"{sign}{inside}{digits}{sign}"


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the parameters that a text mentions."""
    return tuple(match[1] for match in _mentions(text))


def fill(text: str, params: Mapping[str, Atom]) -> str:
    """The text with every known placeholder replaced by its value; unknown ones stay as they are."""
    if "{" not in text:
        return text
    pieces, at = [], 0
    for match in _mentions(text):
        pieces += [text[at : match.start()], numbers.setting(params.get(match[1], match[0]))]
        at = match.end()
    return "".join([*pieces, text[at:]])


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Where the text mentions parameters; ``match[1]`` is the name."""
    at = 0
    for formula in FORMULA.finditer(text) if "$" in text else ():
        yield from PLACEHOLDER.finditer(text, at, formula.start())
        yield from IN_FORMULA.finditer(text, *formula.span())
        at = formula.end()
    yield from PLACEHOLDER.finditer(text, at)


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
