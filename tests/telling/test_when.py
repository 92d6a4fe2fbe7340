"""Moments as they are typed, and as they are said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.errors import USAGE, QuizlabError
from quizlab.telling import when
from quizlab.telling.sentences import say
from quizlab.telling.when import NAMES, said
from tests.thinned import thinned

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 25, 21, 0, tzinfo=ZAGREB)  # a Wednesday

READ = {
    "2026-12-01": "2026-12-01 08:00",
    "2026-12-01 10:15": "2026-12-01 10:15",
    "2026-12-01T10:15": "2026-12-01 10:15",
    "1.12.2026.": "2026-12-01 08:00",
    "1.12.2026": "2026-12-01 08:00",
    "1. 12. 2026. u 9": "2026-12-01 09:00",
    "1.12.26. 9:30": "2026-12-01 09:30",
    "1. 12.": "2026-12-01 08:00",
    "1.12": "2026-12-01 08:00",
    "1. 12. 10:15": "2026-12-01 10:15",
    "1.12. 10.15": "2026-12-01 10:15",
    "1. 12., u 10 h": "2026-12-01 10:00",
    "1. prosinca": "2026-12-01 08:00",
    "27. studenoga u 8": "2026-11-27 08:00",
    "15. siječnja 2027. u 12": "2027-01-15 12:00",
    "15. 1.": "2027-01-15 08:00",
    "sutra": "2026-11-26 08:00",
    "Sutra u 14": "2026-11-26 14:00",
    "prekosutra": "2026-11-27 08:00",
    "danas 23:15": "2026-11-25 23:15",
    "u 23 sata": "2026-11-25 23:00",
    "23:15": "2026-11-25 23:15",
    "petak": "2026-11-27 08:00",
    "u petak u 8": "2026-11-27 08:00",
    "petak 8:00": "2026-11-27 08:00",
    "pet 8.30": "2026-11-27 08:30",
    "  PETAK,  u 8 ": "2026-11-27 08:00",
    "srijeda": "2026-12-02 08:00",
    "u srijedu u 22": "2026-11-25 22:00",
    "srijeda 21:00": "2026-12-02 21:00",
    "četvrtak": "2026-11-26 08:00",
    "cetvrtak": "2026-11-26 08:00",
    "u ponedjeljak": "2026-11-30 08:00",
    "utorak": "2026-12-01 08:00",
    "u subotu": "2026-11-28 08:00",
    "nedjelju": "2026-11-29 08:00",
    "petak, 27. 11. u 8": "2026-11-27 08:00",
    "petak 27.11.": "2026-11-27 08:00",
    "u petak, 27. studenoga 2026. godine, u 8:15 sati": "2026-11-27 08:15",
    "27. 11. (petak) u 8": "2026-11-27 08:00",
    "27. 11. 2026. (petak)": "2026-11-27 08:00",
    "27/11/2026": "2026-11-27 08:00",
    "27/11 u 9": "2026-11-27 09:00",
    "27-11-2026 9:30": "2026-11-27 09:30",
    "2026-11-27 08:00:00": "2026-11-27 08:00",
    "2026-11-27T08:00:00.000": "2026-11-27 08:00",
    "2026-11-27T07:00:00Z": "2026-11-27 08:00",
    "2026-11-27T08:00+0100": "2026-11-27 08:00",
    "2026-11-27T08:00:00 +02:00": "2026-11-27 07:00",
    "sutra ujutro": "2026-11-26 08:00",
    "sutra ujutro u 9": "2026-11-26 09:00",
    **dict.fromkeys(
        [
            *("27.11.2026. petak", "27. 11. petak", "u petak u 8.", "petak, 27. 11. u 8h", "27.11. od 8 do 10"),
            *("27.11. 8-10", "27. 11. 2026. 8–10 h", "petak od 8 do 10", "petak 8-10", "27.11. 8:00-10:00"),
            *("2026/11/27", "2026.11.27.", "2026/11/27 08:00", "20261127", "27‑11‑2026", "prekosutra, 27. 11."),
            *("27. studeni 2026.", "27 studenog", "27. stu. 2026.", "27. XI. 2026.", "dana 27. 11. 2026. u 8 sati"),
            *("27.11.u 8", "27.11.2026.u 8h", "ovaj petak", "petak, 27. 11. 2026. (prekosutra)", "petak 27.11"),
            *("2026-11-27 08:00:00 CET", "2026-11-27T07:00:00 UTC", "27.11. u 8,00", "petak 8.00"),
        ],
        "2026-11-27 08:00",
    ),
    "27.11. u 8 i 15": "2026-11-27 08:15",
    "petak u 8h i 15 min": "2026-11-27 08:15",
    "petak, 27. 11., od 8:15 do 9:45": "2026-11-27 08:15",
    "petak 8h15": "2026-11-27 08:15",
    "sutra u pola 9": "2026-11-26 08:30",
    "sutra u podne": "2026-11-26 12:00",
    "sutra navečer u 8": "2026-11-26 20:00",
    "petak u 3 popodne": "2026-11-27 15:00",
    "sutra, četvrtak": "2026-11-26 08:00",
    "29. 2.": "2028-02-29 08:00",
    "29. veljače u 9": "2028-02-29 09:00",
}


@pytest.mark.parametrize("text", READ)
def test_a_moment_is_read_as_it_is_typed(text: str) -> None:
    assert f"{when.moment(text, NOW, ZAGREB):%Y-%m-%d %H:%M}" == READ[text]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "8", "u", "petka", "blic", "u prekjučer", "petka, 27. 11.", "27. 11. (petka)"),
        *("1.12.2026. 8", "1. 12. 20", "sutra sutra", "petak u", "٢٠٢٦-١٢-٠١", "27/11-2026", "petak petak"),
        *("1" * 80, "1.12.20266", "1.", "u petak u 8 u 9", "5 prosinca 12", "1. aaaa", "2026-11-27T08:00+99:00"),
        *(
            "8-10",
            "petak 27.",
            "November 27",
            "u ponoć",
            "sutra navečer",
            "idući petak",
            "27/11/26",
            "petak, 27. 11. D2",
        ),
    ],
)
def test_what_is_no_moment_is_said_to_be_none(text: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, NOW, ZAGREB)
    assert (caught.value.problems[0].code, caught.value.status) == ("bad_moment", USAGE)
    assert "petak u 8" in say(caught.value.problems[0].code, caught.value.problems[0].args)


@pytest.mark.parametrize(
    "text",
    [
        *("30. 2.", "31. 2.", "0. 1.", "1. 13.", "8.15", "1. 12. u 25", "petak 8:60", "29. 2. 2027.", "31/11"),
        *("2026-13-01", "0000-01-01", "9999-99-99", "2026-11-31 8:00", "u 24:30", "petak, 31. 11."),
    ],
)
def test_a_day_or_an_hour_that_there_is_not_is_said_so(text: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, NOW, ZAGREB)
    assert (caught.value.problems[0].code, caught.value.status) == ("no_such_moment", USAGE)
    assert text in say(caught.value.problems[0].code, caught.value.problems[0].args)


@pytest.mark.parametrize("text", ["petak 4.12", "u utorak 8.12", "sutra 26.11 u 8", "sutra, 12.10"])
def test_what_may_be_a_date_or_a_time_is_asked_about(text: str) -> None:
    now = datetime(2026, 10, 11, 9, tzinfo=ZAGREB) if "12.10" in text else NOW
    if "u 8" in text:
        assert f"{when.moment(text, now, ZAGREB):%d.%m. %H:%M}" == "26.11. 08:00"
        return
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, now, ZAGREB)
    assert re.search(r"misliš li na \d+\. \d+\. ili na \d+:\d\d", say("two_moments", caught.value.problems[0].args))


@pytest.mark.parametrize("text", ["sutra, 27. 11.", "danas (26. 11.)", "sutra, petak u 8", "27. 11. danas"])
def test_a_day_that_is_named_twice_is_the_same_day(text: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, NOW, ZAGREB)
    sentence = say(caught.value.problems[0].code, caught.value.problems[0].args)
    assert re.search(r"^Dan 2[67]\. 11\. 2026\. je (sutra|prekosutra|četvrtak), a piše (sutra|danas|petak)", sentence)


GENITIVE = (
    *("siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja"),
    *("srpnja", "kolovoza", "rujna", "listopada", "studenoga", "prosinca"),
)
WRITTEN: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at.day}. {at.month}. {at.year}.",
    lambda at: f"{at:%d.%m.%Y.}",
    lambda at: f"{at:%d.%m.%Y}",
    lambda at: f"{at.day}.{at.month}.{at:%y}.",
    lambda at: f"{at:%d/%m/%Y}",
    lambda at: f"{at:%d-%m-%Y}",
    lambda at: f"{at:%Y/%m/%d}",
    lambda at: f"{at:%Y-%m-%d}",
    lambda at: f"{at:%Y%m%d}",
    lambda at: f"{at.day}. {GENITIVE[at.month - 1]} {at.year}.",
    lambda at: f"{at.day}. {GENITIVE[at.month - 1].removesuffix('a' if at.month == 11 else '')} {at.year}. godine",
    lambda at: f"{NAMES[at.weekday()]}, {at.day}. {at.month}. {at.year}.",
    lambda at: f"{at.day}. {at.month}. {at.year}. {NAMES[at.weekday()]}",
    lambda at: f"{at.day}. {at.month}. {at.year}. ({NAMES[at.weekday()][:3]})",
    lambda at: f"u {NAMES[at.weekday()].removesuffix('a') + ('u' if at.weekday() in (2, 5, 6) else '')} {at:%d.%m.%Y.}",
)
CLOCKS: tuple[Callable[[datetime], str], ...] = (
    lambda at: f" u {at.hour}:{at.minute:02}",
    lambda at: f" u {at.hour}.{at.minute:02}",
    lambda at: f", {at:%H:%M}",
    lambda at: f" u {at.hour} i {at.minute}",
    lambda at: f" u {at.hour}h i {at.minute} min",
    lambda at: f" od {at.hour}:{at.minute:02} do 23:59",
    lambda at: f" {at.hour}:{at.minute:02}-23:59 h",
    lambda at: f" {at:%H:%M:%S}",
)
WITHOUT_YEAR: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at.day}. {at.month}.",
    lambda at: f"{at:%d.%m.}",
    lambda at: f"{at.day}. {GENITIVE[at.month - 1]}",
    lambda at: f"{NAMES[at.weekday()]}, {at.day}. {at.month}.",
    lambda at: f"{at.day}. {at.month}. ({NAMES[at.weekday()]})",
)


@pytest.mark.parametrize("days", thinned(range(1, 401), 5))
def test_every_day_ahead_is_read_however_it_is_written(days: int) -> None:
    wall = datetime(2026, 11, 25, days % 23 + 1 if days % 23 else 8, days % 60) + timedelta(days=days)
    at = when.local(wall.date(), wall.time(), ZAGREB)
    morning = when.local(wall.date(), when.MORNING, ZAGREB)
    for form in (*WRITTEN, *(WITHOUT_YEAR if days < 270 else ())):
        assert when.moment(form(at), NOW, ZAGREB) == morning, form(at)
        for clock in CLOCKS:
            assert when.moment(form(at) + clock(at), NOW, ZAGREB) == at, form(at) + clock(at)
    for text in (at.isoformat(), f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", f"{at:%Y-%m-%dT%H:%M:%S}"):
        assert when.moment(text, NOW, ZAGREB) == at, text


@pytest.mark.parametrize("text", ["četvrtak, 27. 11. u 8", "u srijedu 1. 12. 2026.", "27. 11. (subota)"])
def test_a_weekday_that_is_not_that_days_is_said(text: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, NOW, ZAGREB)
    sentence = say(caught.value.problems[0].code, caught.value.problems[0].args)
    assert re.search(r"\d+\. \d+\. 2026\. je (petak|utorak), a piše (četvrtak|srijeda|subota)", sentence)


@pytest.mark.parametrize(
    ("clock", "fold", "hour"), [((2, 45), 0, 1), ((2, 15), 1, 1), ((2, 15), 0, 0), ((1, 59), 0, 0)]
)
def test_of_an_hour_that_comes_twice_the_first_one_ahead_is_meant(clock: tuple[int, int], fold: int, hour: int) -> None:
    now = datetime(2026, 10, 25, *clock, tzinfo=ZAGREB, fold=fold)
    for text in ("2:30", "danas u 2:30", "25. 10. u 2:30", "nedjelja, 25. 10. 2026. u 2:30"):
        found = when.moment(text, now, ZAGREB)
        assert (found.date(), found.hour, found.minute, found.fold) == (now.date(), 2, 30, hour)


@pytest.mark.parametrize("text", ["danas", "danas 21:00", "2026-11-25", "24. 11.", "1.12.2025.", "1. 9.", "20:59"])
def test_what_has_passed_is_refused(text: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        when.moment(text, NOW, ZAGREB)
    assert (caught.value.problems[0].code, caught.value.status) == ("past_moment", USAGE)
    assert "prošlo" in say(caught.value.problems[0].code, caught.value.problems[0].args)


def test_clocks_that_change_keep_the_wall_time_and_skip_no_day() -> None:
    summer = datetime(2026, 10, 24, 20, 0, tzinfo=ZAGREB)  # that night an hour comes twice
    found = when.moment("sutra u 8", summer, ZAGREB)
    assert found.timestamp() - summer.timestamp() == 13 * 3600
    winter = datetime(2026, 3, 28, 20, 0, tzinfo=ZAGREB)  # that night the hour from 2 to 3 is skipped
    assert f"{when.moment('sutra u 2:30', winter, ZAGREB):%H:%M}" == "03:30"
    assert when.moment("sutra", winter, ZAGREB).timestamp() - winter.timestamp() == 11 * 3600


def test_now_may_be_given_in_another_zone() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # in Zagreb it is tomorrow already
    assert f"{when.moment('sutra', late, ZAGREB):%Y-%m-%d %H:%M %z}" == "2026-11-27 08:00 +0100"


def test_without_a_zone_it_is_the_machines_own() -> None:
    now = datetime.now(UTC)
    found = when.moment("prekosutra u 9", now)
    wall = now.astimezone() + timedelta(days=2)
    assert (found.date(), found.hour, found.minute) == (wall.date(), 9, 0)
    assert found.tzinfo is not None


NOWS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(ZAGREB))


@given(NOWS, st.sampled_from(NAMES), st.none() | st.times())
def test_a_weekday_is_the_next_such_day_ahead(now: datetime, name: str, clock: time | None) -> None:
    found = when.moment(name + (f" u {clock:%H:%M}" if clock else ""), now, ZAGREB)
    assert found.weekday() == NAMES.index(name)
    assert 0 < found.timestamp() - now.timestamp() <= 7 * 86_400 + 3600
    before = when.local(found.date() - timedelta(days=7), found.time(), ZAGREB)
    assert before.timestamp() <= now.timestamp()


@given(NOWS, st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.times())
def test_what_is_said_is_read_as_the_same_moment(now: datetime, day: date, clock: time) -> None:
    moment = when.local(day, clock.replace(second=0, microsecond=0), ZAGREB)
    if moment.timestamp() > now.timestamp() and not moment.fold:  # of an hour that comes twice the first is meant
        assert when.moment(said(moment, now), now, ZAGREB) == moment


@given(st.text(max_size=70), NOWS)
def test_whatever_is_typed_is_a_moment_ahead_or_a_sentence(text: str, now: datetime) -> None:
    sentence, found = "", now
    try:
        found = when.moment(text, now, ZAGREB)
    except QuizlabError as error:
        sentence = say(error.problems[0].code, error.problems[0].args)
    assert sentence or found.timestamp() > now.timestamp()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25 23:15", "danas u 23:15"),
        ("2026-11-26 08:00", "sutra u 8:00"),
        ("2026-11-27 08:05", "prekosutra u 8:05"),
        ("2026-11-28 08:00", "subota u 8:00"),
        ("2026-12-01 08:00", "utorak u 8:00"),
        ("2026-12-02 08:00", "2. 12. u 8:00"),
        ("2027-01-15 08:00", "15. 1. 2027. u 8:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, words: str) -> None:
    assert said(datetime.fromisoformat(moment).replace(tzinfo=ZAGREB), NOW) == words


def test_a_system_whose_clock_knows_no_time_before_1970_is_told_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows: whatever asks it for local time fails then, and in a far future."""

    class Windows(datetime):
        def astimezone(self, tz: tzinfo | None = None) -> datetime:
            if not 1970 <= self.year <= 3000:
                raise OSError(22, "Invalid argument")
            return super().astimezone(tz)

    monkeypatch.setattr(when, "datetime", Windows)
    now = datetime(2026, 11, 25, 21, 0).astimezone()
    for text in ("1. 1. 1969.", "1969-12-31 10:15", "24. 12. 1903. u 8"):
        with pytest.raises(QuizlabError) as caught:
            when.moment(text, now)
        assert [each.code for each in caught.value.problems] == ["past_moment"], text
    assert f"{when.moment('1. 1. 3333. u 9', now):%Y-%m-%d %H:%M}" == "3333-01-01 09:00"


@pytest.mark.parametrize("back", thinned(range(400), 5))
def test_a_day_that_has_come_is_read_however_it_is_written(back: int) -> None:
    today = date(2026, 11, 27)
    day = today - timedelta(days=back)
    at = datetime(day.year, day.month, day.day)
    for form in (*WRITTEN, *(WITHOUT_YEAR if back < 365 else ())):
        assert when.day_past(form(at), today) == day, form(at)
    assert when.day_past(NAMES[at.weekday()], today) == (day if back < 7 else today - timedelta(days=back % 7))


@pytest.mark.parametrize(
    "text",
    ["sutra", "28.11.2026.", "četvrtak, 27. 11.", "30. 2.", "petak u 8", "27", "2026-02-30", "x" * 70, "31.4.2026."],
)
def test_what_is_no_day_that_has_come_is_none(text: str) -> None:
    assert when.day_past(text, date(2026, 11, 27)) is None
    assert when.day_past("29. 2.", date(2026, 11, 27)) == date(2024, 2, 29)
    assert when.day_past(" Prekjučer ", date(2026, 11, 27)) == date(2026, 11, 25)
