"""Blocks of evidence as text, before any medium lays them out."""

from __future__ import annotations

from quizlab.model import Claim, Note, Plot, Series, Table
from quizlab.numbers import NARROW
from quizlab.telling import blocks
from quizlab.telling.blocks import Row, as_text

TABLE = Table(
    ("tenzor", "oblik\n[n]", "elemenata", "da"),
    (("conv", "(32,\t3)", 12345, True), ("\x1b[31mnorm", "", 0.5, False)),
    title=" Tablica\x1b ",
    total=("ukupno", "", 0.25, ""),
    marked=(1,),
)
CURVE = Plot("k", "x", "y", (Series("krivulja", tuple(range(101)), tuple(number / 4 for number in range(101))),))


def test_a_table_as_text_has_its_numbers_set_and_knows_its_total() -> None:
    text = as_text(TABLE)
    assert (text.title, text.head) == ("Tablica", ("tenzor", "oblik [n]", "elemenata", "da"))
    assert text.rows == (
        Row(("conv", "(32, 3)", f"12{NARROW}345", "da")),
        Row(("[31mnorm", "", "0,5", "ne"), marked=True),
        Row(("ukupno", "", "0,25", ""), total=True),
    )
    assert text.numeric == (False, False, True, False)


def test_a_table_without_rows_is_all_head() -> None:
    text = as_text(Table(("a", "b"), ()))
    assert (text.rows, text.numeric) == ((), (False, False))


def test_a_block_is_shown_as_its_kind_and_the_first_is_never_a_note() -> None:
    found = [Note("n"), CURVE, TABLE]
    names = [blocks.shown(each, lambda _: "table", lambda _: "plot", lambda _: "note") for each in found]
    assert names == ["note", "plot", "table"]
    assert blocks.first(found) == 1
    assert blocks.first(found[:1]) == -1


def test_a_claim_that_does_not_hold_speaks_against() -> None:
    assert [blocks.sign(Claim("c", holds, "")) for holds in (True, False)] == ["✓", "○"]


def test_a_curve_in_words_is_a_few_of_its_points() -> None:
    assert list(blocks.spoken(CURVE)) == ["krivulja: 0 → 0; 25 → 6,25; 50 → 12,5; 75 → 18,75; 100 → 25."]


def test_what_cannot_be_drawn_is_not_spoken_of() -> None:
    logged = Plot("k", "x", "y", (Series("a", (0, 1, 2), (-1, 0, float("inf"))), Series("b", (1,), (4,))), log_y=True)
    assert list(blocks.spoken(logged)) == ["a: nema točaka koje se mogu prikazati.", "b: 1 → 4."]
