"""What is said after an answer: in a line a statement for ears and logs, under one margin on a terminal."""

from __future__ import annotations

import pytest

from quizlab.model import AnyQuestion, Dispute, Option
from quizlab.question.grading import Graded, grade
from quizlab.view import feedback
from tests import samples
from tests.view.shown import WIDTHS, lines, widest


def said(question: AnyQuestion, typed: str, *, width: int = 80, plain: bool = False) -> list[str]:
    result = grade(question, typed)
    assert isinstance(result, Graded)
    return lines(feedback.graded, question, result, typed, width=width, plain=plain)


DISPUTED = samples.choice(dispute=Dispute("c", ("third",), "Pitanje je sporno.", "tabor"))
DOTTED = samples.choice(options={"a": Option("Prvo.", claim="first", says="Ne.", tag="a"), "b": Option("Drugo.")})


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        (samples.number(), "9312", ["TOČNO."]),
        (samples.number(), "9.312", ["TOČNO. Pročitano kao: 9312."]),
        (samples.number(), "9280", ["KRIVO. Zaboravljene su pristranosti (32). Točno: 9312."]),
        (samples.number(), "12345678", ["KRIVO. Točno: 9312."]),
        (samples.choice(), "a", ["KRIVO. Prva ne vrijedi. Točno: b – druga."]),
        (DOTTED, "a", ["KRIVO. Ne. Točno: b – Drugo."]),
        (DISPUTED, "c", ["TOČNO.", "Pitanje je sporno."]),
        (samples.multi(), "b", ["DJELOMIČNO. Nisu svi točni odgovori označeni. Točno: b – druga; c – treća."]),
        (samples.shape(), "1x784", ["TOČNO. Pročitano kao: (1, 784)."]),
        (
            samples.oral(),
            "2",
            ["DJELOMIČNO. Rečeno: 1 od 3 točke.", "Nedostaje točka 1: jedan.", "Nedostaje točka 3: tri."],
        ),
    ],
)
def test_plain_says_the_verdict_first_and_one_statement_a_line(
    question: AnyQuestion, typed: str, shown: list[str]
) -> None:
    plain = said(question, typed, plain=True)
    assert plain[: len(shown)] == shown
    assert plain[-1] == "Objašnjenje: Zato."
    assert all(line.endswith(".") for line in plain)


def test_a_terminal_shows_verdict_key_and_explanation_apart() -> None:
    assert said(samples.number(), "9280") == [
        "✗ 9280 — Zaboravljene su pristranosti (32).",
        "  Točno: 9312",
        "",
        "Zato.",
    ]
    assert said(samples.number(), "12345678")[0] == "✗ 12\u202f345\u202f678 — krivo."
    assert said(DISPUTED, "c") == ["✓ c — točno.", "", "Pitanje je sporno.", "", "Zato."]
    assert said(samples.oral(), "2") == [
        "◐ Rečeno: 1 od 3 točke.",
        "  Nedostaje:",
        "  1  jedan",
        "  3  tri",
        "",
        "Zato.",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_verdict_wraps_under_itself(width: int) -> None:
    option = Option("prva", claim="first", says="riječ " * 30, tag="a")
    shown = said(samples.choice(options={"a": option, "b": Option("druga " * 20)}), "a", width=width)
    assert widest(shown) <= width
    assert shown[0].startswith("✗ a — riječ")
    verdict = shown[: shown.index("")]
    assert all(line.startswith("  ") for line in verdict[1:])
    assert sum(line.startswith("  Točno: b") for line in verdict) == 1


def test_a_formula_is_echoed_with_decimal_commas() -> None:
    question = samples.pair()
    shown = " ".join(said(question, "0,5*K; M", width=200))
    assert "0,5·K; M" in shown
    assert "0.5" not in shown
