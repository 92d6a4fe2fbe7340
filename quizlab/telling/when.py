"""Moments as a student types and reads them: «u petak u 8», «sutra», «1. 12. 10:15»; safe when clocks change."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from quizlab.answers.clean import bare
from quizlab.errors import USAGE, QuizlabError

MORNING = time(8)
"""When a day without a time begins: the first lecture."""

LONG_PAST = timedelta(days=90)
"""A date without a year that is past by more than this is next year's."""

LEAP = 9
"""Years within which every day of the calendar comes at least once."""

LONGEST = 60
"""Characters."""

NAMES = ("ponedjeljak", "utorak", "srijeda", "četvrtak", "petak", "subota", "nedjelja")
NEAR = ("danas", "sutra", "prekosutra")
WEEK = 7

WORDS = {"danas": 0, "sutra": 1, "prekosutra": 2}
"""Days from today."""

STEMS = ("ponedjelj", "utor", "srijed", "cetvrt", "pet", "subot", "nedjelj")
ENDINGS = {"ponedjelj": "ak", "utor": "ak", "cetvrt": "ak", "pet": "ak"}
SHORT = ("pon", "uto", "sri", "cet", "pet", "sub", "ned")

MONTHS = (
    *("sijecnja", "veljace", "ozujka", "travnja", "svibnja", "lipnja"),
    *("srpnja", "kolovoza", "rujna", "listopada", "studenog", "prosinca"),
)

CLOCK = r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.][0-9]+)?)?)?(?: ?(?:h|sat[ia]?))?"
SURE_CLOCK = r"(?:u (?=[0-9])|(?=[0-9]{1,2}[:.][0-9]|[0-9]{1,2} ?(?:h|sat)))" + CLOCK
"""A time that is not mistaken for a part of a date: with «u», minutes or «h»."""

OFFSET = r"(?P<offset> ?z| ?[+-][0-9]{2}:?[0-9]{2})?"

WORD = re.compile(rf"(?:u )?(?P<word>[a-z]+)\.?(?: ujutro)?(?: (?:u )?{CLOCK})?(?: ujutro)?")
ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:[ t](?:u )?{CLOCK}{OFFSET})?")
DATE = re.compile(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2}|[a-z]{4,10})"
    rf"(?:\.? ?(?P<year>[0-9]{{4}})\.?(?: ?g(?:od(?:ine)?)?\.?)?|\.(?P<short>[0-9]{{2}})\.?|\.)?(?: {SURE_CLOCK})?"
)
SLASHED = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?P<by>[/-])(?P<month>[0-9]{{1,2}})(?:(?P=by)(?P<year>[0-9]{{4}}))?(?: {SURE_CLOCK})?"
)
TODAY = re.compile(r"(?:u (?=[0-9])|(?=[0-9]{1,2}(?::| ?h)))" + CLOCK)
DATES = (ISO, DATE, SLASHED)

WITH_WEEKDAY = re.compile(
    r"(?:u )?(?P<word>[a-z]{3,11})\.? (?P<date>[0-9].*)|(?P<before>.*[0-9.]) \((?P<behind>[a-z]{3,11})\)(?P<rest>.*)"
)
"""A date with its weekday, as invitations write it: «petak, 27. 11. u 8», «27. 11. (petak) u 8»."""


class NoSuchError(ValueError):
    """A day or an hour that there is not."""


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
            ``wrong_weekday`` a weekday that is not that day's, ``past_moment`` is not ahead.
    """
    try:
        found = _read(_plain(text), now.astimezone(zone), zone) if len(text) <= LONGEST else None
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


def _plain(text: str) -> str:
    """Lower case, without diacritics, commas and spaces that say nothing."""
    return " ".join(bare(text.replace(",", " ")).split())


def _read(text: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    if match := TODAY.fullmatch(text):
        return local(now.date(), _clock(match), zone, now)
    if match := WORD.fullmatch(text):
        return _word(match["word"], _clock(match), now, zone)
    if match := WITH_WEEKDAY.fullmatch(text):
        weekday = _weekday(match["word"] or match["behind"])
        found = _date(match["date"] or match["before"] + match["rest"], now, zone) if weekday is not None else None
        if found and found.weekday() != weekday:
            date = f"{found.day}. {found.month}. {found.year}."
            args = {"date": date, "is": NAMES[found.weekday()], "said": NAMES[weekday or 0]}
            raise QuizlabError("wrong_weekday", args, USAGE)
        return found
    return _date(text, now, zone)


def _clock(match: re.Match[str]) -> time:
    try:
        return time(int(match["hour"]), int(match["minute"] or 0)) if match["hour"] else MORNING
    except ValueError:
        raise NoSuchError from None


def _word(word: str, clock: time, now: datetime, zone: tzinfo | None) -> datetime | None:
    if word in WORDS:
        return local(now.date() + timedelta(days=WORDS[word]), clock, zone, now)
    weekday = _weekday(word)
    if weekday is None:
        return None
    days = (weekday - now.weekday()) % 7
    found = local(now.date() + timedelta(days=days), clock, zone, now)
    ahead = found.timestamp() > now.timestamp()
    return found if ahead else local(now.date() + timedelta(days=days + 7), clock, zone)


def _weekday(word: str) -> int | None:
    """0 for Monday: «petak», «srijeda», «srijedu», «pet»."""
    for number, (stem, short) in enumerate(zip(STEMS, SHORT, strict=True)):
        endings = (ENDINGS[stem],) if stem in ENDINGS else ("a", "u")
        if word == short or word in [stem + ending for ending in endings]:
            return number
    return None


def _date(text: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    match = next((found for form in DATES if (found := form.fullmatch(text))), None)
    month = _month(match["month"]) if match else None
    if match is None or month is None:
        return None
    named = match.groupdict()
    day, clock = int(named["day"]), _clock(match)
    if offset := (named.get("offset") or "").strip().replace("z", "+00:00"):
        there = datetime.strptime(offset, "%z").tzinfo
        return local(_day(int(named["year"]), month, day), clock, there).astimezone(zone)
    if year := named["year"] or (named.get("short") and "20" + named["short"]):
        return local(_day(int(year), month, day), clock, zone, now)
    return _without_year(month, day, clock, now, zone)


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
    return 1 <= month <= len(MONTHS) and 1 <= day <= calendar.monthrange(year, month)[1]


def _month(text: str) -> int | None:
    if text[0].isdigit():
        return int(text)
    names = [name for name in MONTHS if text in (name, name + "a")]
    return MONTHS.index(names[0]) + 1 if names else None


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
