"""Small plots beside the tables, where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from quizlab.learning.stats.shapes import Day, Forecast
from quizlab.model import Plot, Series
from quizlab.view import plots
from quizlab.view.screen import Screen
from quizlab.view.stats.calendar import WEEKS
from quizlab.view.stats.overview import ROOMY
from quizlab.view.stats.phrases import heading

SMALL = 42
"""Columns of a plot."""

FEWEST = 3
"""Days under which a plot tells nothing: with answers, or until the exam."""

LEAST = 0.05
"""What is forgotten until the exam, below which its curve would only look steep."""

DOT = "•"


def days(screen: Screen, found: Sequence[Day], today: date) -> None:
    """The share of points on each day of the last weeks."""
    recent = [day for day in found if 0 <= (today - day.day).days < 7 * WEEKS]
    if len(recent) >= FEWEST:
        x = tuple(float((day.day - today).days) for day in recent)
        series = Series(DOT, x, tuple(100 * day.points for day in recent))
        _drawn(screen, Plot("Točnost po danima", "dana od danas", "točno, %", (series,), "scatter"))


def forgetting(screen: Screen, found: Forecast) -> None:
    """What is expected from now to the exam without any practice."""
    start, *_, end = times = [datetime.fromisoformat(each.at).timestamp() / 86_400 for each in found.curve]
    if end - start >= FEWEST and found.present - found.expected >= LEAST:
        x = tuple(time - start for time in times)
        series = Series(DOT, x, tuple(10 * each.expected for each in found.curve))
        _drawn(screen, Plot("Zaboravljanje do blica bez vježbanja", "dana od sada", "bodova od 10", (series,)))


def _drawn(screen: Screen, plot: Plot) -> None:
    if screen.plain or screen.width < ROOMY:
        return
    heading(screen, plot.title)
    for line in plots.drawn(plot, SMALL):
        screen.pieces(line)
