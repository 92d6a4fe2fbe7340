"""Two outputs of a snippet compared: what it printed, and what was measured in its place."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest

from quizlab.model import Snippet

NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]*\w)")
"""A number that stands by itself: none of ``float32``, ``BatchNorm2d``, ``bias_l0``, ``2.6.0``."""


def alike(printed: str, measured: str) -> bool:
    """Whether two outputs say the same: every word and whole number exactly, every other number as nearly as shown.

    What is rounded to so many places may come out one higher or lower on another processor.
    """
    one, other = printed.strip(), measured.strip()
    if one == other:
        return True
    if NUMBER.split(one) != NUMBER.split(other):
        return False
    pairs = list(zip(NUMBER.findall(one), NUMBER.findall(other), strict=True))
    places = max((_places(each) for pair in pairs for each in pair), default=0)
    return all(_near(a, b, places) for a, b in pairs)


def _places(number: str) -> int:
    """Decimal places of a number without an exponent: those of the longest are the rounding of all."""
    return 0 if "e" in number.lower() else len(number.partition(".")[2])


def _near(one: str, other: str, places: int) -> bool:
    """Whether two numbers differ by one in the last place at most; whole numbers and mere tenths must be the same."""
    if one == other:
        return True
    if not {".", "e", "E"} & set(one) or not {".", "e", "E"} & set(other):
        return False
    a, b = Decimal(one), Decimal(other)
    if a == b:
        return True
    if "e" in (one + other).lower():
        return abs(a - b) <= max(_unit(a), _unit(b)) and a.adjusted() == b.adjusted()
    return places > 1 and abs(a - b) <= Decimal(1).scaleb(-places)


def _unit(number: Decimal) -> Decimal:
    """One in the last place that is written."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def difference(snippet: Snippet) -> tuple[str, str]:
    """The first line in which what was printed and what was measured differ; "" for a line that is not there."""
    lines = zip_longest(
        snippet.prints.strip().splitlines(), (snippet.measured or "").strip().splitlines(), fillvalue=""
    )
    return next(((one, other) for one, other in lines if not alike(one, other)), ("", ""))
