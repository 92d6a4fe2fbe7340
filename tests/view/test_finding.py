"""The proof of one question, and the state of banks at a glance."""

from __future__ import annotations

import re
from itertools import pairwise

import msgspec
import pytest

from quizlab.model import (
    AnyQuestion,
    Bank,
    Case,
    Claim,
    Evidence,
    Finding,
    Plot,
    Problem,
    Recollection,
    Ruling,
    Series,
    Snippet,
    Table,
)
from quizlab.numbers import NARROW
from quizlab.proof.judge import judge
from quizlab.telling import words
from quizlab.telling.told import told
from quizlab.view import finding as view
from tests import samples
from tests.view.shown import WIDTHS, lines, squeezed, widest

CODE = "import torch\n\nfor red in range(2):\n    print('x' * 90, 'redak koji je širi od svakog terminala', red)"
EVIDENCE = Evidence(
    Snippet(CODE, "0\n1"),
    (Case(9312),),
    (
        Claim("first", False, "izmjereno je prvo"),
        Claim("second", True, "izmjereno je drugo"),
        Claim("third", False, "izmjereno je treće"),
        Claim("free", True, "izmjereno je nešto što nikomu ne pripada"),
    ),
    (
        Table(("tenzor", "elemenata"), (("conv.weight", 9216),), title="Tenzori"),
        Plot("Krivulja", "x", "y", (Series("gubitak", (0, 1), (1, 0)),)),
    ),
)
REMEMBERED = (
    Recollection("A", "9312"),
    Recollection("B", "9*c*c*c", note="drugi put množi s brojem kanala umjesto da pribroji pristranosti"),
    Recollection("C", "tvrdnja bez napomene", claims=("first",)),
    Recollection("D", "tvrdnja s presudom", claims=("second",), ruling=Ruling("incomplete", ("free",))),
    Recollection("E"),
)
VERSIONS = {"torch": "2.13.0"}


def kinds() -> list[AnyQuestion]:
    return [
        samples.number(prompt="Koliko parametara ima jedinica za c = {c}?", recollections=REMEMBERED),
        samples.choice(recollections=REMEMBERED[2:]),
        samples.oral(recollections=REMEMBERED[2:]),
    ]


def judged(question: AnyQuestion) -> Finding:
    return judge(question, EVIDENCE)


def whole(question: AnyQuestion, *, width: int = 80, plain: bool = False) -> list[str]:
    return lines(view.whole, question, judged(question), VERSIONS, width=width, plain=plain)


def without_code(shown: list[str]) -> list[str]:
    """The lines besides the snippet, which is never folded."""
    return [line for line in shown if line not in CODE.split("\n")]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("question", kinds(), ids=lambda each: each.id)
def test_is_never_too_wide_and_says_everything(question: AnyQuestion, width: int) -> None:
    shown = whole(question, width=width)
    assert widest(without_code(shown)) <= width
    assert not any(first == second == "" for first, second in pairwise(shown))
    seen = squeezed("".join(shown))
    for row in view.ledger(told(question, judged(question))).rows:
        for cell in row:
            for word in str(cell).split():
                assert word in seen or width < 80  # a folded word may stand in two lines
    for word in ("conv.weight", "9216", "Krivulja", "Tenzori", "gubitak", "torch2.13.0"):
        assert word in seen


def test_a_ledger_never_breaks_its_words_and_is_a_list_where_it_would() -> None:
    for width in WIDTHS:
        shown = whole(kinds()[0], width=width)
        for word in ("prisjećanje", "potvrđeno", "opovrgnuto", "nepotpuno", "pristranosti"):
            assert any(word in line for line in shown)
    start = shown.index("  prisjećanje B")
    assert shown[start + 1].startswith("    odgovor: 9*c*c*c")
    assert "    presuda: opovrgnuto" in shown[start:]
    assert any(line.startswith("    napomena: drugi put") for line in shown[start:])


def test_order_on_the_screen() -> None:
    shown = "\n".join(whole(kinds()[0]))
    order = (
        "n1 · Koliko",
        "Tenzori",
        "Krivulja",
        "✓  izmjereno je nešto",
        "ključ",
        "prisjećanje A",
        "import torch",
        "→ 1",
        "izračunato sada",
    )
    places = [shown.index(text) for text in order]
    assert places == sorted(places)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_can_be_pasted(width: int, plain: bool) -> None:
    assert CODE in "\n".join(whole(kinds()[0], width=width, plain=plain))


def test_ledger_of_a_value() -> None:
    assert view.ledger(told(kinds()[0], judged(kinds()[0]))).rows == (
        ("ključ", "9312", "potvrđeno", "izračunato 9312"),
        ("prisjećanje A", "9312", "potvrđeno", ""),
        ("prisjećanje B", f"9*c*c*c = 294{NARROW}912", "opovrgnuto", REMEMBERED[1].note),
        ("prisjećanje C", "tvrdnja bez napomene", "opovrgnuto", "izmjereno je prvo"),
        ("prisjećanje D", "tvrdnja s presudom", "nepotpuno", ""),
        ("prisjećanje E", "", "bez odgovora", ""),
        ("pogreška", "9280", "opovrgnuto", "Zaboravljene su pristranosti (32)."),
    )


def test_ledger_of_options_quotes_what_was_measured() -> None:
    assert view.ledger(told(kinds()[1], judged(kinds()[1]))).rows[:3] == (
        ("odgovor a", "prva", "opovrgnuto", "izmjereno je prvo"),
        ("ključ b", "druga", "potvrđeno", "izmjereno je drugo"),
        ("odgovor c", "treća", "opovrgnuto", "izmjereno je treće"),
    )
    shown = "\n".join(whole(kinds()[1]))
    assert shown.count("izmjereno je treće") == 1  # not a second time among the claims
    assert shown.count("izmjereno je nešto") == 1


def test_ledger_of_key_points() -> None:
    assert view.ledger(told(kinds()[2], judged(kinds()[2]))).rows[:3] == (
        ("točka 1", "jedan", "opovrgnuto", "izmjereno je prvo"),
        ("točka 2", "dva", "potvrđeno", "izmjereno je drugo"),
        ("točka 3", "tri", "", ""),
    )


@pytest.mark.parametrize("question", kinds(), ids=lambda each: each.id)
def test_plain_is_one_statement_a_line(question: AnyQuestion) -> None:
    shown = whole(question, plain=True)
    assert all(line for line in without_code(shown))
    assert not set("".join(shown)) & set("\x1b│┤─└┬█░")
    assert not any(line.startswith(" ") for line in without_code(shown))
    assert "NEPOTPUNO. Prisjećanje D: tvrdnja s presudom." in shown


def test_plain_ledger_says_the_verdict_first() -> None:
    shown = whole(kinds()[0], plain=True)
    assert "POTVRĐENO. Ključ: 9312. Zašto: izračunato 9312." in shown
    assert "BEZ ODGOVORA. Prisjećanje E." in shown
    assert "OPOVRGNUTO. Pogreška: 9280. Zašto: Zaboravljene su pristranosti (32)." in shown
    assert "BEZ IZRAČUNA. Točka 3: tri." in whole(kinds()[2], plain=True)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("question", kinds(), ids=lambda each: each.id)
def test_what_could_not_be_computed_is_said(question: AnyQuestion, plain: bool) -> None:
    broken = Finding(question.id, "error", samples.key("9312"), {"c": 32}, (Problem("torch_missing", id=question.id),))
    shown = lines(view.whole, question, broken, {}, plain=plain)
    assert any("nije instaliran" in line for line in shown)
    assert shown[-1] == ("Nije izračunato." if plain else "nije izračunato")
    if plain:
        assert all(line.startswith("NIJE IZRAČUNATO. ") for line in shown[:-1])


def bank(name: str, *questions: AnyQuestion) -> Bank:
    return Bank(name, "naslov", {}, questions, {})


def glance(*, width: int = 80, plain: bool = False) -> list[str]:
    first, second, third = kinds()
    found = [judged(each) for each in (first, second)] + [Finding("o1", "error", samples.key(""), {})]
    return lines(
        view.glance, [bank("lab4", first, second), bank("vježba5", third)], found, 4.94, width=width, plain=plain
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_glance_is_never_too_wide(width: int) -> None:
    shown = glance(width=width)
    assert widest(shown) <= width
    assert shown[-1] == "3 pitanja, 4,9 s"


def test_glance_shows_what_was_remembered_wrongly_and_why() -> None:
    shown = glance()
    assert shown[0] == f"lab4     {'█' * 30}  2/2 potvrđeno"
    assert shown[1].startswith("vježba5  ░")
    assert shown[1].endswith("  0/1 potvrđeno, 1 nije izračunato")
    assert "Što se krivo ili nepotpuno pamtilo (5 od ukupno 6)" in shown
    seen = squeezed("".join(shown))
    for text in ("n1", "B:9*c*c*c=294912", "opovrgnuto", "drugiputmnoži", "nepotpuno", "izmjerenojeprvo"):
        assert text in seen


def test_a_bar_is_full_only_when_everything_is_confirmed() -> None:
    questions = [samples.number(id=f"n{at}") for at in range(100)]
    found = [
        Finding(each.id, "confirmed" if at else "refuted", samples.key(""), {}) for at, each in enumerate(questions)
    ]
    (bar, *_) = lines(view.glance, [bank("lab4", *questions)], found, 1)
    assert "░" in bar


def test_plain_glance_is_one_statement_a_line() -> None:
    shown = glance(plain=True)
    assert shown[:2] == ["lab4: potvrđeno 2 od 2.", "vježba5: potvrđeno 0 od 1, 1 nije izračunato."]
    assert "OPOVRGNUTO. n1, prisjećanje C: tvrdnja bez napomene. Zašto: izmjereno je prvo." in shown
    assert shown[-1] == "Provjereno: 3 pitanja, za 4,9 s."
    assert all(shown)


def test_variants_have_no_recollections_and_still_a_ledger() -> None:
    question = msgspec.structs.replace(kinds()[0], recollections=())
    found = judge(question, EVIDENCE)
    assert [row[0] for row in view.ledger(told(question, found)).rows] == ["ključ", "pogreška"]


def test_plain_begins_with_the_verdict_and_ends_with_what_it_was_computed_with() -> None:
    shown = whole(kinds()[1], plain=True)
    assert shown[0].endswith(". c1: Koliko?")
    assert shown[0].split(".")[0] == words.VERDICTS[judged(kinds()[1]).verdict].upper()
    assert shown[-1].startswith("Izračunato sada za ")
    assert shown[-1].endswith(", torch 2.13.0.")
    assert shown[-3:-1] == ["Ispis: 0", "Ispis: 1"]


@pytest.mark.parametrize("question", kinds(), ids=lambda each: each.id)
def test_plain_sentences_end_once(question: AnyQuestion) -> None:
    shown = "\n".join(without_code(whole(question, plain=True)))
    assert not re.search(r"[.:;] ?[.:;]|[.] [(]", shown)


def test_variations_say_what_failed_with_which_numbers() -> None:
    bad = Finding("n1", "error", samples.key(""), {"c": 3}, (Problem("worker_died", id="n1"),))
    found = [Finding("n1", "confirmed", samples.key(""), {"c": 2}), bad]
    assert lines(view.variations, found, plain=True) == [
        "n1: s drugim brojevima potvrđeno 1 od 2.",
        "n1 uz c = 3:",
        "NIJE IZRAČUNATO. n1: Proces koji računa dokaz neočekivano je završio. Pokušaj ponovno.",
    ]
    assert lines(view.variations, found)[:3] == ["", "n1: s drugim brojevima potvrđeno 1/2", "c = 3"]
