"""The practice screens: questions, prompts, the proof in short, the summary."""

from __future__ import annotations

import io
import sys
from itertools import pairwise

import pytest

from quizlab import practice
from quizlab.judge import judge
from quizlab.model import Bank, Case, Finding, Group, Problem, Recollection
from quizlab.practice import Summary
from quizlab.view import session as view
from tests import samples
from tests.view.shown import WIDTHS, lines, screen, widest

BANK = Bank("lab4", "Ugrađivanje", {"A": Group("bilješke", "2024-06-02")}, (), {})
LONG = "Riječ po riječ do kraja. " * 4
CAME_TO = Summary(5, 8, 2, 1, 2, 75.0, (("Zaboravljene su pristranosti.", 2), (LONG, 1)), ("q1", "q2"))


def asked(at: int = 0, *, plain: bool = False, width: int = 80) -> list[str]:
    question = samples.choice(recollections=(Recollection("A"),))
    session = practice.begin("s", [question, question])
    for _ in range(at):
        session = practice.skip(session)
    return lines(view.question, session, question, BANK, [], width=width, plain=plain)


def test_plain_questions_are_set_apart_by_one_empty_line() -> None:
    first = ["Pitanje 1 od 2. lab4, arhitektura, c1.", "Koliko?", "a) prva", "b) druga", "c) treća"]
    assert asked(plain=True) == first
    assert asked(1, plain=True)[:2] == ["", "Pitanje 2 od 2. lab4, arhitektura, c1."]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_stands_between_single_empty_lines(width: int) -> None:
    shown = asked(width=width)
    assert widest(shown) <= width
    assert not any(first == second == "" for first, second in pairwise(shown))
    assert shown[-5:] == ["  a  prva", "  b  druga", "  c  treća", "", "prisjećanja: 1 (zadnje 2024.)"]


def test_what_was_piped_is_echoed_and_answered_without_empty_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("(9\n"))
    made = screen(plain=True)
    monkeypatch.setattr(sys, "stdout", made.file)
    assert view.read_line(made, "Odgovor: ") == "(9"
    view.unreadable(made, "Ne mogu pročitati.")
    assert view.read_line(made, "Odgovor: ") is None
    assert isinstance(made.file, io.StringIO)
    assert made.file.getvalue() == "Odgovor: (9\nNEČITLJIVO. Ne mogu pročitati.\nOdgovor: \n"


def test_the_plain_prompt_is_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for varies, prompt in (
        (True, "Enter dalje, p cijeli dokaz, v drugi brojevi, k kraj, ? pomoć "),
        (False, "Enter dalje, p cijeli dokaz, k kraj, ? pomoć "),
    ):
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
        made = screen(plain=True)
        monkeypatch.setattr(sys, "stdout", made.file)
        assert view.after(made, varies=varies) == ""
        assert isinstance(made.file, io.StringIO)
        assert made.file.getvalue() == f"{prompt}\n"


def test_a_plain_proof_is_one_sentence() -> None:
    number, choice = samples.number(), samples.choice()
    counted = judge(number, samples.evidence(Case(9312)))
    assert lines(view.proof, number, counted, {}, whole=False, plain=True) == ["Dokaz: izračunato 9312."]
    measured = judge(choice, samples.evidence(first=False, second=True, third=False))
    assert lines(view.proof, choice, measured, {}, whole=False, plain=True) == ["Dokaz: mjereno second."]
    failed = Finding("n1", "error", "", {}, (Problem("worker_died", id="n1"),))
    (line,) = lines(view.proof, number, failed, {}, whole=False, plain=True)
    assert line.startswith("NIJE IZRAČUNATO. n1: Proces")
    empty = Finding("n1", "confirmed", "", {}, evidence=samples.evidence())
    assert lines(view.proof, number, empty, {}, whole=False, plain=True) == []


def test_a_plain_summary_counts_each_mistake() -> None:
    assert lines(view.summary, CAME_TO, "quizlab practice lab4", plain=True) == [
        "",
        "Odgovoreno 5 od 8: 2 točno, 1 djelomično, 2 krivo, za 1 min 15 s.",
        "Propust (2 puta): Zaboravljene su pristranosti.",
        f"Propust (1 put): {LONG.strip()}",
        "Za ponoviti: q1, q2.",
        "Odgovori su spremljeni.",
        "Nastavi: quizlab practice lab4",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_summary_is_set_in_paragraphs(width: int) -> None:
    shown = lines(view.summary, CAME_TO, "quizlab practice lab4", width=width)
    assert widest(shown) <= width
    assert not any(first == second == "" for first, second in pairwise(shown))
    assert shown[-4:] == ["", "Za ponoviti: q1, q2.", "Odgovori su spremljeni.", "Nastavi: quizlab practice lab4"]


def test_a_summary_of_nothing_promises_nothing() -> None:
    nothing = Summary(0, 8, 0, 0, 0, 0.0, (), ())
    assert [line for line in lines(view.summary, nothing, "quizlab practice") if line] == ["Odgovoreno 0 od 8: ništa."]
