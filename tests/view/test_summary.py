"""The end of a session: score, what was weak by name, forecast and the next command, all on one screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest

from quizlab.learning.stats import Promise
from quizlab.session.summing import Summary, Weak
from quizlab.view import summary as view
from tests import samples
from tests.conftest import shipped_bank
from tests.view.shown import WIDTHS, lines, widest

QUESTIONS = {each.id: each for each in shipped_bank("lab4").questions}
AHEAD = view.Ahead("lab4", Promise(0.5, 0.85, 15.0, 9), None, 540.0, "quizlab practice --resume")
NOTHING = Summary(0, 0, 0, 0, 0, 0, 8, 8, 0, 0, 0, 0.0)
SOME = Summary(5, 2, 1, 2, 0, 1, 9, 3, 2, 4, 3, 75.0, (Weak("q1", 3, "wrong"), Weak("q4", 1, "right")))
WORST = Summary(
    26, 0, 9, 9, 8, 0, 26, 0, 26, 40, 12, 3600.0, tuple(Weak(name, 3, "wrong") for name in list(QUESTIONS)[:26])
)


def test_in_plain_lines() -> None:
    shown = lines(view.summary, SOME, QUESTIONS, AHEAD, plain=True)
    first, fourth = (" ".join(QUESTIONS[name].prompt.split()) for name in ("q1", "q4"))
    assert shown[:4] == [
        "",
        "Odgovoreno 5 od 9: 2 točno, 1 djelomično, 2 krivo, 1 preskočeno, za 1 min 15 s.",
        "Ponavljanja: 4, točno 3.",
        "Za ponavljanje: q1.",
    ]
    assert shown[4].startswith("q1, krivo (3 puta): Koliko parametara")
    assert shown[5] == f"q4, u ponavljanju točno: {fourth}"
    assert first
    assert shown[6:] == [
        "Prognoza za jedan dan (lab4): 5 od 10 → 8,5 nakon još 15 minuta vježbanja.",
        "Preostalo: 3 pitanja i 2 za ponavljanje, oko 9 minuta. Odgovori su spremljeni.",
        "Dalje: quizlab practice --resume",
    ]


@pytest.mark.parametrize("came_to", [SOME, WORST, msgspec.structs.replace(WORST, over=True)])
@pytest.mark.parametrize(("width", "rows"), [(80, 23), (40, 20)])
def test_it_fits_one_screen(came_to: Summary, width: int, rows: int) -> None:
    shown = lines(view.summary, came_to, QUESTIONS, AHEAD, width=width)
    assert len(shown) < rows
    assert shown[-1] == "Dalje: quizlab practice --resume"


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_set_in_paragraphs(width: int) -> None:
    shown = lines(view.summary, WORST, QUESTIONS, AHEAD, width=width)
    assert widest(shown[:-1]) <= width, "all but the command, which is to be copied whole"
    assert not any(first == second == "" for first, second in pairwise(shown))
    assert sum("✗ q" in line for line in shown) == (6 if width >= 60 else 4)


def test_nothing_done_promises_nothing() -> None:
    assert [line for line in lines(view.summary, NOTHING, QUESTIONS, AHEAD) if line] == ["Odgovoreno 0 od 8."]


def test_an_exam_that_was_named_is_named() -> None:
    exam = datetime.now().astimezone() + timedelta(days=1)
    ahead = msgspec.structs.replace(AHEAD, exam=exam)
    assert any(line.startswith("Prognoza sutra u ") for line in lines(view.summary, SOME, QUESTIONS, ahead))


def test_what_a_bank_says_is_no_markup() -> None:
    hostile = samples.choice(id="q1", prompt="[red]\x1b[31mKoliko?[/red]")
    shown = lines(view.summary, SOME, QUESTIONS | {"q1": hostile}, AHEAD)
    assert any("[red][31mKoliko?[/red]" in line for line in shown)
