"""Lists of questions, a question whole, the list of proofs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from rich.cells import cell_len

from quizlab.model import AnyQuestion, Bank, Group, Place, Recollection
from quizlab.view import listing
from tests import samples
from tests.view.shown import WIDTHS, lines, squeezed, widest

GROUPS = {"A": Group("bilješke s predavanja", "2024-06-02"), "B": Group("forum")}
REMEMBERED = (Recollection("A", "9312"), Recollection("A", "9*c*c"), Recollection("B"), Recollection("B", option="b"))
LONG = "漢字漢字 Koliko parametara ima konvolucijska jedinica s c = {c} kanala, i zašto ih ima baš toliko?"


def questions() -> tuple[AnyQuestion, ...]:
    return (
        samples.number(id="q1", prompt=LONG, recollections=REMEMBERED),
        samples.choice(id="q10", prompt="Kratko?", recollections=REMEMBERED[2:]),
        samples.oral(id="oznaka-koja-je-neobicno-duga-za-oznaku"),
    )


def listed(monkeypatch: pytest.MonkeyPatch, width: int = 80, *, plain: bool = False) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    banks = [Bank("lab4", "Ugrađivanje", GROUPS, questions(), {}), Bank("lab3", "RNN", {}, (samples.shape(),), {})]
    return lines(listing.questions, banks, questions(), width=width, plain=plain)


@pytest.mark.parametrize("width", [*WIDTHS, 200, 12, 5])
def test_each_question_is_a_line_that_fits(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    shown = listed(monkeypatch, width)
    assert len(shown) == 1 + len(questions())
    assert widest(shown) <= width
    for line in shown[1:]:
        assert line.endswith("…") or cell_len(line) < 200


def test_a_list_says_id_weight_and_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        sys.modules[__name__],
        "questions",
        lambda: (samples.number(id="q1", prompt="Za {c}?", recollections=REMEMBERED), samples.choice(id="q10")),
    )
    assert listed(monkeypatch) == ["lab4 · Ugrađivanje · 2 pitanja", "q1   2×  Za 32?", "q10  0×  Koliko?"]


def test_a_plain_list_cuts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = listed(monkeypatch, 30, plain=True)
    assert shown[1] == f"q1: {LONG.format(c=32)} Tema: arhitektura; vrsta: broj; zapamćeno u 2 izvora."
    assert shown[2] == "q10: Kratko? Tema: arhitektura; vrsta: izbor; zapamćeno u 1 izvoru."
    assert shown[0] == "lab4: Ugrađivanje, 3 pitanja."


def test_a_list_is_made_without_rich() -> None:
    code = (
        "import sys; from quizlab.model import Bank; from quizlab.view import listing;"
        "from quizlab.view.screen import Screen; from tests import samples; q = samples.number();"
        "listing.questions(Screen(), [Bank('lab4', 'x', {}, (q,), {})], [q]);"
        "slow = ('rich.console', 'rich.table', 'rich.text', 'plotille', 'matplotlib');"
        "print(*[name for name in slow if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.splitlines()[-1] == ""
    assert run.stdout.startswith("lab4 · x · 1 pitanje\nn1")


def whole(question: AnyQuestion, *, width: int = 80, plain: bool = False) -> list[str]:
    return lines(listing.whole, question, GROUPS, Place("/mapa/lab4.yaml", 11, 20), width=width, plain=plain)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", questions(), ids=lambda each: each.id)
def test_a_question_whole_fits_and_loses_nothing(question: AnyQuestion, width: int) -> None:
    shown = whole(question, width=width)
    assert widest(shown) <= width
    seen = squeezed("".join(shown))
    for text in (question.id, "arhitektura", "Zato.", "/mapa/lab4.yaml:11", "lab4.unit_parameters"):
        assert text in seen


def test_a_question_whole_says_its_key_and_who_remembered_what() -> None:
    shown = whole(questions()[0])
    assert "Ključ: 9312" in shown
    assert "Parametri (--set): c = 32" in shown
    assert "  9312          A, bilješke s predavanja, 2. 6. 2024." in shown
    assert "  bez odgovora  B, forum" in shown
    assert "  b  druga" in whole(questions()[1])
    assert "  1  jedan" in whole(questions()[2])


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.id)
def test_plain_is_one_statement_a_line(question: AnyQuestion) -> None:
    shown = whole(question, plain=True)
    assert all(shown)
    assert not any(line.startswith(" ") for line in shown)
    assert not set("".join(shown)) & set("\x1b│─")


def test_plain_options_and_points_are_numbered() -> None:
    assert "b) druga" in whole(questions()[1], plain=True)
    assert "2) dva" in whole(questions()[2], plain=True)


@pytest.mark.parametrize("width", WIDTHS)
def test_proofs_are_listed_with_their_parameters(width: int) -> None:
    signatures = {"lab4.unit_parameters": ["kernel: int 1–512", "order: bn-relu-conv | conv-bn-relu"], "lab4.modes": []}
    shown = lines(listing.hooks, {"lab4.modes": ["q9"]}, signatures, width=width)
    assert widest(shown) <= width
    seen = squeezed("".join(shown))
    assert "lab4.unit_" in seen
    assert "lab4.unit_parameters" in seen or width < 60
    assert "int1–512" in seen or width < 60
    assert "q9" in seen


def test_a_plain_question_whole_is_labelled_and_says_where_it_stands() -> None:
    assert whole(questions()[0], plain=True) == [
        "q1, arhitektura, broj.",
        LONG.format(c=32),
        "Ključ: 9312.",
        "Objašnjenje: Zato.",
        "Parametri (--set): c = 32",
        "Zapamćeno: 9312. Izvor: A, bilješke s predavanja, 2. 6. 2024.",
        "Zapamćeno: 9*c*c. Izvor: A, bilješke s predavanja, 2. 6. 2024.",
        "Zapamćeno bez odgovora. Izvor: B, forum.",
        "Zapamćeno: odgovor b. Izvor: B, forum.",
        "Datoteka: /mapa/lab4.yaml:11",
        "Dokaz: lab4.unit_parameters",
    ]


def test_a_plain_list_of_proofs_leaves_out_what_there_is_not() -> None:
    shown = lines(listing.hooks, {"lab4.modes": ["q9"]}, {"lab4.modes": []}, plain=True)
    assert shown == ["dokaz: lab4.modes; pitanja: q9"]
