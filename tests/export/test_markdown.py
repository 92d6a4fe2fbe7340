"""The guide, read by markdown-it as a page would show it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab.commands.exporting import inlined
from quizlab.export import FORMATS
from quizlab.model import Finding
from tests.export import helpers

ROOT = Path(__file__).resolve().parents[2]


def test_headings(guide: str) -> None:
    assert helpers.headings(guide) == [
        ("h1", "Vodič *za* blic"),
        ("h2", "lab4 · Metričko *ugrađivanje*"),
        ("h3", "q1 · arhitektura"),
        ("h4", "Dokaz"),
        ("h4", "Što se pamtilo"),
        ("h3", "q2 · učenje i još"),
        ("h4", "Dokaz"),
        ("h3", "q3 · arhitektura"),
        ("h4", "Dokaz"),
        ("h2", "lab3 · RNN"),
        ("h3", "q4 · arhitektura"),
    ]


def test_is_markdown_without_html(guide: str) -> None:
    _, tags = helpers.read(guide)
    blocks = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    assert tags <= blocks | {"a", "strong", "em", "code", "img"}


def test_says_everything(guide: str) -> None:
    shown, _ = helpers.read(guide)
    for text in (
        "Koliko ih ima za c = 32 u a_b?",
        "Odgovor: 9312 (potvrđeno, izračunato 9312)",
        "✗ 9280 Zaboravljene su pristranosti (32).",
        "a prva b druga c treća",
        "✓ b druga (potvrđeno). Izmjereno: druga | mjera.",
        "✗ a Prva ne vrijedi. Izmjereno: prva mjera.",
        "jedan ○ prva mjera",
        "dva ✓ druga | mjera",
        "✓ ničija mjera",
        "# nije naslov",
        "Tablica *jedna*",
        "(nije izračunato)",
    ):
        assert text in shown


def test_order_is_question_answer_why_mistakes_proof_ledger(guide: str) -> None:
    first = guide[guide.index("### q1") : guide.index("### q2")]
    places = [
        first.index(text) for text in ("Koliko", "Odgovor", "Zato.", "✗ **9280", "#### Dokaz", "```", "#### Što se")
    ]
    assert places == sorted(places)


def test_same_bytes_in_this_process_and_in_others(guide: str) -> None:
    again = FORMATS["md"]("Vodič *za* blic", helpers.entries()).text(lambda name: f"slike/{name}")
    assert again == guide
    code = (
        "import sys; from quizlab.commands.exporting import inlined; from quizlab.export import FORMATS;"
        "from tests.export import helpers;"
        "sys.stdout.buffer.write(inlined(FORMATS['md']('x', helpers.entries())).encode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode() == inlined(FORMATS["md"]("x", helpers.entries()))


def test_an_empty_guide_is_a_guide() -> None:
    text = FORMATS["md"]("Vodič", []).text(str)
    assert text.startswith("# Vodič\n\nPitanja: 0.")
    assert text.endswith("\n")


@pytest.mark.parametrize("entry", helpers.entries(), ids=lambda each: each.question.id)
def test_what_was_not_computed_is_said(entry: helpers.Entry) -> None:
    broken = Finding(entry.finding.id, "error", entry.finding.key, entry.finding.parameters)
    text = FORMATS["md"]("x", [helpers.Entry(entry.bank, entry.question, broken)]).text(str)
    assert "nije izračunato" in text
    assert "```" not in text
