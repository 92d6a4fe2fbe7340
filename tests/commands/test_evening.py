"""A finite evening: the total stays, time is estimated and kept, oral questions apart, what to do next."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizlab.log import Entry, Log
from quizlab.model import OpenQuestion
from quizlab.view import now as view
from quizlab.view.now import Now
from tests.commands.test_blic import Paper
from tests.commands.test_practice import AFTER, ALOUD, LABS, QUESTIONS, SAID, Terminal
from tests.conftest import Run
from tests.thinned import thinned
from tests.view.shown import lines


def answers(home: Path, *given: tuple[str, str], pace: float = 30.0, session: str = "s", at: int = 0) -> None:
    """Answers to questions, each with its outcome, in the log of an earlier evening."""
    start = datetime.now(UTC) - timedelta(days=1) + timedelta(seconds=at)
    with Log(home) as log:
        for number, (name, outcome) in enumerate(given):
            when = (start + timedelta(seconds=pace * number)).isoformat(timespec="milliseconds")
            log.append(Entry(when, session, name, "{}", "1", "1", outcome, "", pace))  # type: ignore[arg-type]


def test_the_end_does_not_recede(quick: dict[str, str]) -> None:
    terminal = Terminal(quick, "q4", "q9", "q10")
    heads = []
    for _ in range(6):
        terminal.answer(terminal.asked(), right=False)
        heads.append(re.findall(r"(?:ponovno · )?\d/\d", terminal.screen)[-1])
        terminal.press("\r")
    assert heads == ["1/3", "2/3", "3/3", *["ponovno · 3/3"] * 3]
    terminal.interrupt()


def minutes(quizlab: Run, *arguments: str) -> tuple[int, int]:
    """How many questions a session announces, and how many minutes."""
    first = quizlab("practice", *arguments).stdout.splitlines()[0]
    found = re.fullmatch(r"(\d+) pitanj[ea], oko (\d+) minut[ea]\.", first)
    assert found, first
    return int(found[1]), int(found[2])


def test_the_estimate_learns_the_students_own_pace(quizlab: Run, home: Path) -> None:
    number, before = minutes(quizlab, "lab4")
    assert number == len(LABS["lab4"])
    choices = [(name, "right") for name in ("q4", "q7", "q9", "q10", "q11", "q12")]
    answers(home, *choices * 4, pace=200.0)
    _, slow = minutes(quizlab, "lab4")
    assert slow > before
    answers(home, *choices * 10, pace=4.0, session="t", at=9000)
    _, fast = minutes(quizlab, "lab4")
    assert fast < slow


def test_minutes_choose_as_many_questions_as_fit(quizlab: Run) -> None:
    some, estimate = minutes(quizlab, "lab4", "--minutes", "15")
    assert 12 <= estimate <= 15
    assert 5 < some < len(LABS["lab4"])
    fewer, _ = minutes(quizlab, "lab4", "--minutes", "5")
    assert fewer < some


@pytest.mark.stress
def test_when_the_minutes_are_over_the_session_ends(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q4", "q9", "--minutes", "0.1", "--limit", "2")
    terminal.asked()
    import time

    time.sleep(6.5)
    terminal.child.send("?")
    terminal.until("? pomoć", "trag, korak po korak")
    question = QUESTIONS[re.search(r"· (q\d+)\s", terminal.screen)[1]]  # type: ignore[index]
    terminal.answer(question, right=True)
    terminal.press("\r")
    end = terminal.rest()
    assert "Vrijeme predviđeno za vježbanje isteklo je." in end
    assert "--resume" not in end
    with Log(home) as log:
        assert log.interrupted("practice") is None


def test_a_session_ends_with_the_forecast_that_the_statistics_have(quizlab: Run) -> None:
    done = quizlab("practice", "q1", "q2", "q4", "q10", "q20", "q15", typed="5\n" * 3 + "b\n" * 3 + "5\n" * 3)
    (at_the_end,) = re.findall(r"Prognoza za jedan dan \(lab4\): ([\d,]+) od 10", done.stdout)
    found = quizlab("stats", "lab4", "--plain").stdout
    (in_statistics,) = re.findall(r"lab4.*?([\d,]+) od 10", found)
    first, second = (float(each.replace(",", ".")) for each in (at_the_end, in_statistics))
    assert first == pytest.approx(second, abs=0.11), (done.stdout, found)


@pytest.mark.parametrize(("option", "oral"), thinned([("--oral", True), ("--no-oral", False)], 2))
def test_oral_questions_alone_or_none_of_them(quizlab: Run, option: str, oral: bool) -> None:
    wanted = {name for name, each in LABS["lab4"].items() if isinstance(each, OpenQuestion) == oral}
    done = quizlab("practice", "lab4", option, "--seed", "1", typed="ne znam\n" * 200)
    asked = set(re.findall(r"^Pitanje .* (q\d+)\.$", done.stdout, re.MULTILINE))
    assert asked == wanted
    assert 0 < len(wanted) < len(LABS["lab4"])


def test_there_may_be_no_oral_question_among_those_chosen(quizlab: Run) -> None:
    done = quizlab("practice", "q1", "--oral")
    assert done.returncode == 0
    assert "--oral" in done.stdout


def test_only_the_missing_points_of_an_oral_question_return(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q6")
    question = terminal.asked()
    assert isinstance(question, OpenQuestion)
    terminal.press("\r")
    for number in range(1, len(question.points) + 1):
        terminal.until(SAID)
        terminal.press("n" if number in (2, 4) else "d")
    terminal.until(AFTER)
    terminal.press("\r")
    again = terminal.until(ALOUD)
    assert f"Ovaj put samo ono što je nedostajalo: 2 točke od {len(question.points)}." in again
    terminal.press("\r")
    for number in (2, 4):
        assert f"{number}/{len(question.points)}" in terminal.until(SAID)
        terminal.press("d")
    assert "✓" in terminal.until(AFTER)
    terminal.press("\r")
    assert "Odgovoreno 1 od 1: 1 djelomično" in terminal.rest()
    with Log(home) as log:
        assert [entry.outcome for entry in log.history()] == ["partial", "right"]


def test_mistakes_begin_with_what_was_wrong_most_and_latest(quizlab: Run, home: Path) -> None:
    answers(home, ("q15", "wrong"), ("q15", "wrong"), ("q18", "wrong"), ("q19", "wrong"), ("q25", "partial"))
    done = quizlab("practice", "--mistakes", typed="ne znam\n" * 20)
    asked = re.findall(r"^Pitanje (\d) .* (q\d+)\.$", done.stdout, re.MULTILINE)
    assert [name for number, name in asked][:2] == ["q15", "q19"]
    assert dict(reversed(asked))["4"] == "q25"


def test_bare_quizlab_on_a_new_machine_says_the_first_step(quizlab: Run, home: Path) -> None:
    done = quizlab()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "Vježbaj petnaest minuta: quizlab practice lab4 --minutes 15"
    assert "quizlab --help" in done.stdout
    assert not home.exists()


def test_bare_quizlab_says_what_to_do_from_the_log(quizlab: Run, home: Path) -> None:
    answers(home, ("q27", "right"), ("q1", "wrong"), ("q28", "wrong"), ("q28", "right"), ("q29", "wrong"))
    lines = quizlab().stdout.splitlines()
    assert lines[0] == "Što sada:"
    assert "Vježbaj petnaest minuta: quizlab practice lab3 --minutes 15" in lines
    assert "Ponovi što je posljednji put bilo krivo (1 pitanje): quizlab practice lab3 --mistakes" in lines
    assert "Napiši blic: deset pitanja, deset minuta: quizlab blic lab3" in lines
    assert not any("Nastavi" in line for line in lines)


def test_what_was_interrupted_comes_first(quick: dict[str, str], quizlab: Run) -> None:
    terminal = Terminal(quick, "q4", "q9", "q10")
    terminal.answer(terminal.asked(), right=True)
    terminal.press("\r")
    terminal.asked()
    terminal.interrupt()
    paper = Paper(quick, "lab4")
    paper.ready()
    paper.child.sendintr()
    paper.rest()
    lines = quizlab().stdout.splitlines()
    assert re.fullmatch(r"Nastavi blic: još (?:9 min \d+|10 min 0) s: quizlab blic --resume", lines[1])
    assert lines[2] == "Nastavi prekinuto vježbanje (iza tebe: 1 pitanje; preostalo: 2): quizlab practice --resume"


@pytest.mark.parametrize(("columns", "rows"), [(80, 23), (40, 20)])
def test_what_to_do_now_fits_one_screen(columns: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    now = Now("lab4", 312, {"lab4": 21}, (12, 14), 532.0)
    assert len(lines(view.shown, now, width=columns)) <= rows


def test_a_log_that_is_none_still_says_the_first_step(quizlab: Run, home: Path) -> None:
    home.mkdir()
    (home / "napredak.sqlite").write_text("nije baza", encoding="utf-8")
    done = quizlab()
    assert done.returncode != 0
    assert "oštećena" in done.stderr
    assert "quizlab practice lab4 --minutes 15" in done.stdout


def test_help_stays_the_help(quizlab: Run) -> None:
    assert quizlab("--help").stdout.startswith("Uporaba: quizlab")
