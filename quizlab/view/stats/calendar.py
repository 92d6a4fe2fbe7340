"""The last weeks as a calendar whose days can be told apart without colour, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

from quizlab.learning.stats.shapes import Day
from quizlab.telling.when import NAMES
from quizlab.view import paragraphs
from quizlab.view.screen import Screen
from quizlab.view.stats.phrases import NO_BREAK, answers, days, heading, percent, short

WEEKS = 8
MARKS = "·░▒▓█"
LEVELS = (1, 5, 10, 20)
"""From so many answers a day on, the next mark."""

FULL = 70
"""Columns from which a week also says how much was answered."""

LABEL = 7
"""Columns of «16. 11.»."""


class Week(Struct, frozen=True):
    """A week from its Monday on, a day of the week each; None where nothing was answered."""

    monday: date
    days: tuple[Day | None, ...]

    @property
    def practised(self) -> list[Day]:
        """The days on which something was answered."""
        return [day for day in self.days if day]

    @property
    def answers(self) -> int:
        """How many answers the week has."""
        return sum(day.answers for day in self.practised)

    @property
    def points(self) -> float:
        """The share of points (0 to 1) over the week's answers."""
        return sum(day.answers * day.points for day in self.practised) / (self.answers or 1)


def weeks(found: Sequence[Day], today: date, number: int = WEEKS) -> list[Week]:
    """The last weeks, the one of today last."""
    by_day = {each.day: each for each in found}
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=number - 1 - index) for index in range(number)]
    return [Week(each, tuple(by_day.get(each + timedelta(days=at)) for at in range(7))) for each in mondays]


def level(number: int) -> int:
    """Which mark stands for so many answers."""
    return sum(number >= least for least in LEVELS)


def shown(screen: Screen, found: Sequence[Day], today: date) -> None:
    """The calendar with its legend, up to eight weeks; in plain mode a line a week."""
    last = weeks(found, today)
    while last and not last[0].answers:  # from the first week on in which something was answered
        last = last[1:]
    if len(last) < 2:  # one week is no calendar
        return
    if screen.plain:
        for week in last:
            screen.line(_said(week))
        return
    heading(screen, f"Posljednji tjedni ({len(last)})")
    room = screen.width - len(paragraphs.INDENT) - LABEL
    size = 3 if room >= 4 * len(NAMES) else 2
    head = " ".join(name[:size] for name in NAMES)
    screen.pieces([(f"{paragraphs.INDENT}{'':{LABEL}} {head}", "")])
    for week in last:
        _row(screen, week, today, size)
    ends = [f"{low}–{high - 1}" for low, high in pairwise(LEVELS)]
    counts = ("0", *ends, f"{LEVELS[-1]}+")
    legend = "  ".join(f"{mark}{NO_BREAK}{number}" for mark, number in zip(MARKS, counts, strict=True))
    paragraphs.caption(screen, f"{legend}  odgovora", "")


def _row(screen: Screen, week: Week, today: date, size: int) -> None:
    line = [(f"{paragraphs.INDENT}{short(week.monday):>{LABEL}}", "")]
    for at, day in enumerate(week.days):
        if day:
            line += [(" ", ""), (MARKS[level(day.answers)] * size, "green")]
        else:
            ahead = week.monday + timedelta(days=at) > today
            line += [(" ", ""), (f"{' ' if ahead else MARKS[0]:^{size}}", "")]
    if week.answers and screen.width >= FULL:
        line.append((f"   {answers(week.answers)}, {percent(week.points)} točno", ""))
    screen.pieces(line)


def _said(week: Week) -> str:
    span = f"Tjedan {short(week.monday)}–{short(week.monday + timedelta(days=6))}"
    if not week.answers:
        return f"{span}: bez odgovora."
    practised = days(len(week.practised))
    return f"{span}: {practised}, {answers(week.answers)}, {percent(week.points)} točno."
