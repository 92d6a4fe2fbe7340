"""The parts of a moment as people write it: words for a day, a date and a time, in the orders that invitations have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, tzinfo

from msgspec import Struct, structs

from quizlab.answers.clean import bare, signs

LONGEST = 60
"""Characters."""

WORDS = {"danas": 0, "sutra": 1, "prekosutra": 2}
"""Days from today."""

STEMS = ("ponedjelj", "utor", "srijed", "cetvrt", "pet", "subot", "nedjelj")
ENDINGS = {"ponedjelj": "ak", "utor": "ak", "cetvrt": "ak", "pet": "ak"}
SHORT = ("pon", "uto", "sri", "cet", "pet", "sub", "ned")

MONTHS = (
    *("sijecnja", "veljace", "ozujka", "travnja", "svibnja", "lipnja"),
    *("srpnja", "kolovoza", "rujna", "listopada", "studenog", "prosinca"),
)
NAMED = (
    *("sijecanj", "veljaca", "ozujak", "travanj", "svibanj", "lipanj"),
    *("srpanj", "kolovoz", "rujan", "listopad", "studeni", "prosinac"),
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

EARLY = ("ujutro", "prijepodne")
LATE = ("popodne", "poslijepodne", "navecer", "uvecer")
BEFORE = ("dana", "na dan", "ovaj", "ove", "ovu")
"""What stands before a day and says nothing more."""

_UNIT = r"(?: ?(?:h|sat[ia]?)\b\.?)"
CLOCK = re.compile(
    r"(?P<sure>(?:u|od) ?)?(?:(?P<noon>podne)|(?P<half>pola )?(?P<hour>[0-9]{1,2})"
    r"(?:(?P<by>[:.])(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
    rf"(?P<unit>{_UNIT}|h(?P<behind>[0-9]{{2}}))?(?: ?i (?P<past>[0-9]{{1,2}})(?: ?min(?:ut[ae])?\.?)?)?"
    rf"(?P<until> ?(?:do|-) ?[0-9]{{1,2}}(?:[:.][0-9]{{2}})?{_UNIT}?)?\.?)"
)
OFFSET = r"(?P<offset> ?z| ?[+-][0-9]{2}:?[0-9]{2})"
ISO = re.compile(rf"(?P<date>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}})[ t](?P<clock>[0-9].*?){OFFSET}?")
DATES = (
    re.compile(r"(?P<year>[0-9]{4})(?P<by>[-/.])(?P<month>[0-9]{1,2})(?P=by)(?P<day>[0-9]{1,2})\.?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(
        r"(?P<day>[0-9]{1,2})(?:\. ?(?P<month>[0-9]{1,2}|[a-z]{1,10})|\.? (?P<named>[a-z]{3,10}))"
        r"(?:\.? ?(?P<year>[0-9]{4})\.?(?: ?g(?:od(?:ine)?)?\.?)?|\.(?P<short>[0-9]{2})\.?|\.)?"
    ),
    re.compile(r"(?P<day>[0-9]{1,2})(?P<by>[/-])(?P<month>[0-9]{1,2})(?:(?P=by)(?P<year>[0-9]{4})\.?)?"),
)
DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{2}")
MINUTES = re.compile(r"\b([0-9]{1,2}),([0-9]{2})\b(?!:)")
ZONES = {"CET": "+01:00", "CEST": "+02:00", "UTC": "Z", "GMT": "Z"}
ZONE = re.compile(r"(?<=[0-9]) (CET|CEST|UTC|GMT)$")
START = re.compile(r"(?:^| |(?<=\.))(?=[0-9upo])")


class NoSuchError(ValueError):
    """A day or an hour that there is not."""


class Parts(Struct, frozen=True, kw_only=True):
    """What a text says of a moment; None for what it does not say."""

    near: int | None = None
    weekday: int | None = None
    day: int | None = None
    month: int = 0
    year: int | None = None
    clock: time | None = None
    zone: tzinfo | None = None
    perhaps: tuple[int, int] | None = None
    """The day and the month that the time may be instead: «petak 4.12» is 4:12, or the fourth of December."""


def parts(text: str) -> Parts | None:
    """The parts that a text names; None where something in it is none, or where it may be read in two ways.

    Raises:
        NoSuchError: an hour that there is not.
        ValueError: an offset that no zone has.
    """
    plain = MINUTES.sub(r"\1.\2", ZONE.sub(lambda found: ZONES[found[1]], signs(text)))
    words, rest, late = _words(" ".join(bare(re.sub("[,()]", " ", plain)).split()))
    if words is None:
        return None
    if (match := ISO.fullmatch(rest)) is None:
        return _said(words, rest, late)
    found = _said(words, f"{match['date']} {match['clock']}", late)
    offset = (match["offset"] or "").strip().replace("z", "+00:00")
    zone = datetime.strptime(offset, "%z").tzinfo if offset else None
    return structs.replace(found, zone=zone) if found else None


def _words(text: str) -> tuple[dict[str, int] | None, str, bool | None]:
    """The words for days, the rest of the text, and whether a late or an early part of the day is meant."""
    found: dict[str, int] = {}
    late: bool | None = None
    rest: list[str] = []
    for word in text.split():
        name = word.rstrip(".")
        near, weekday = WORDS.get(name), weekday_of(name)
        if near is None and weekday is None:
            if name in (*EARLY, *LATE):
                late = name in LATE
            else:
                rest.append(word)
            continue
        kind = "weekday" if near is None else "near"
        if kind in found:
            return None, "", None
        found[kind] = (weekday if near is None else near) or 0
        if rest and rest[-1] in ("u", *BEFORE):
            rest.pop()
    left = " ".join(rest)
    for word in BEFORE[:2]:
        left = left.removeprefix(f"{word} ")
    return found, left, late


def weekday_of(word: str) -> int | None:
    """0 for Monday: «petak», «srijeda», «srijedu», «pet»."""
    for number, (stem, short) in enumerate(zip(STEMS, SHORT, strict=True)):
        endings = (ENDINGS[stem],) if stem in ENDINGS else ("a", "u")
        if word == short or word in [stem + ending for ending in endings]:
            return number
    return None


def _said(words: dict[str, int], text: str, late: bool | None) -> Parts | None:
    said = Parts(near=words.get("near"), weekday=words.get("weekday"))
    for before, behind in _splits(text, between=bool(words) and DOTTED.fullmatch(text) is not None):
        dated = _date(before, said, alone=not words and not behind) if before else said
        match = CLOCK.fullmatch(behind) if behind else None
        if dated is None or (behind and match is None) or not (words or before or behind):
            continue
        if match is None:
            return None if late else dated
        if _sure(match, alone=not before, bare=bool(words) and not before):
            whole = structs.replace(dated, clock=_time(match, late=bool(late)))
            other = _date(behind, said, alone=False) if DOTTED.fullmatch(behind) and words and not before else None
            return structs.replace(whole, perhaps=(other.day, other.month)) if other and other.day else whole
    return None


def _splits(text: str, *, between: bool) -> Iterator[tuple[str, str]]:
    """The text as a date and a time, either of them empty; what may be both is a time ``between`` words for a day."""
    if not (between and int(text.partition(".")[0]) < 24):
        yield text, ""
    for match in START.finditer(text):
        yield text[: match.start()].strip(), text[match.end() :]


def _sure(match: re.Match[str], *, alone: bool, bare: bool) -> bool:
    """Whether it is a time and no part of a date; ``bare`` behind a word for a day, where any hour is one."""
    if match["sure"] or match["unit"] or match["noon"] or match["half"]:
        return True
    if bare:
        return bool(match["minute"] or match["until"]) or int(match["hour"]) <= 24
    return match["by"] == ":" if alone else bool(match["minute"] or match["until"])


def _time(match: re.Match[str], *, late: bool) -> time:
    if match["noon"]:
        return time(12)
    hour, minute = int(match["hour"]), int(match["minute"] or match["behind"] or match["past"] or 0)
    if match["half"]:
        hour, minute = (hour - 1) or 12, 30
    try:
        return time(hour + 12 if late and 0 < hour < 12 else hour, minute)
    except ValueError:
        raise NoSuchError from None


def _date(text: str, said: Parts, *, alone: bool) -> Parts | None:
    named = next((found.groupdict() for form in DATES if (found := form.fullmatch(text))), None)
    month = _month(named.get("named") or named["month"]) if named else None
    if named is None or month is None:
        return None
    day, year = int(named["day"]), named["year"] or (named.get("short") and "20" + named["short"])
    if named.get("by") == "-" and not year and (not alone or day < month <= 24):
        return None  # «8-10» is from eight to ten, or the eighth of October
    return structs.replace(said, day=day, month=month, year=int(year) if year else None)


def _month(text: str) -> int | None:
    if text[0].isdigit():
        return int(text)
    for number, (name, nominative, roman) in enumerate(zip(MONTHS, NAMED, ROMAN, strict=True), 1):
        if text in (name, name + "a", nominative, roman, name[:3], name[:4]):
            return number
    return None
