"""Numbers as people write them: with spaces, points, commas and apostrophes between the digits."""

from __future__ import annotations

import re

from msgspec import Struct

from quizlab.answers.reading import Unreadable, unreadable

_POWER = r"[eE][+-]?[0-9]{1,6}(?![^\W⁰¹²³⁴-⁹])"
_MARKS = r"[ _'.,]"


class Literal(Struct, frozen=True):
    """A number as Python writes it, and the weight of its last digit."""

    text: str
    step: float


def scan(text: str, start: int, *, commas: bool, spaces: bool, exponents: bool) -> int:
    """Where the number that begins at ``start`` ends.

    A space belongs to the number only before exactly three digits. ``commas`` and ``spaces`` say whether
    these belong to numbers here at all, ``exponents`` whether ``e`` is no name.
    """
    marks = "_'.," if commas else "_'."
    spaced = "| [0-9]{3}(?![0-9])" if spaces else ""
    found = re.compile(f"[0-9]*(?:[{marks}][0-9]+{spaced})*").match(text, start)
    end = found.end() if found else start
    if end > start and text[end : end + 1] == ".":
        end += 1
    power = re.compile(_POWER).match(text, end) if exponents else None
    return power.end() if power else end


def interpret(typed: str, *, count: bool, decimal: bool = False) -> Literal | Unreadable:  # noqa: PLR0911
    """Decides what the marks inside a number mean.

    Where a count is asked, one point or comma before three digits groups thousands; where a real number is
    asked it stays ambiguous, unless the whole part is 0 or an exponent follows (``decimal``: as in 9,312·10³).
    """
    body, exponent = _exponent(typed.strip().rstrip("."))
    digits = re.compile(_MARKS).split(body)
    marks = re.compile(_MARKS).findall(body)
    if not marks:
        return _build(body, "", exponent)
    same = len(set(marks)) == 1
    if same and _grouped(digits):
        if len(marks) == 1 and marks[0] in ".,":
            if exponent or decimal:
                return _build(digits[0], digits[1], exponent)
            if not count:
                other = f"{digits[0]},{digits[1]}0"
                return unreadable("ambiguous_number", typed, one="".join(digits), other=other)
        return _build("".join(digits), "", exponent)
    before, last = marks[:-1], marks[-1]
    if last not in ".,":
        return unreadable("not_a_number", typed)
    if before and (last in before or len(set(before)) > 1 or not _grouped(digits[:-1])):
        return unreadable("not_a_number", typed)
    if not "".join(digits):
        return unreadable("not_a_number", typed)
    return _build("".join(digits[:-1]), digits[-1], exponent)


def _exponent(text: str) -> tuple[str, int]:
    body, mark, power = text.replace("E", "e").partition("e")
    return body, int(power) if mark else 0


def _grouped(digits: list[str]) -> bool:
    head, rest = digits[0], digits[1:]
    return 1 <= len(head) <= 3 and head.strip("0") != "" and all(len(group) == 3 for group in rest)


def _build(whole: str, fraction: str, exponent: int) -> Literal:
    whole = whole.lstrip("0") or "0"
    power = exponent - len(fraction)
    step = 10.0**power if -300 < power < 300 else 0.0
    if not fraction.strip("0") and exponent == 0:
        return Literal(whole, step)
    text = f"{whole}.{fraction}" if fraction else whole
    return Literal(f"{text}e{exponent}" if exponent else text, step)
