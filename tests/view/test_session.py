"""The practice screens: questions, prompts, the proof in short, the summary."""

from __future__ import annotations

import io
import sys
from itertools import pairwise

import msgspec
import pytest

from quizlab.log import Entry
from quizlab.model import Bank, Case, Finding, Group, Problem, Recollection
from quizlab.proof.judge import judge
from quizlab.session.practice import Place
from quizlab.view import session as view
from tests import samples
from tests.view.shown import WIDTHS, lines, screen, widest

BANK = Bank("lab4", "Ugrađivanje", {"A": Group("bilješke", "2024-06-02")}, (), {})


def asked(number: int = 1, *, plain: bool = False, width: int = 80) -> list[str]:
    question = samples.choice(recollections=(Recollection("A"),))
    return lines(view.question, Place(number, 2), question, question, BANK, None, width=width, plain=plain)


def test_plain_questions_are_set_apart_by_one_empty_line() -> None:
    first = ["Pitanje 1 od 2. lab4, arhitektura, c1.", "Koliko?", "a) prva", "b) druga", "c) treća"]
    assert asked(plain=True) == first
    assert asked(2, plain=True)[:2] == ["", "Pitanje 2 od 2. lab4, arhitektura, c1."]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_stands_between_single_empty_lines(width: int) -> None:
    shown = asked(width=width)
    assert widest(shown) <= width
    assert not any(first == second == "" for first, second in pairwise(shown))
    options, history = ["  a  prva", "  b  druga", "  c  treća"], "zapamćeno u 1 izvoru (posljednji 2024.)"
    assert " ".join(shown).endswith(" ".join([*options, "", history]))


def test_a_varied_question_says_so_and_when_it_was_answered() -> None:
    question = samples.number(recollections=(Recollection("A"),))
    varied = msgspec.structs.replace(question, params={"c": 8})
    last = Entry("2020-01-01T00:00:00+00:00", "s", "n1", "{}", "", "", "wrong", "", 1.0)
    history = lines(view.question, Place(1, 1), varied, question, BANK, last, width=120)[-1]
    assert history.startswith("zapamćeno u 1 izvoru (posljednji 2024.) · ti: prije ")
    assert history.endswith(", krivo · drugi brojevi")


@pytest.mark.parametrize(("varies", "middle"), [(True, ", v drugi brojevi"), (False, "")])
def test_the_plain_prompt_is_words(monkeypatch: pytest.MonkeyPatch, varies: bool, middle: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    made = screen(plain=True)
    monkeypatch.setattr(sys, "stdout", made.file)
    assert view.after(made, varies=varies) == "next"
    assert isinstance(made.file, io.StringIO)
    assert made.file.getvalue() == f"Enter dalje, p cijeli dokaz{middle}, u poništi, q kraj, ? pomoć \n"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_hint_says_which_step_it_is_and_fits(width: int) -> None:
    question = samples.number(hints=("Što se uči gradijentom? " * 4, "Broji {c} kanala."))
    assert widest(lines(view.hint, question, 1, width=width)) <= width
    assert lines(view.hint, question, 2, plain=True) == ["Trag 2 od 2: Broji 32 kanala."]
    assert lines(view.hint, question, 3, plain=True) == ["Više tragova nema."]
    assert lines(view.hint, samples.number(), 1, plain=True) == ["Za ovo pitanje nema traga."]


def test_a_plain_proof_is_one_sentence() -> None:
    number, choice = samples.number(), samples.choice()
    counted = judge(number, samples.evidence(Case(9312)))
    assert lines(view.proof, number, counted, {}, whole=False, plain=True) == ["Dokaz: izračunato 9312."]
    measured = judge(choice, samples.evidence(first=False, second=True, third=False))
    assert lines(view.proof, choice, measured, {}, whole=False, plain=True) == ["Dokaz: mjereno second."]
    failed = Finding("n1", "error", samples.key(""), {}, (Problem("worker_died", id="n1"),))
    (line,) = lines(view.proof, number, failed, {}, whole=False, plain=True)
    assert line.startswith("NIJE IZRAČUNATO. n1: Proces")
    empty = Finding("n1", "confirmed", samples.key(""), {}, evidence=samples.evidence())
    assert lines(view.proof, number, empty, {}, whole=False, plain=True) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_returns_keeps_its_number_and_says_so(width: int) -> None:
    question = samples.choice()
    shown = lines(view.question, Place(3, 5, again=True), question, question, BANK, None, width=width)
    assert "ponovno · 3/5" in " ".join(shown[1:3])
    assert widest(shown) <= width
    plain = lines(view.question, Place(1, 5, again=True), question, question, BANK, None, plain=True)
    assert plain[:2] == ["", "Pitanje 1 od 5 ponovno. lab4, arhitektura, c1."]


def test_a_session_says_how_long_it_will_take() -> None:
    assert lines(view.begun, 26, 1110.0, plain=True) == ["26 pitanja, oko 18 minuta."]
    assert lines(view.begun, 1, 30.0, plain=True) == []
    assert lines(view.resumed, 3, 2, 60.0, plain=True) == [
        "Nastavljam prekinuto vježbanje. Iza tebe: 3 pitanja; preostalo: 2, oko 1 minute."
    ]


def test_an_oral_question_that_returns_asks_only_for_what_was_missing() -> None:
    question = samples.oral()
    assert lines(view.only_missing, question, (1, 2, 3), plain=True) == []
    assert lines(view.only_missing, question, (2,), plain=True) == [
        "Ovaj put samo ono što je nedostajalo: 1 točka od 3."
    ]
    shown = lines(view.points, question, (3,), plain=True)[1:]
    assert [line[:2] for line in shown] == ["3)"]
