"""The keys in a real terminal: whole words in a choice, keys typed too early, what footers promise."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from quizlab.log import GIVEN_UP, Entry, Log
from quizlab.model import OpenQuestion, OptionQuestion
from quizlab.session.blic import Blic
from quizlab.telling import words
from quizlab.telling.short import sentences
from tests.commands.test_blic import Paper, kept, posed
from tests.commands.test_practice import AFTER, ALOUD, PROMPT, Terminal, pexpect
from tests.conftest import FAKES, Run
from tests.thinned import thinned

NOTHING = "Ovo se ne broji."


def entries(home: Path) -> list[Entry]:
    with Log(home) as log:
        return list(log.history())


def spell(terminal: Terminal, text: str, pause: float) -> None:
    """Type a text with the same pause after each key; without one, all at once."""
    pieces: Iterable[str] = text if pause else [text]
    for piece in pieces:
        terminal.child.send(piece)
        time.sleep(pause)


PAUSES = [0, 0.005, 0.03, 0.2]
WORDS = [("q31", "Adam"), ("q20", "784"), ("q4", "nn.Sequential nasljeđuje nn.Module")]


@pytest.mark.parametrize(("name", "word", "pause"), thinned([(*word, pause) for pause in PAUSES for word in WORDS], 4))
def test_a_word_typed_in_a_choice_is_read_as_a_whole(
    quick: dict[str, str], home: Path, name: str, word: str, pause: float
) -> None:
    terminal = Terminal(quick, name)
    question = terminal.asked()
    assert isinstance(question, OptionQuestion)
    spell(terminal, word + "\r", pause)
    assert "✓" in terminal.until(AFTER, "Odgovoreno")
    assert [(each.typed, each.outcome) for each in entries(home)] == [(word, "right")]
    terminal.press("q")
    terminal.rest()


@pytest.mark.parametrize(
    ("word", "pause"), thinned(product(["nn.Sequential", "skroz nova stvar", "qwerty"], PAUSES), 5)
)
def test_a_word_that_is_no_option_does_nothing(quick: dict[str, str], home: Path, word: str, pause: float) -> None:
    terminal = Terminal(quick, "q4", "q9")
    first = terminal.asked()
    spell(terminal, word + "\r", pause)
    shown = terminal.until(PROMPT, "Odgovoreno")
    assert NOTHING in " ".join(shown.split())
    assert "Trag" not in shown
    assert entries(home) == []
    assert "✓" in terminal.answer(first, right=True)
    terminal.press("q")
    terminal.rest()


def test_a_word_can_be_corrected_before_enter(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q31")
    terminal.asked()
    spell(terminal, "Adagram\x7f\x7f\x7f\x7fm\r", 0.03)
    assert "✓" in terminal.until(AFTER)
    assert entries(home)[0].typed == "Adam"
    terminal.press("q")
    terminal.rest()


def test_of_several_pasted_lines_only_the_first_one_answers(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q31", "q4")
    while terminal.asked().id != "q31":
        terminal.child.send("s\r")
    terminal.child.send("Adam\rq\rnn\rq\r")
    assert "✓" in terminal.until(AFTER)
    time.sleep(0.3)
    assert terminal.child.isalive()
    assert len(entries(home)) == 1
    terminal.press("q")
    terminal.rest()


@pytest.mark.parametrize("key", thinned(["n", "s", "?"], 3))
def test_a_key_alone_acts_without_enter(quick: dict[str, str], key: str) -> None:
    terminal = Terminal(quick, "q4", "q9")
    terminal.asked()
    terminal.child.send(key)
    terminal.until({"n": "Trag 1", "s": "2/2", "?": "trag, korak po korak"}[key])
    terminal.interrupt()


NOT_OFFERED = "nije ponuđeno; ništa se nije promijenilo."
RESUME_BLIC, RESUME = "n novi blic · q kraj ", "n novo vježbanje · q kraj "


def interrupted_blic(quick: dict[str, str], home: Path) -> Blic:
    paper = Paper(quick, "q4", "q9", "-n", "2")
    paper.ready()
    paper.write(posed(kept(home), 0), "a")
    paper.ready()
    paper.child.sendintr()
    paper.rest()
    return kept(home)


@pytest.mark.parametrize("typed", thinned(["x", "c", "nastavi\r", "novi\r", "7"], 2))
def test_no_wrong_key_gives_up_an_interrupted_blic(quick: dict[str, str], home: Path, typed: str) -> None:
    blic = interrupted_blic(quick, home)
    again = Paper(quick, "lab4")
    again.until(RESUME_BLIC)
    again.child.send(typed if typed.endswith("\r") else typed + "\r")
    assert NOT_OFFERED in again.until(RESUME_BLIC)
    assert kept(home) == blic
    again.child.send("q")
    assert "quizlab blic --resume" in again.rest()
    assert again.child.exitstatus == 130
    assert kept(home) == blic
    assert entries(home) == []


@pytest.mark.stress
def test_a_blic_in_progress_is_given_up_only_when_that_is_confirmed(quick: dict[str, str], home: Path) -> None:
    blic = interrupted_blic(quick, home)
    again = Paper(quick, "lab4")
    for key in ("n", "\r", "q"):
        again.until(RESUME_BLIC)
        again.child.send("n")
        again.until("Predati prekinuti blic? d da · n ne ")
        again.child.send(key + "\r" if key == "q" else key)
        if key == "q":
            assert NOT_OFFERED in again.until("Predati prekinuti blic? d da · n ne ")
    assert kept(home) == blic
    again.child.send("d")
    again.ready()
    assert kept(home).id != blic.id
    assert [(each.session, each.mode) for each in entries(home)] == [(blic.id, "blic")]


def test_no_wrong_key_gives_up_an_interrupted_practice(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q4", "q9")
    terminal.answer(terminal.asked(), right=True)
    terminal.press("q")
    terminal.rest()
    again = Terminal(quick)
    again.until(RESUME)
    for typed in ("x\r", "nastavi\r"):
        again.child.send(typed)
        assert NOT_OFFERED in again.until(RESUME)
    again.child.send("q")
    again.rest()
    assert "2/2" in Terminal(quick, "--resume").until(PROMPT)


@pytest.mark.parametrize(
    ("name", "typed"),
    thinned(
        [
            ("q31", "p"),
            ("q31", "ne znam\r"),
            ("q1", ":p\r"),
            ("q1", "pokaži\r"),
            ("q38", "pokaži odgovor\r"),
            ("q6", "p"),
        ],
        2,
    ),
)
def test_an_answer_shown_is_one_not_known(quick: dict[str, str], home: Path, name: str, typed: str) -> None:
    terminal = Terminal(quick, name)
    question = terminal.asked()
    terminal.child.send(typed)
    shown = " ".join(terminal.until(AFTER).split())
    assert "– bez odgovora." in shown
    assert ("Točno: " in shown) != isinstance(question, OpenQuestion)
    told = [point.text for point in question.points] if isinstance(question, OpenQuestion) else [question.explain]
    first = [sentences(words.text(each, question.params))[0] for each in told]  # of an explanation as much as fits
    assert all(each in shown for each in first)
    entry = entries(home)[0]
    assert (entry.typed, entry.understood, entry.outcome, entry.tag, entry.share) == ("", GIVEN_UP, "wrong", "", 0)
    terminal.press("\r")
    assert "pokazan odgovor" in terminal.until(PROMPT, ALOUD)
    terminal.child.sendintr()
    assert "Odgovoreno 0 od 1: 1 pokazano" in terminal.rest()


def test_what_was_shown_can_be_undone_and_is_no_mistake(quick: dict[str, str], quizlab: Run, home: Path) -> None:
    terminal = Terminal(quick, "q31")
    question = terminal.asked()
    terminal.child.send("p")
    terminal.until(AFTER)
    terminal.press("u")
    terminal.asked()
    assert entries(home) == []
    terminal.child.send("pokaži\r")
    terminal.until(AFTER)
    terminal.press("q")
    terminal.rest()
    assert "pogrešk" not in quizlab("stats", question.id).stdout.lower()
    assert '"mistakes": []' in quizlab("stats", "--json").stdout
    log = home.parent / "log.json"
    assert quizlab("stats", "--export", str(log)).returncode == 0
    other = {"QUIZLAB_HOME": str(home.parent / "drugi")}
    assert quizlab("import", str(log), env=other).returncode == 0
    assert entries(home.parent / "drugi") == entries(home)


@pytest.mark.parametrize(
    ("name", "again"), thinned([("q31", "o"), ("q31", "\x0c"), ("q1", ":o\r"), ("q1", "12\x0c"), ("q6", "o")], 2)
)
def test_a_key_shows_the_question_again_with_its_hints(quick: dict[str, str], name: str, again: str) -> None:
    terminal = Terminal(quick, name)
    question = terminal.asked()
    terminal.child.send("n\r")
    hint = terminal.until(PROMPT, ALOUD)
    assert "Trag 1 od" in hint
    terminal.child.send(again)
    shown = " ".join(terminal.until(PROMPT, ALOUD).split())
    assert " ".join(words.text(question.prompt, question.params).split()) in shown
    assert "Trag 1 od" in shown
    assert "p pokaži" in shown
    terminal.interrupt()


def test_the_question_of_a_blic_is_shown_again(quick: dict[str, str], home: Path) -> None:
    paper = Paper(quick, "q4", "-n", "1")
    paper.ready()
    for key in ("o", "\x0c"):
        paper.child.send(key)
        assert "nn.Sequential" in paper.ready()


@pytest.fixture
def slow(environment: dict[str, str]) -> dict[str, str]:
    """A machine on which no proof is ready in time."""
    return {**environment, "PYTHONPATH": str(FAKES / "slow_torch")}


@pytest.mark.stress
def test_enter_skips_the_wait_for_a_proof_and_nothing_typed_meanwhile_is_shown(slow: dict[str, str]) -> None:
    terminal = Terminal(slow, "q1")
    terminal.asked()
    terminal.child.send("9312\r")
    terminal.until("računam dokaz … (⏎ preskoči)")
    spell(terminal, "#~\x1b[Aq", 0.05)
    time.sleep(0.5)
    assert terminal.child.isalive()
    spell(terminal, "\r", 0.05)
    shown = terminal.until(AFTER)
    assert not {"#", "~"} & {*shown}
    terminal.press("p")
    terminal.until("računam dokaz … (⏎ preskoči)")
    terminal.press("\r")
    terminal.until(AFTER)
    terminal.press("q")
    assert "Odgovoreno 1 od 1: 1 točno" in terminal.rest()


@pytest.mark.parametrize("name", thinned(["q1", "q31", "q38"], 3))
def test_what_is_typed_before_the_question_is_seen_answers_nothing(
    quick: dict[str, str], home: Path, name: str
) -> None:
    terminal = Terminal(quick, name)
    terminal.child.send("1\rb\rp\r")
    terminal.asked()
    time.sleep(0.7)
    assert entries(home) == []
    terminal.child.send("?\r")
    assert "korak po korak" in terminal.until(PROMPT)
    assert entries(home) == []
    terminal.interrupt()


PASTE = "\x1b[200~{}\x1b[201~"


@pytest.mark.parametrize(
    ("form", "text"), thinned([(PASTE, "Adam"), ("{}", "Adam"), (PASTE, "\nAdam\n"), (PASTE, "Ad\x1b[31mam")], 3)
)
def test_a_pasted_word_in_a_choice_is_one_text(quick: dict[str, str], home: Path, form: str, text: str) -> None:
    """On a terminal that marks pasted text and on one that does not."""
    terminal = Terminal(quick, "q31")
    terminal.asked()
    terminal.child.expect_exact("\x1b[?2004h")
    terminal.child.send(form.format(text))
    time.sleep(0.7)
    assert entries(home) == []
    terminal.child.send("\r")
    shown = terminal.until(AFTER, PROMPT)
    if "31m" not in text:
        assert "✓" in shown
        assert [entry.typed for entry in entries(home)] == ["Adam"]
    terminal.interrupt()


@pytest.mark.stress
def test_a_marked_paste_is_text_however_slowly_it_comes_and_however_short_it_is(
    quick: dict[str, str], home: Path
) -> None:
    terminal = Terminal(quick, "q4")
    terminal.asked()
    for part in ("\x1b[200~", "q", "\x1b[201~"):
        terminal.child.send(part)
        time.sleep(0.6)
    assert terminal.child.isalive(), "a pasted letter is no command"
    terminal.child.send("\x7fnn.Sequential nasljeđuje nn.Module\r")
    terminal.until(AFTER, PROMPT)
    assert len(entries(home)) <= 1
    terminal.interrupt()


def test_the_terminal_is_left_as_it_was(quick: dict[str, str]) -> None:
    terminal = Terminal(quick, "q4")
    terminal.asked()
    terminal.child.send("q")
    terminal.child.expect(pexpect.EOF)
    marks = re.findall(r"\x1b\[\?2004([hl])", terminal.child.before)
    assert marks[-1] == "l"
