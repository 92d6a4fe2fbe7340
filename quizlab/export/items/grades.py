"""What the options of a multiple choice are worth: Moodle takes only certain percentages."""

from __future__ import annotations

GRADES = (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111)
SMALL = (10, 5, 0)
ALLOWED = tuple(float(grade) for grade in (*GRADES, *SMALL))
"""Every percentage that Moodle takes; each may be negative too."""


def shares(number: int) -> tuple[float, ...]:
    """A hundred percent in so many shares that Moodle takes, as equal as can be; beyond twenty the rest get nothing."""
    equal = round(100 / number, 5) if number else 0.0
    if equal in ALLOWED:
        return (equal,) * number
    tens = max(0, 20 - number)  # between eleven and nineteen shares of ten and of five come to a hundred
    fives = min(number, 20) - tens
    return (10.0,) * tens + (5.0,) * fives + (0.0,) * (number - tens - fives)


def penalties(number: int) -> tuple[float, ...]:
    """What each of so many wrong options takes away: all of them together take everything."""
    return tuple(-share for share in shares(number))
