"""The prompt: what is an answer and what a command, by lines and by keys."""

from __future__ import annotations

import io
import sys

import pytest

from quizlab.model import AnyQuestion
from quizlab.view import keys, prompts
from quizlab.view import session as view
from quizlab.view.prompts import Command, Typed
from tests import samples
from tests.view.shown import WIDTHS, lines, screen, widest

ALLOWED: tuple[Command, ...] = ("help", "hint", "skip", "undo", "quit")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal at which the pieces in the list returned are typed, one right after another."""
    pressed: list[str] = []

    monkeypatch.setattr(keys, "_come", lambda: pressed.pop(0))
    monkeypatch.setattr(keys, "_waiting", lambda seconds: bool(pressed))
    monkeypatch.setattr(prompts, "is_terminal", lambda: True)
    monkeypatch.setattr(keys, "_pressed", [])
    return pressed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("n", "hint"),
        ("N ", "hint"),
        (":n", "hint"),
        (": s", "skip"),
        ("u", "undo"),
        ("?", "help"),
        ("q", "quit"),
        ("9312", None),
        ("", None),
        ("p", None),
        (":9312", None),
        ("ne", None),
    ],
)
def test_a_line_is_a_command_or_an_answer(typed: str, meant: str | None) -> None:
    assert prompts.command(samples.number(), typed, ALLOWED) == meant


def test_a_letter_that_may_be_the_answer_is_one_and_a_colon_makes_it_a_command() -> None:
    formula = samples.pair().parts[0]
    from quizlab.model import FormulaQuestion

    about_n = FormulaQuestion(**{**samples.COMMON, "id": "f1", "answer": "2*n", "symbols": ("n",)})
    assert formula.kind == "formula"
    assert prompts.command(about_n, "n", ALLOWED) is None
    assert prompts.command(about_n, ":n", ALLOWED) == "hint"
    assert prompts.command(about_n, "?", ALLOWED) == "help"


@pytest.mark.parametrize(
    "typed", ["p", ":p", "ne znam", "Ne znam.", "nemam pojma", "pokaži", "Pokaži odgovor", "pokazi"]
)
def test_the_answer_can_be_asked_for_in_every_kind_of_question(typed: str) -> None:
    for made in (samples.number(), samples.choice(), samples.multi(), samples.oral()):
        assert prompts.command(made, typed, (*ALLOWED, "show")) == "show"
        assert prompts.command(made, typed, ALLOWED) is None
    assert prompts.command(samples.number(), "??", (*ALLOWED, "show")) is None


def test_what_was_piped_is_echoed_and_answered_without_empty_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("(9\n"))
    made = screen(plain=True)
    monkeypatch.setattr(sys, "stdout", made.file)
    assert prompts.answer(made, samples.number(), ALLOWED, "Odgovor: ") == Typed("(9")
    view.unreadable(made, "Ne mogu pročitati.")
    assert prompts.answer(made, samples.number(), ALLOWED, "Odgovor: ") is None
    assert isinstance(made.file, io.StringIO)
    assert made.file.getvalue() == "Odgovor: (9\nNEČITLJIVO. Ne mogu pročitati.\nOdgovor: \n"


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        (["b"], Typed("b")),
        (["B"], Typed("B")),
        (["3"], Typed("3")),
        (["\x1b[A", "", " ", "2"], Typed("2")),
        (["n"], "hint"),
        (["?"], "help"),
        (["\x1b[C", "s"], "skip"),
        (["\x04"], None),
        (["b\r"], Typed("b")),
        (["bad\x7f\x7f\r"], Typed("b")),
        (["\r"], Typed("")),
        (["ne znam\rq\rb"], Typed("ne znam")),
        (["nn.Sequential\nq"], Typed("nn.Sequential")),
        (["\x1b", "[", "D", "b"], Typed("b")),
    ],
)
def test_a_choice_takes_one_key_or_the_whole_line_that_it_begins(
    terminal: list[str], pressed: list[str], said: object
) -> None:
    terminal += pressed
    assert prompts.answer(screen(), samples.choice(), ALLOWED, "> ") == said


def test_ctrl_c_is_no_key(terminal: list[str]) -> None:
    terminal.append("\x03")
    with pytest.raises(KeyboardInterrupt):
        prompts.answer(screen(), samples.choice(), ALLOWED, "> ")


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [("\r", "next"), ("\n", "next"), (" ", "next"), ("d", "yes"), ("n", "no"), ("x", "help"), ("\x1b[A", "help")],
)
def test_a_command_takes_one_key(terminal: list[str], pressed: str, meant: str) -> None:
    terminal.append(pressed)
    assert prompts.key(screen(), "Rekao? ", ("yes", "no")) == meant


def test_keys_that_came_together_are_given_one_by_one(terminal: list[str]) -> None:
    terminal += ["b\r", "\x1b[D"]
    assert [keys.press() for _ in range(3)] == ["b", keys.ENTER, keys.LEFT]


def test_keys_pressed_too_early_are_forgotten(terminal: list[str]) -> None:
    terminal += ["abc", "d"]
    assert keys.press() == "a"
    keys.forget()
    assert keys.press() == "d"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_of_keys_fits_and_keeps_key_and_word_together(width: int) -> None:
    shown = lines(prompts.bar, (("a–d", "odgovor"), *view.BAR_ASKING), width=width)
    assert widest(shown) <= width
    pieces = [piece for line in shown for piece in line.split(" · ")]
    assert pieces == ["a–d odgovor", "n trag", "p pokaži", "s preskoči", "u poništi", "q kraj", "? pomoć"]


def test_the_keys_under_a_question_say_how_they_are_pressed(terminal: list[str]) -> None:
    def first(question: AnyQuestion) -> str:
        return lines(prompts.asking_bar, question, view.BAR_ASKING, width=100)[0]

    assert first(samples.choice()).startswith("a–c odgovor · n trag · p pokaži · s ")
    assert first(samples.number()).startswith("⏎ odgovori · :n trag · :p pokaži · :s ")
    assert first(samples.multi()).startswith("više slova, npr. b, d ⏎ · :n trag · ")
    assert first(samples.oral()).startswith("⏎ otkrij · n trag · ")


def test_plain_screens_have_no_bar() -> None:
    assert lines(prompts.bar, view.BAR_ASKING, plain=True) == []
