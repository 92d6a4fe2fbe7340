"""The order of the sections: the last is what stays on a small screen, the forecast."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.learning.results import Result
from quizlab.learning.stats import Stats, Time
from quizlab.view import calling, paragraphs
from quizlab.view.screen import Screen
from quizlab.view.stats import calendar, curves, learnt, overview


def whole(
    screen: Screen, stats: Stats, time: Time, *, exam: str = "", detailed: bool = False, real: Sequence[Result] = ()
) -> None:
    """All there is to say.

    Args:
        screen: where to.
        stats: what is said.
        time: when, and for which exam.
        exam: as the student typed it; empty for the usual one, a day ahead.
        detailed: only some questions were asked about, and all of those are told.
        real: what blics really gave.
    """
    overview.totals(screen, stats.totals)
    if not detailed:
        calendar.shown(screen, stats.days, time.today())
        curves.days(screen, stats.days, time.today())
        overview.blics(screen, stats.blics, time)
    learnt.mistakes(screen, stats.mistakes, time.now, detailed=detailed)
    learnt.confidence(screen, stats.confidence)
    learnt.questions(screen, stats.questions, time.now, detailed=detailed)
    if detailed:
        return
    overview.topics(screen, stats.topics)
    overview.labs(screen, stats.labs)
    if exam:
        curves.forgetting(screen, stats.forecast)
    overview.forecast(screen, stats, time, exam)
    overview.real(screen, stats, real)


def none(screen: Screen, names: Sequence[str], usual: str) -> None:
    """Nothing was answered yet: what to begin with, ``usual`` where nothing was named."""
    what = "Na ta pitanja još nema odgovora." if names else "Još nema nijednog odgovora, pa ni statistike."
    begin = "Započni ovako:"
    command = calling.command("practice", *(names or [usual]))
    if screen.plain:
        screen.line(f"{what} {begin} {command}")
    else:
        screen.line(f"{what} {begin}")
        paragraphs.caption(screen, command, "")
