"""The statistics on screens of every width, in plain lines and as JSON."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.commands.stats import show_stats
from quizlab.errors import QuizlabError
from quizlab.learning.results import Result
from quizlab.learning.stats import Chosen
from quizlab.learning.stats.shapes import Day
from quizlab.log.entry import Entry
from quizlab.log.log import Log
from quizlab.model import Bank
from quizlab.view import stats as view
from quizlab.view.screen import Screen
from quizlab.view.stats import calendar, phrases
from tests import samples
from tests.commands.test_stats import ALL, TIME, ago, entries, told
from tests.entries import answer
from tests.thinned import thinned
from tests.view.shown import lines, squeezed, widest
from tests.view.texts import text

TODAY = date(2026, 11, 20)

days = st.dictionaries(st.integers(0, 100), st.integers(1, 40)).map(
    lambda found: [Day(TODAY - timedelta(days=back), number, 0.5, 60.0) for back, number in sorted(found.items())]
)


def shown(found: list[Entry], width: int = 80, *, plain: bool = False, chosen: Chosen = ALL, **options: object) -> str:
    def draw(screen: Screen) -> None:
        view.whole(screen, told(found, chosen), TIME, **options)  # type: ignore[arg-type]

    drawn = lines(draw, width=width, plain=plain)
    assert plain or widest(drawn) <= width
    return "\n".join(drawn)


SOME = [
    *(answer("n1", "wrong", ago(back), tag="bez-pristranosti", sure="sure", seconds=20.0) for back in (30, 9)),
    *(answer("c1", at=ago(back), session="blic", mode="blic", seconds=20.0) for back in (8.01, 8)),
    answer("o1", "partial", ago(3), share=0.5, sure="unsure", seconds=20.0),
    answer("m1", at=ago(1), sure="unsure", seconds=20.0),
    answer("nestalo", at=ago(0.1), seconds=20.0),
]


@pytest.mark.parametrize("width", thinned([30, 40, 59, 60, 80, 200], 3))
@given(entries.filter(bool), st.booleans())
def test_nothing_is_wider_than_the_screen(width: int, found: list[Entry], detailed: bool) -> None:
    shown(found, width, exam="petak", detailed=detailed)


@pytest.mark.parametrize("width", [30, 40, 80])
@given(text, text)
def test_hostile_texts_are_harmless(width: int, name: str, says: str) -> None:
    question = samples.choice(id=name or "x", topic=name or "x")
    chosen = Chosen((Bank(says, "", {}, (question,), {}),), (question,))
    clean = re.sub(r"[\ud800-\udfff]", "", name) or "x"
    found = [answer(name or "x", "wrong", ago(1), tag=clean, sure="sure", session=clean, mode="blic")]
    for plain in (False, True):
        drawn = shown(found, width, plain=plain, chosen=chosen)
        assert "\x1b" not in drawn
        assert "\u202e" not in drawn


def test_the_whole_screen_says_what_there_is() -> None:
    drawn = shown(SOME, exam="petak")
    for part in (
        "Odgovarano je na 4 od 5 pitanja: 7 odgovora, 64\u00a0% točno.",
        "Vježbanje: 6 dana (niz: 2 dana), ukupno 2\u00a0min. Za ponavljanje:",
        "Od toga na pitanja kojih nema ni u jednoj banci: 1 odgovor.",
        "Prognoza: sutra u 21:00",
        "nakon još 15 minuta vježbanja",
        "quizlab practice lab4 --exam petak",
        "Zaboravljene su pristranosti (32).",
        "✗ prije 9 dana",
        "Sigurno, a krivo: n1.",
        "Pogođeno bez sigurnosti: m1.",
        "2\u00a0od\u00a02",
        "Točnost po danima",
    ):
        assert part in drawn, part


def test_plain_lines_are_statements() -> None:
    drawn = shown(SOME, plain=True).split("\n")
    assert all(line and line == line.strip() for line in drawn)
    assert all(line.endswith(".") for line in drawn if "quizlab practice" not in line)
    assert not set("".join(drawn)) & set("█░▒▓│┤·•→")
    assert "Tjedan 16.\u00a011.–22.\u00a011.: 3 dana, 3 odgovora, 83\u00a0% točno." in drawn
    assert not any("Tjedan 28." in line for line in drawn), "weeks before the first answer say nothing"
    assert any(line.startswith("Pogreška (2 puta, posljednji put prije 9 dana, n1): Zaboravljene") for line in drawn)


def test_a_question_asked_about_is_told_even_if_it_was_never_asked() -> None:
    some = Chosen(ALL.banks, ALL.questions[:2], everything=False)
    assert "još nije postavljeno" in shown(SOME[:1], chosen=some, detailed=True)
    assert "još nije postavljeno" not in shown(SOME[:1], chosen=some)
    assert "Prognoza" not in shown(SOME, chosen=some, detailed=True)
    assert "Pitanje c1 (arhitektura): još nije postavljeno." in shown(SOME[:1], plain=True, chosen=some, detailed=True)


@given(days)
def test_the_calendar_holds_every_answer_of_its_weeks(found: list[Day]) -> None:
    weeks = calendar.weeks(found, TODAY)
    first = date(2026, 9, 28)
    assert [week.monday for week in weeks] == [first + timedelta(weeks=at) for at in range(8)]
    assert sum(week.answers for week in weeks) == sum(day.answers for day in found if day.day >= first)
    for week in weeks:
        for at, day in enumerate(week.days):
            assert day is None or day.day == week.monday + timedelta(days=at)


@pytest.mark.parametrize("width", [30, 40, 80])
@given(found=days)
def test_marks_of_the_calendar_need_no_colour(width: int, found: list[Day]) -> None:
    whole = calendar.weeks(found, TODAY)
    first = next((at for at, week in enumerate(whole) if week.answers), len(whole))
    drawn = lines(calendar.shown, found, TODAY, width=width)[1:]
    if len(whole) - first < 2:
        assert drawn == [], "one week is no calendar, and none is less"
        return
    assert widest(drawn) <= width
    size = len(drawn[1].split()[0])
    assert size == (2 if width == 30 else 3)
    rows = drawn[2 : 2 + len(whole) - first]
    for week, row in zip(whole[first:], rows, strict=True):
        for at, day in enumerate(week.days):
            cell = row[9 + at * (size + 1) + 1 :][:size].strip()
            ahead = week.monday + timedelta(days=at) > TODAY
            assert cell == (calendar.MARKS[calendar.level(day.answers)] * size if day else "" if ahead else "·")


def test_the_forecast_stands_last_where_a_small_screen_shows_it() -> None:
    for width in (80, 40):
        drawn = shown(SOME, width, exam="petak").split("\n")
        last = "\n".join(drawn[-10:])
        assert "Prognoza: sutra u 21:00" in last
        assert "od 10" in last
        assert "quizlab practice lab4 --exam petak" in last


def test_one_question_is_told_without_calendar() -> None:
    some = Chosen(ALL.banks, ALL.questions[:1], everything=False)
    drawn = shown(SOME, chosen=some, detailed=True)
    assert "tjedni" not in drawn
    assert "na blicu" in drawn


def test_levels() -> None:
    assert [calendar.level(number) for number in (0, 1, 4, 5, 9, 10, 19, 20, 999)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


@given(st.floats(0, 1), st.integers(1, 10))
def test_bars(share: float, length: int) -> None:
    assert len(phrases.bar(share, length)) == length
    assert phrases.bar(0, length) == "░" * length
    assert phrases.bar(1, length) == "█" * length


def test_durations() -> None:
    said = [phrases.spent(seconds).replace("\u00a0", " ") for seconds in (0, 29, 31, 3600, 11_520)]
    assert said == ["0 s", "29 s", "1 min", "1 h 0 min", "3 h 12 min"]


FIELDS = {
    "totals": {"questions", "met", "answers", "right", "points", "days", "streak", "seconds", "due", "gone"},
    "labs": {"lab", "topic", "questions", "met", "answers", "latest", "present", "expected", "after"},
    "topics": {"lab", "topic", "questions", "met", "answers", "latest", "present", "expected", "after"},
    "questions": {"id", "lab", "topic", "answers", "points", "last", "at", "present", "expected"},
    "mistakes": {"tag", "times", "at", "question", "says"},
    "confidence": {"sure", "unsure", "lucky", "misled"},
    "days": {"day", "answers", "points", "seconds"},
    "blics": {"session", "at", "labs", "answers", "right", "points", "seconds"},
    "real": {"lab", "date", "got", "of", "expected"},
    "forecast": {
        *("made", "exam", "present", "expected", "after", "minutes", "questions", "pace", "curve"),
    },
}


@given(entries)
def test_json_has_the_documented_fields(found: list[Entry]) -> None:
    real = [Result("lab4", "2026-11-20", 7, 10, 0.4)]
    document = json.loads(msgspec.json.encode(view.document(told(found), real)))
    assert set(document) == set(FIELDS)
    for name, fields in FIELDS.items():
        for each in document[name] if isinstance(document[name], list) else [document[name]]:
            assert set(each) == fields, name
    for each in document["questions"]:
        assert each["at"] is None or each["at"].endswith("+00:00")
    for kind in ("sure", "unsure"):
        assert set(document["confidence"][kind]) == {"answers", "points"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZLAB_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def said(
    capsys: pytest.CaptureFixture[str], *names: str, exam: str = "", json: bool = False, plain: bool = True
) -> str:
    assert show_stats(names, exam=exam, json=json, plain=plain, banks=()) == 0
    return capsys.readouterr().out


def test_an_empty_log_says_how_to_begin(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin = "Još nema nijednog odgovora, pa ni statistike. Započni ovako: quizlab practice lab4\n"
    assert said(capsys) == begin
    assert squeezed(said(capsys, plain=False)) == squeezed(begin)
    assert said(capsys, "q1") == "Na ta pitanja još nema odgovora. Započni ovako: quizlab practice q1\n"
    assert json.loads(said(capsys, json=True))["totals"]["answers"] == 0


def test_the_command_reads_the_log(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Log(home) as log:
        log.append(answer("q1", "wrong", ago(400), tag="bez-pristranosti"))
    for drawn in (said(capsys), said(capsys, plain=False), said(capsys, "lab4"), said(capsys, "q1", "q2")):
        assert "zaboravljene su" in " ".join(drawn.split())
    assert "Na ta pitanja" in said(capsys, "lab3")
    assert json.loads(said(capsys, "Q1", json=True))["questions"][0]["last"] == "wrong"
    with pytest.raises(QuizlabError):
        show_stats(["nema"], exam="", json=False, plain=False, banks=())
    with pytest.raises(QuizlabError):
        show_stats([], exam="nikad", json=False, plain=False, banks=())


def test_a_screen_too_narrow_for_tables_gets_lines(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    with Log(home) as log:
        log.append(answer("q1", at=ago(1)))
    assert show_stats((), exam="", json=False, plain=False, banks=()) == 0
    shown = capsys.readouterr()
    assert shown.err == "Terminal je preuzak (stupaca: 20), pa ispisujem običan tekst.\n"
    assert "Vježba lab4: postavljeno 1 od" in shown.out
