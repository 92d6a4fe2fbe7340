"""Numbers as Croatian text sets them: a true minus, a decimal comma, narrow spaces between thousands. Pure.

`typeset` is the only place that knows how; all else here decides how many digits there are to set. What is written
here, `quizlab.answers` reads back as the same number, so no number may look like thousands that it is not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal

NARROW = "\u202f"
BIG, SMALL = 1e6, 1e-4
"""Real numbers outside of these are written as powers of ten."""

_MINUS = "−"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_LONG = re.compile(r"(?<![\w.])(?<![0-9],)[1-9][0-9]{4,}(?!\w|\.\w)")
"""Digits that are a whole number or the whole part of one: not decimals, and no piece of a name."""


# --- typography --------------------------------------------------------------------------------------


def typeset(text: str, *, apart: bool = True, plain: bool = False) -> str:
    """A number as Python writes it (``-12345.5``, ``1e-05``, ``inf``) as text sets it, with all its digits.

    Args:
        text: the number; anything else is an error of the program.
        apart: whether narrow spaces stand between thousands, from five digits of the whole part on.
        plain: whether three decimals may stay that people could type as thousands, as 1,234.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return {"inf": "∞", "-inf": f"{_MINUS}∞", "nan": "NaN"}[text.lower().replace("infinity", "inf")]
    sign, whole, rest, exponent = found.groups(default="")
    power = int(exponent or 0)
    if not power and not plain and _LIKE_THOUSANDS.fullmatch(f"{whole}.{rest}"):
        rest += "0"
    minus = _MINUS if sign and (whole + rest).strip("0") else ""
    digits = (grouped_digits(whole) if apart else whole) + (f",{rest}" if rest else "")
    return f"{minus}{digits} · {power_of_ten(power)}" if power else minus + digits


def power_of_ten(exponent: int) -> str:
    """10⁻⁶."""
    return f"10{str(exponent).translate(_RAISED)}"


def grouped_digits(digits: str) -> str:
    """Digits in groups of three, from five on."""
    if len(digits) < 5:
        return digits
    first = len(digits) % 3
    groups = [digits[at : at + 3] for at in range(first, len(digits), 3)]
    return NARROW.join([digits[:first], *groups] if first else groups)


def grouped_in(text: str) -> str:
    """A text with the thousands of its whole numbers apart; decimals, names and code in it stay as they are."""
    return _LONG.sub(lambda found: grouped_digits(found[0]), text)


def form(number: int, one: str, few: str, many: str) -> str:
    """The noun form that goes with a number: 1 pitanje, 2 pitanja, 5 pitanja, 21 pitanje, 12 pitanja."""
    tens, ones = abs(number) % 100, abs(number) % 10
    if ones == 1 and tens != 11:
        return one
    return few if 2 <= ones <= 4 and not 12 <= tens <= 14 else many


# --- numbers with all their digits -------------------------------------------------------------------


def grouped(number: int) -> str:
    """A whole number: 9312, 150 528."""
    return typeset(str(number))


def exact(number: float) -> str:
    """A number with all of its digits: 0,25; 150 528; 1 · 10⁻⁵."""
    return typeset(str(number))


def ungrouped(number: float | str) -> str:
    """A number with all of its digits and nothing between them, as one would type it: 12345; 0,5; 2."""
    return typeset(str(number).removesuffix(".0"), apart=False)


def setting(value: float | str) -> str:
    """A parameter: a number set with all of its digits, anything else as it is."""
    return str(value) if isinstance(value, str | bool) else exact(value)


def several(values: tuple[object, ...]) -> str:
    """Values in brackets as Python has them, (64, 12 288), apart by semicolons where one has a decimal comma."""
    texts = [several(one) if isinstance(one, tuple) else _quoted(one) for one in values]
    between = "; " if any(isinstance(one, float) for one in values) else ", "
    return f"({between.join(texts)}{',' if len(texts) == 1 else ''})"


def _quoted(value: object) -> str:
    return exact(value) if isinstance(value, int | float) and not isinstance(value, bool) else repr(value)


# --- numbers with as many digits as say something ----------------------------------------------------


def short(number: float, *, plain: bool = False) -> str:
    """A number to four digits, or to whole ones: 0,3333; 3,1416; 12 346; 1,235 · 10⁶.

    With ``plain`` 3,142 stays so: a measured number in a table is no answer and gets no digit that was not measured.
    """
    if isinstance(number, int):
        return grouped(number)
    if not math.isfinite(number):
        return typeset(str(number))
    if number.is_integer() and abs(number) < BIG:
        return grouped(int(number))
    if not SMALL <= abs(number) < BIG:
        mantissa, power = f"{number:.3e}".split("e")
        return typeset(f"{_trimmed(mantissa)}e{power}")
    places = max(0, 3 - math.floor(math.log10(abs(number))))
    text = _trimmed(f"{number:.{places}f}")
    if _LIKE_THOUSANDS.fullmatch(text) and not plain:
        text = _trimmed(f"{number:.{places + 1}f}")
    return typeset(text, plain=plain)


def rounded(number: float) -> float:
    """A number to four digits, but never less than its whole part, and with a fifth where three look like thousands."""
    if not number or not math.isfinite(number):
        return number
    digits = min(17, max(4, math.floor(math.log10(abs(number))) + 1))
    near = float(f"{number:.{digits}g}")
    return float(f"{number:.5g}") if _LIKE_THOUSANDS.fullmatch(repr(near)) else near


def shortest(number: float) -> str:
    """A number with no more digits than it needs: −2; 0,5; 1 · 10⁻⁵."""
    return typeset(f"{number:g}")


def decimal(number: float, places: int = 2) -> str:
    """A real number with so many decimals, 0,83, and with a fourth where three could be read as thousands."""
    text = f"{number:.{places}f}"
    return typeset(f"{number:.4f}" if _LIKE_THOUSANDS.fullmatch(text) else text)


def decimals(numbers: Iterable[float], places: int = 2) -> str:
    """Real numbers one after another: 0,83; −1,20."""
    return "; ".join(decimal(number, places) for number in numbers)


def row(numbers: Iterable[float]) -> str:
    """Numbers one after another with no more digits than they need: −2; −0,5; 1; 3."""
    return "; ".join(map(shortest, numbers))


def percent(share: float) -> str:
    """A share in per cent; what is not all is never rounded up to all."""
    return "100 %" if share == 1 else f"{decimal(min(100 * share, 99.9), 1)} %"


def gap(difference: float) -> str:
    """A difference as words can bear it: what is only rounding is said to be less than a millionth."""
    if difference in (0, math.inf):
        return shortest(difference)
    return "manje od 0,000001" if difference < 1e-6 else decimal(difference, 6 if difference < 1e-3 else 4)


def scientific(number: float | Decimal, places: int = 1) -> str:
    """A number too small or too large to write out: 4,1 · 10⁻⁶; 0,029; without places also a power alone: 10⁻³."""
    if not number:
        return "0"
    if not Decimal(number).is_finite():
        return "nije broj" if Decimal(number).is_nan() else typeset(str(number))
    text = f"{number:.{places}E}"
    mantissa, power = text.split("E")
    if -2 <= int(power) < 2:
        return typeset(f"{number:.{places + 1}g}")
    return power_of_ten(int(power)) if mantissa == "1" else typeset(text)


def label(value: float, places: int, *, powers: bool) -> str:
    """A value beside an axis: with so many decimals, or as a power of ten."""
    if not value:
        return "0"
    if not powers:
        return decimal(value, places)
    mantissa, power = f"{value:.1e}".split("e")
    return typeset(f"{_trimmed(mantissa)}e{power}")


def _trimmed(text: str) -> str:
    """Digits without zeros that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text else text
