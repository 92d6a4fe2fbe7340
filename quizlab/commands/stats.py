"""The stats command: what was practised, what is known, what to expect of the exam."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from quizlab import home
from quizlab.commands import _banks, _names, _results
from quizlab.commands._screen import fitting
from quizlab.hooks import registry
from quizlab.learning import memory, results, stats
from quizlab.learning.stats import Chosen, Time
from quizlab.log.log import Log
from quizlab.telling.when import moment
from quizlab.view import stats as view

AHEAD = timedelta(days=1)
"""Where no exam is named: that is when most people practise."""


def show_stats(names: Sequence[str], *, exam: str, json: bool, plain: bool, banks: Sequence[Path]) -> int:
    """Tell what the answer log comes to, for all questions or for those that are named."""
    found = _banks.opened(banks)
    names = _names.meant(found, names)
    now = datetime.now().astimezone()
    time = Time(now, moment(exam, now) if exam else now + AHEAD)
    aliases = {alias: each.id for bank in found for each in bank.questions for alias in each.aliases}
    with Log(home.data_folder(), only_read=True) as log:
        tally = stats.tallied(log, home.cache_folder(), aliases, time.day)
        state = memory.remembered(log, home.cache_folder(), aliases)
        real = _results.kept()
        started = log.started("blic")
    others = [each for each in found if each.name in registry.aside()]
    aside = any(question.id in tally.questions for each in others for question in each.questions)
    chosen = Chosen(found, _banks.chosen(found, names, aside=aside), not names)
    found_out = stats.gather(chosen, tally, results.weighed(state, real), time, started)
    screen = fitting(plain=plain or json)
    if json:
        from quizlab.telling import machine

        screen.raw(machine.encode(view.document(found_out, real)))
    elif not found_out.totals.answers:
        view.none(screen, names, registry.usual())
        view.real(screen, found_out, real)
    else:
        labs = {bank.name.lower() for bank in found}
        view.whole(
            screen,
            found_out,
            time,
            exam=exam,
            detailed=bool({name.strip().lower() for name in names} - labs),
            real=real,
        )
    return 0
