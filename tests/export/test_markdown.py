"""The guide, read by markdown-it as a page would show it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab.commands.exporting import inlined
from quizlab.export import FORMATS, Document
from quizlab.export.markdown import anchor
from quizlab.model import Finding, Snippet
from tests.export import helpers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def document() -> Document:
    return FORMATS["md"]("Vodič *za* blic", helpers.entries())


@pytest.fixture(scope="module")
def guide(document: Document) -> str:
    return document.text(lambda name: f"slike/{name}")


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


def test_contents_lead_to_headings(guide: str) -> None:
    links = [
        str(child.attrs["href"])
        for token in helpers.tokens(guide)
        for child in token.children or []
        if child.type == "link_open"
    ]
    headed = [
        f"#{name}"
        for name, (tag, _) in zip(helpers.anchors(guide), helpers.headings(guide), strict=True)
        if tag in ("h2", "h3")
    ]
    assert [helpers.MARKDOWN.normalizeLink(link) for link in headed] == links


def test_anchors_are_counted_as_github_counts_them() -> None:
    seen: dict[str, int] = {}
    assert [anchor(text, seen) for text in ("q1 · a_b-č²?", "Q1 · a_b-č²", "x")] == ["q1--a_b-č", "q1--a_b-č-1", "x"]


def test_tables_are_whole(guide: str) -> None:
    found = helpers.tables(guide)
    # a table of evidence in each of the three proofs, and one ledger
    assert len(found) == 4
    for table in found:
        assert len({len(row) for row in table}) == 1
    assert found[0] == [
        ["tenzor", "uloga | zašto", "broj"],
        ["conv.weight", helpers.HOSTILE, "9216"],
        ["conv.bias", "", "32"],
        ["ukupno", "", "9248"],
    ]


def test_ledger_names_its_sources(guide: str) -> None:
    assert helpers.tables(guide)[1] == [
        ["izvor", "odgovor", "presuda", "napomena"],
        ["bilješke, 2. 6. 2024.", "9312", "potvrđeno", ""],
        ["forum", "9*c*c*c = 294\u202f912", "opovrgnuto", "krivo | množenje"],
        ["forum", "", "bez odgovora", ""],
    ]


def test_tables_stand_straight_in_the_source(guide: str) -> None:
    ledger = guide[guide.index("| izvor") :].split("\n\n", maxsplit=1)[0].split("\n")
    assert len({line.index("|", 2) for line in ledger}) == 1


def test_code_is_the_snippet(guide: str) -> None:
    fences = [(token.info, token.content) for token in helpers.tokens(guide) if token.type == "fence"]
    assert fences == [("python", helpers.CODE), ("text", "{folder}\n2\n")] * 3


def test_images_are_there(document: Document, guide: str) -> None:
    images = [
        ("".join(text.content for text in child.children or []), child.attrs["src"])
        for token in helpers.tokens(guide)
        for child in token.children or []
        if child.type == "image"
    ]
    assert images == [(helpers.PLOT.title, f"slike/{name}") for name in document.images]
    assert list(document.images) == ["q1-2.svg", "q2-2.svg", "q3-2.svg"]


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


@pytest.mark.parametrize("code", ["", "\n", "`", "```\n````\n", "~~~", "    uvučeno\n\n\n\nkraj", "x\ty\n"])
def test_any_code_comes_through(code: str) -> None:
    question = helpers.entries()[0].question
    found = helpers.finding(question, evidence=helpers.evidence(snippet=Snippet(code, code), blocks=()))
    text = FORMATS["md"]("x", [helpers.Entry(helpers.bank(question), question, found)]).text(str)
    fences = [token.content for token in helpers.tokens(text) if token.type == "fence"]
    assert [fence.rstrip("\n") for fence in fences] == [code.rstrip("\n")] * 2
