"""A blic as a student writes it: in a real terminal, through a pipe, out of time, interrupted."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from pathlib import Path

import msgspec
import pytest

from quizlab.answers import written
from quizlab.model import AnyQuestion, OptionQuestion
from quizlab.question import asking
from quizlab.session.blic import Blic
from tests.commands.test_practice import ESCAPES, QUESTIONS, Terminal, logged
from tests.conftest import Run
from tests.thinned import thinned

PROMPT = re.compile(r"\n\d+:\d\d > ")


def kept(home: Path) -> Blic:
    """The blic as it is saved at this moment."""
    with contextlib.closing(sqlite3.connect(home / "napredak.sqlite")) as file:  # the log offers none that is running
        (state,) = file.execute(
            "SELECT state FROM sessions WHERE finished = 0 AND mode = 'blic' ORDER BY updated DESC LIMIT 1"
        ).fetchone()
    return msgspec.json.decode(state, type=Blic)


def posed(blic: Blic, place: int) -> AnyQuestion:
    item = blic.slots[place].item
    return asking.posed(QUESTIONS[item.question], item)


def right(question: AnyQuestion) -> str:
    return written(question.answer)  # type: ignore[union-attr]


def wrong(question: AnyQuestion) -> str:
    if isinstance(question, OptionQuestion):
        return next(letter for letter in question.options if letter not in question.answer)
    return question.mistakes[0].answer


class Paper(Terminal):
    """A student writing a blic at a terminal."""

    def __init__(self, environment: dict[str, str], *arguments: str, columns: int = 80) -> None:
        super().__init__(environment, *arguments, columns=columns, command="blic")

    def ready(self) -> str:
        self.child.expect(PROMPT)
        shown = self.child.before + self.child.after
        self.seen += shown
        return shown

    def write(self, question: AnyQuestion, text: str) -> None:
        self.child.send(text + "\r")


def test_from_the_first_question_to_the_review(environment: dict[str, str], home: Path) -> None:
    paper = Paper(environment, "lab4", "-n", "4", "--seed", "3")
    paper.ready()
    blic = kept(home)
    for place in range(4):
        if place:
            paper.ready()
        question = posed(blic, place)
        paper.write(question, right(question) if place < 2 else wrong(question))
        assert logged(home) == []
        assert not re.search("[✓✗]", paper.seen), "no verdict before the end"
    paper.until("⏎ predaj · n još pregledaj ")
    paper.press("\r")
    shown = paper.until("pregled krivih (1/2) · q kraj ")
    assert "Blic lab4: 2/4 za " in shown
    assert "Prognoza za jedan dan (lab4): " in shown
    assert [outcome for _, outcome in logged(home)] == ["right", "right", "wrong", "wrong"]
    paper.press("\r")
    shown = paper.until("⏎ sljedeće (2/2) · p cijeli dokaz · q kraj")
    assert "✗" in shown
    assert "Točno: " in shown
    paper.press("p")
    paper.until("⏎ natrag")
    paper.press("\r")
    paper.press("\r")
    paper.until("⏎ kraj · p cijeli dokaz")
    paper.press("\r")
    paper.rest()
    assert paper.child.exitstatus == 0
    assert "Traceback" not in paper.seen


@pytest.mark.stress
def test_questions_are_marked_left_and_changed(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "q4", "q9", "q13", "-n", "3", "--seed", "1")
    paper.ready()
    blic = kept(home)
    paper.press("m")
    assert "[○!] ○ ○" in paper.ready()
    paper.press("\x1b[C")
    assert "○! [○] ○" in paper.ready()
    paper.press(wrong(posed(blic, 1)))
    assert "○! ● [○]" in paper.ready()
    paper.press("<")
    assert "Upisano: " in paper.ready()
    paper.press(right(posed(blic, 1)))
    paper.ready()
    paper.press("k")
    assert "Bez odgovora: 2 pitanja." in paper.until("Predati? d da · n ne ")
    paper.press("n")
    paper.ready()
    paper.press("k")
    paper.until("Predati? d da · n ne ")
    paper.press("d")
    assert "Blic q4 q9 q13: 1/3 za " in paper.until("pregled krivih (1/2)")
    paper.press("q")
    paper.rest()
    assert [outcome for _, outcome in logged(home)] == ["right"]


@pytest.mark.stress
def test_what_is_written_in_time_counts_and_nothing_else(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "q4", "q9", "-n", "2", "--minutes", "0.1")
    paper.ready()
    blic = kept(home)
    paper.press(right(posed(blic, 0)))
    paper.ready()
    paper.until("Vrijeme je isteklo. Pritisni Enter.")
    paper.press(right(posed(blic, 1)))
    shown = paper.until("pregled krivih (1/1)")
    assert "Broji se ono što je upisano na vrijeme." in shown
    assert "1/2 za 6" in shown
    paper.press("q")
    paper.rest()
    assert len(logged(home)) == 1


def test_an_interrupted_blic_goes_on_while_its_time_runs(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "q4", "q9", "-n", "2")
    paper.ready()
    blic = kept(home)
    paper.press(right(posed(blic, 0)))
    paper.ready()
    paper.child.sendintr()
    assert "quizlab blic --resume" in paper.rest()
    assert paper.child.exitstatus == 130
    assert logged(home) == []
    time.sleep(1.1)
    again = Paper(quick, "--resume")
    again.ready()
    assert kept(home).ends == blic.ends
    again.press(right(posed(blic, 1)))
    again.until("⏎ predaj")
    again.press("\r")
    assert "Blic q4 q9: 2/2 za " in again.rest()
    assert [outcome for _, outcome in logged(home)] == ["right", "right"]


def test_an_abandoned_blic_is_graded_before_a_new_one(quizlab: Run, environment: dict[str, str], home: Path) -> None:
    paper = Paper(environment, "q4", "q9", "-n", "2")
    paper.ready()
    blic = kept(home)
    paper.press(right(posed(blic, 0)))
    paper.ready()
    paper.child.kill(9)
    paper.child.wait()
    done = quizlab("blic", "q13", "-n", "1", typed="a\n")
    assert done.returncode == 0
    assert [name for name, _ in logged(home)] == [blic.slots[0].item.question, "q13"]


def test_piped_it_is_written_line_by_line_and_handed_in_at_the_end(quizlab: Run, home: Path) -> None:
    done = quizlab("blic", "q4", "q9", "q10", "-n", "3", "--seed", "2", typed="(\n:3\n:1\n<\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "Pitanje 3 od 3." in done.stdout
    assert "Blic q4 q9 q10: 0/3 za " in done.stdout
    assert done.stdout.count("BEZ ODGOVORA.") == 3
    assert quizlab("blic", "--resume").returncode == 2
    assert logged(home) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["q6"], "nije za pismeni blic"),
        (["--resume"], "Nema prekinutog blica"),
        (["lab9"], "lab9"),
        (["-n", "0"], "cijeli broj od 1 nadalje"),
        (["--minutes", "nan"], "od 0,1 do 600"),
        (["--minutes", "-3"], "od 0,1 do 600"),
    ],
)
def test_bad_wishes_get_one_sentence(quizlab: Run, arguments: list[str], said: str) -> None:
    done = quizlab("blic", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_forty_columns_are_enough_for_a_blic(environment: dict[str, str], home: Path) -> None:
    paper = Paper(environment, "q1", "q4", "-n", "2", columns=40)
    paper.ready()
    blic = kept(home)
    for place in range(2):
        question = posed(blic, place)
        paper.write(question, wrong(question))
        if not place:
            paper.ready()
    paper.until("pregledaj ")
    paper.press("\r")
    paper.until("(1/2)")
    paper.press("\r")
    paper.until("(2/2)")
    paper.press("\r")
    paper.until("⏎ kraj")
    paper.press("\r")
    paper.rest()
    drawn = re.sub(r"(?=[⠀-⣿] računam)", "\n", paper.seen)  # a status is drawn again and again on one line
    assert [line for line in ESCAPES.sub("", drawn).splitlines() if len(line) > 40] == []


def clocks(shown: str) -> list[int]:
    """The seconds left that were shown one after another."""
    found = re.findall(r"\r *(\d+):(\d\d) > ", shown)
    return [60 * int(minutes) + int(seconds) for minutes, seconds in found]


@pytest.mark.parametrize("name", thinned(["q4", "q1"], 2))
def test_the_clock_runs_and_takes_no_key(quick: dict[str, str], home: Path, name: str) -> None:
    """In a choice, where a key acts, and in a line, typed slowly across several of its seconds."""
    paper = Paper(quick, name, "-n", "1")
    paper.ready()
    question = posed(kept(home), 0)
    typed = right(question)
    for letter in typed:
        time.sleep(2.5 / len(typed))
        paper.child.send(letter)
    if name == "q1":
        time.sleep(1)
        paper.child.send("\r")
    paper.child.expect_exact("⏎ predaj")
    shown = paper.child.before
    assert clocks(shown) == sorted(set(clocks(shown)), reverse=True), "each time once, and never back"
    assert len(clocks(shown)) >= 2
    (slot,) = kept(home).slots
    assert slot.typed == typed
    paper.press("\r")
    assert "1/1" in paper.rest()


@pytest.mark.stress
def test_the_clock_never_writes_over_a_line_longer_than_the_screen(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "q1", "-n", "1", columns=40)
    paper.ready()
    paper.child.send("9" * 60)
    paper.child.expect("9" * 20)
    time.sleep(2.2)
    paper.child.send("\r")
    paper.child.expect_exact("⏎ predaj")
    assert clocks(paper.child.before) == []


def test_plain_and_piped_the_clock_stands(quizlab: Run) -> None:
    done = quizlab("blic", "q4", "-n", "1", typed="a\n")
    assert not {"\x1b", "\r"} & set(done.stdout)
    assert done.stdout.count("Preostalo vrijeme") == 1


def test_a_first_blic_asks_the_numbers_as_they_were_remembered(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "lab4")
    paper.ready()
    assert [slot.item.values for slot in kept(home).slots] == [{}] * 10
    paper.child.sendintr()
    paper.rest()


@pytest.mark.stress
def test_the_result_names_questions_and_options_and_lasts_as_long_as_in_the_statistics(
    quick: dict[str, str], quizlab: Run, home: Path
) -> None:
    paper = Paper(quick, "q4", "q9", "-n", "2", "--minutes", "0.1")
    paper.ready()
    asked = [posed(kept(home), place) for place in range(2)]
    paper.press(wrong(asked[0]))
    paper.ready()
    paper.until("Vrijeme je isteklo. Pritisni Enter.")
    paper.press("\r")
    shown = " ".join(paper.until("pregled krivih (1/2)").split())
    for question in asked:
        assert " ".join(question.prompt.split()) in shown
        assert isinstance(question, OptionQuestion)
        text = question.options[question.answer[0]].text.removesuffix(".")
        assert f"→ točno: {question.answer} ({text})" in shown
    given = wrong(asked[0])
    assert isinstance(asked[0], OptionQuestion)
    assert f"{given} ({asked[0].options[given].text.removesuffix('.')}) → " in shown
    assert "bez odgovora → " in shown
    assert "0/2 za 6,0 s." in shown
    assert "Dalje: quizlab practice q" in shown
    paper.press("q")
    paper.rest()
    assert re.search(r"Blic lab4, .*: 0 od 1, za 6,0 s", quizlab("stats", "--plain").stdout.replace("\xa0", " "))
