"""Moments as a student types and reads them: «u petak u 8», «sutra», «1. 12. 10:15»; safe when clocks change."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from quizlab.errors import USAGE, QuizlabError

MORNING = time(8)
"""When a day without a time begins: the first lecture."""

LONG_PAST = timedelta(days=90)
"""A date without a year that is past by more than this is next year's."""

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

CLOCK = r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?(?: ?(?:h|sat[ia]?))?"
SURE_CLOCK = r"(?:u (?=[0-9])|(?=[0-9]{1,2}[:.][0-9]|[0-9]{1,2} ?(?:h|sat)))" + CLOCK
"""A time that is not mistaken for a part of a date: with «u», minutes or «h»."""

WORD = re.compile(rf"(?:u )?(?P<word>[a-z]+)\.?(?: (?:u )?{CLOCK})?")
ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:[ t](?:u )?{CLOCK})?")
DATE = re.compile(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2}|[a-z]{4,10})"
    rf"(?:\.? ?(?P<year>[0-9]{{4}})\.?|\.(?P<short>[0-9]{{2}})\.?|\.)?(?: {SURE_CLOCK})?"
)
TODAY = re.compile(r"(?:u (?=[0-9])|(?=[0-9]{1,2}(?::| ?h)))" + CLOCK)


def moment(text: str, now: datetime, zone: tzinfo | None = None) -> datetime:
    """The moment that a text names, in local time.

    A day without a time means eight in the morning, a weekday the next one, a date without a year the next one
    unless it has only just passed, a time without a day today.

    Args:
        text: as typed.
        now: the present moment, with its zone.
        zone: where the student is; None is where the machine is.

    Raises:
        QuizlabError: ``bad_moment`` cannot be read, ``past_moment`` is not ahead.
    """
    try:
        found = _read(_plain(text), now.astimezone(zone), zone) if len(text) <= LONGEST else None
    except (ValueError, OverflowError):  # no such day or hour; a year that the calendar does not have
        found = None
    if found is None:
        raise QuizlabError("bad_moment", {"text": text}, USAGE)
    if found.timestamp() <= now.timestamp():
        raise QuizlabError("past_moment", {"text": text}, USAGE)
    return found


def local(day: date, clock: time, zone: tzinfo | None) -> datetime:
    """A day and a wall clock's time as a moment; an hour that the clocks skip is the hour after it."""
    wall = datetime.combine(day, clock)
    found = wall.replace(tzinfo=zone) if zone else wall.astimezone()
    return found.astimezone(UTC).astimezone(zone)


def _plain(text: str) -> str:
    """Lower case, without diacritics, commas and spaces that say nothing."""
    letters = unicodedata.normalize("NFKD", text.lower().replace(",", " "))
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def _read(text: str, now: datetime, zone: tzinfo | None) -> datetime | None:
    if match := TODAY.fullmatch(text):
        return local(now.date(), _clock(match), zone)
    if match := WORD.fullmatch(text):
        return _word(match["word"], _clock(match), now, zone)
    if match := ISO.fullmatch(text):
        return local(date(int(match["year"]), int(match["month"]), int(match["day"])), _clock(match), zone)
    if match := DATE.fullmatch(text):
        return _date(match, now, zone)
    return None


def _clock(match: re.Match[str]) -> time:
    return time(int(match["hour"]), int(match["minute"] or 0)) if match["hour"] else MORNING


def _word(word: str, clock: time, now: datetime, zone: tzinfo | None) -> datetime | None:
    if word in WORDS:
        return local(now.date() + timedelta(days=WORDS[word]), clock, zone)
    weekday = _weekday(word)
    if weekday is None:
        return None
    days = (weekday - now.weekday()) % 7
    found = local(now.date() + timedelta(days=days), clock, zone)
    ahead = found.timestamp() > now.timestamp()
    return found if ahead else local(now.date() + timedelta(days=days + 7), clock, zone)


def _weekday(word: str) -> int | None:
    """0 for Monday: «petak», «srijeda», «srijedu», «pet»."""
    for number, (stem, short) in enumerate(zip(STEMS, SHORT, strict=True)):
        endings = (ENDINGS[stem],) if stem in ENDINGS else ("a", "u")
        if word == short or word in [stem + ending for ending in endings]:
            return number
    return None


def _date(match: re.Match[str], now: datetime, zone: tzinfo | None) -> datetime | None:
    day, month = int(match["day"]), _month(match["month"])
    if month is None:
        return None
    if match["year"] or match["short"]:
        year = int(match["year"] or "20" + match["short"])
        return local(date(year, month, day), _clock(match), zone)
    this = local(date(now.year, month, day), _clock(match), zone)
    if now.timestamp() - this.timestamp() > LONG_PAST.total_seconds():
        return local(date(now.year + 1, month, day), _clock(match), zone)
    return this


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
