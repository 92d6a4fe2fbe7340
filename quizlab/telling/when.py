"""Moments as a student types and reads them: «u petak u 8», «sutra», «1. 12. 10:15»; safe when clocks change."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from quizlab.answers.clean import bare
from quizlab.errors import USAGE, QuizlabError
from quizlab.telling.dates import LONGEST, NoSuchError, Parts, parts

MORNING = time(8)
"""When a day without a time begins: the first lecture."""

LONG_PAST = timedelta(days=90)
"""A date without a year that is past by more than this is next year's."""

LEAP = 9
"""Years within which every day of the calendar comes at least once."""

NAMES = ("ponedjeljak", "utorak", "srijeda", "četvrtak", "petak", "subota", "nedjelja")
NEAR = ("danas", "sutra", "prekosutra")
WEEK = 7


def moment(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment that a text names, in local time.

    A day without a time means eight in the morning, a weekday the next one, a date without a year the next one
    unless it has only just passed, a time without a day today. Of an hour that the clocks repeat the first one that
    is ahead is meant.

    Args:
        text: as typed.
        now: the present moment, with its zone.
        zone: where the student is; None is where the machine is.

    Raises:
        QuizlabError: ``bad_moment`` cannot be read, ``no_such_moment`` names a day or an hour that there is not,
            ``wrong_weekday`` a weekday that is not that day's, ``two_moments`` may be two of them, ``past_moment`` is
            not ahead.
    """
    try:
        said = parts(text) if len(text) <= LONGEST else None
        found = _meant(said, now.astimezone(zone), zone) if said else None
    except NoSuchError:
        raise QuizlabError("no_such_moment", {"text": text}, USAGE) from None
    except (ValueError, OverflowError, OSError):  # a year that the calendar, or the system's clock, does not have
        found = None
    if found is None:
        raise QuizlabError("bad_moment", {"text": text}, USAGE)
    if found.timestamp() <= now.timestamp():
        raise QuizlabError("past_moment", {"text": text}, USAGE)
    return found


def local(day: date, clock: time, zone: tzinfo | None, now: datetime | None = None) -> datetime:
    """A day and a wall clock's time as a moment; an hour that the clocks skip is the hour after it.

    Of an hour that they repeat it is the first, or the second where only that one is ahead of ``now``.
    """
    first, second = (_at(datetime.combine(day, clock.replace(fold=fold)), zone) for fold in (0, 1))
    return second if now and first.timestamp() <= now.timestamp() < second.timestamp() else first


def _at(wall: datetime, zone: tzinfo | None) -> datetime:
    try:
        found = wall.replace(tzinfo=zone) if zone else wall.astimezone()
        return found.astimezone(UTC).astimezone(zone)
    except OSError:  # the clock of Windows knows no time before 1970; then what is now the zone has to do
        return wall.replace(tzinfo=datetime.now(UTC).astimezone().tzinfo)


def _meant(said: Parts, now: datetime, zone: tzinfo | None) -> datetime:
    clock = said.clock or MORNING
    if said.day is not None:
        found = _dated(said, clock, now, zone)
    elif said.near is not None:
        found = local(now.date() + timedelta(days=said.near), clock, zone, now)
    elif said.weekday is not None:
        found = _next(said.weekday, clock, now, zone)
    else:
        found = local(now.date(), clock, zone, now)
    _agreed(said, found, now)
    if said.perhaps and _fits(said, now, zone):
        args = {"date": f"{said.perhaps[0]}. {said.perhaps[1]}.", "time": f"{found.hour}:{found.minute:02}"}
        raise QuizlabError("two_moments", args, USAGE)
    return found


def _fits(said: Parts, now: datetime, zone: tzinfo | None) -> bool:
    """Whether what was taken for a time may as well be a date: the word beside it is that day's."""
    day, month = said.perhaps or (0, 0)
    try:
        other = _without_year(month, day, MORNING, now, zone)
    except NoSuchError:
        return False
    return said.weekday == other.weekday() or said.near == (other.date() - now.date()).days


def _agreed(said: Parts, found: datetime, now: datetime) -> None:
    """The date is the one that the words beside it name.

    Raises:
        QuizlabError: it is another one.
    """
    days = (found.date() - now.date()).days
    date = f"{found.day}. {found.month}. {found.year}."
    if said.near is not None and said.near != days:
        near = NEAR[days] if 0 <= days < len(NEAR) else NAMES[found.weekday()]
        raise QuizlabError("wrong_weekday", {"date": date, "is": near, "said": NEAR[said.near]}, USAGE)
    if said.weekday is not None and said.weekday != found.weekday():
        day, named = NAMES[found.weekday()], NAMES[said.weekday]
        raise QuizlabError("wrong_weekday", {"date": date, "is": day, "said": named}, USAGE)


def _next(weekday: int, clock: time, now: datetime, zone: tzinfo | None) -> datetime:
    days = (weekday - now.weekday()) % WEEK
    found = local(now.date() + timedelta(days=days), clock, zone, now)
    ahead = found.timestamp() > now.timestamp()
    return found if ahead else local(now.date() + timedelta(days=days + WEEK), clock, zone)


def _dated(said: Parts, clock: time, now: datetime, zone: tzinfo | None) -> datetime:
    day = said.day or 0
    if said.year is None:
        return _without_year(said.month, day, clock, now, zone)
    if said.zone:
        return local(_day(said.year, said.month, day), clock, said.zone).astimezone(zone)
    return local(_day(said.year, said.month, day), clock, zone, now)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchError from None


def _without_year(month: int, day: int, clock: time, now: datetime, zone: tzinfo | None) -> datetime:
    """The next such day, or the one just past; 29 February comes every few years only.

    Raises:
        NoSuchError: no year has that day.
    """
    for year in range(now.year, now.year + LEAP):
        if _exists(year, month, day):
            found = local(date(year, month, day), clock, zone, now)
            if now.timestamp() - found.timestamp() <= LONG_PAST.total_seconds():
                return found
    raise NoSuchError


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


PAST = {"": 0, "jucer": 1, "prekjucer": 2}
"""Days before today."""


def day_past(text: str, today: date) -> date | None:
    """The day that a text names and that has come: a weekday is the last one, a date without a year, too.

    None where it is no day, or one that is still ahead.
    """
    if (back := PAST.get(bare(text.strip()))) is not None:
        return today - timedelta(days=back)
    try:
        said = parts(text) if len(text) <= LONGEST else None
        if said is None or said.clock or said.zone or said.near:
            return None
        found = _past(said, today)
    except ValueError:
        return None
    return found if found <= today and said.weekday in (None, found.weekday()) else None


def _past(said: Parts, today: date) -> date:
    if said.day is None:
        return today - timedelta(days=0 if said.weekday is None else (today.weekday() - said.weekday) % WEEK)
    if said.year is not None:
        return date(said.year, said.month, said.day)
    years = [year for year in range(today.year, today.year - LEAP, -1) if _exists(year, said.month, said.day)]
    days = [date(year, said.month, said.day) for year in years]
    return next((day for day in days if day <= today), date.max)


def said(moment: datetime, now: datetime) -> str:
    """A moment as a label, in its own zone: «petak u 8:00», «sutra u 8:00», «1. 12. u 8:00», «15. 1. 2027. u 8:00»."""
    return f"{_named(moment, now)} u {moment.hour}:{moment.minute:02}"


def _named(moment: datetime, now: datetime) -> str:
    today = now.astimezone(moment.tzinfo).date()
    days = (moment.date() - today).days
    if 0 <= days < len(NEAR):
        return NEAR[days]
    if 0 <= days < WEEK:
        return NAMES[moment.weekday()]
    year = f" {moment.year}." if moment.year != today.year else ""
    return f"{moment.day}. {moment.month}.{year}"
