"""The page of an answer fits on a small screen, whatever was asked and however it was answered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from quizlab.bank import load, shipped
from quizlab.model import AnyQuestion, Bank, Finding
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from tests.pages import SIZES, Page, asked_rows, pages, posed

pytest.importorskip("torch", reason="without torch there is nothing to put on the page")
pytestmark = pytest.mark.stress  # every page of every question: half a minute

Shown = dict[tuple[int, int], list[Page]]
Prove = Callable[[AnyQuestion], Finding]
CURSOR = 1
"""The row in which the terminal waits for a key."""


@pytest.fixture(scope="module")
def prove() -> Iterator[Prove]:
    """One worker for all; each asking of a question is proved once."""
    kept: dict[str, Finding] = {}
    with Worker() as worker:

        def run(question: AnyQuestion) -> Finding:
            name = f"{question.id} {sorted(question.params.items())}"
            if name not in kept:
                kept[name] = verify(question, worker.run)
            return kept[name]

        yield run


@pytest.fixture(scope="module")
def every(prove: Prove) -> list[tuple[Bank, AnyQuestion, Shown]]:
    """Every shipped question with its pages, by the size of the screen."""
    return [
        (bank, question, {size: list(pages(bank, question, prove, size)) for size in SIZES})
        for bank in map(load, shipped())
        for question in bank.questions
    ]


def test_every_page_fits_on_a_small_screen(every: list[tuple[Bank, AnyQuestion, Shown]]) -> None:
    rows = ["| question | whole page, 80×24 | from the verdict on, 40×20 | asking, 80×24 |", "|---|---|---|---|"]
    too_long = []
    for bank, question, found in every:
        whole = max(found[SIZES[0]], key=lambda each: len(each.lines))
        asking = max(asked_rows(bank, question, each, SIZES[0]) for _, each in posed(question))
        below = max(found[SIZES[1]], key=lambda each: len(each.lines) - each.verdict)
        tall = (len(whole.lines), len(below.lines) - below.verdict, asking)
        rows.append(f"| {question.id} | {tall[0]} | {tall[1]} | {tall[2]} |")
        limits = (SIZES[0][1] - CURSOR, SIZES[1][1] - CURSOR, SIZES[0][1])
        too_long += [(question.id, tall, whole.case, below.case)] if any(map(int.__gt__, tall, limits)) else []
        for (width, _), shown in found.items():
            assert all(cell_len(line) <= width for each in shown for line in each.lines), question.id
    if place := os.environ.get("QUIZLAB_ROWS"):  # where to write the table of rows
        Path(place).write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert too_long == []


def test_a_page_says_what_it_must(every: list[tuple[Bank, AnyQuestion, Shown]]) -> None:
    for _, question, found in every:
        for each in found[SIZES[0]]:
            text = " ".join(each.lines)
            assert "⏎ dalje" in each.lines[-1], each.case
            assert each.lines[each.verdict][0] in "✓✗◐–", each.case
            right = each.lines[each.verdict].startswith("✓")
            assert right or "Točno: " in text or "Nedostaje:" in text or "Trebalo je reći:" in text, each.case
            assert not question.mark or "blicu" in text, each.case


def test_right_once_more_says_less(every: list[tuple[Bank, AnyQuestion, Shown]]) -> None:
    shown = next(found[SIZES[0]] for _, question, found in every if question.id == "q16")
    first, again = (next(each for each in shown if each.case == f"asked, c, again={known}") for known in (False, True))
    assert len(again.lines) < len(first.lines) - 5
    assert any("Na blicu" in line for line in again.lines)
    assert not any("Izmjereno" in line for line in again.lines)
