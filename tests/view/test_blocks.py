"""Tables, notes and claims: nothing is wider than the screen and nothing is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.model import Claim, Evidence, Note, Plot, Series, Snippet, Table
from quizlab.view import blocks, words
from tests.view.shown import WIDTHS, lines, screen, squeezed, widest

word = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"), max_codepoint=0x2FFF), max_size=30)
text = st.one_of(
    st.lists(word, max_size=12).map(" ".join),
    st.sampled_from(
        ["", "(32, 32, 3, 3)", "x" * 90, "漢字" * 20, "294\u202f912", "norm.running_mean", "a\nb\tc", "\x1b[31mx"]
    ),
)
cell = st.one_of(text, st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(text, min_size=1, max_size=6))
    row = st.tuples(*([cell] * len(columns)))
    rows = tuple(draw(st.lists(row, max_size=4)))
    marked = tuple(draw(st.sets(st.integers(0, 3), max_size=2)))
    return Table(tuple(columns), rows, draw(text), draw(st.one_of(st.just(()), row)), marked)


def cells(table: Table) -> list[str]:
    return [blocks.cell_text(each) for row in (*table.rows, table.total) for each in row]


SMALL = Table(
    ("tenzor", "oblik", "elemenata"),
    (("norm.weight", "(32,)", 32), ("conv.weight", "(32, 32, 3, 3)", 9216)),
    total=("ukupno", "", 9248),
    marked=(1,),
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(table=tables(), width=st.sampled_from(WIDTHS), notes=st.booleans())
def test_no_table_is_too_wide_or_loses_a_cell(table: Table, width: int, notes: bool) -> None:
    shown = lines(blocks.table, table, width=width, notes=notes)
    assert widest(shown) <= width
    # folded cells stand in columns; each character of every cell is still there, as often as it should be
    seen = squeezed("".join(shown))
    for each in cells(table):
        for sign in set(squeezed(each)):
            assert seen.count(sign) >= squeezed(each).count(sign)
    assert all(line == line.rstrip() for line in shown)
    assert "\x1b" not in seen


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(table=tables())
def test_plain_tables_are_a_line_a_row(table: Table) -> None:
    shown = lines(blocks.table, table, plain=True)
    rows = [*table.rows, *([table.total] if table.total else [])]
    assert len(shown) == len(rows) + bool(table.title)
    for row, line in zip(rows, shown[bool(table.title) :], strict=True):
        assert all(words.one_line(blocks.cell_text(each)) in line for each in row)
    assert not set("".join(shown)) & set("\x1b\x07")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(said=text, width=st.integers(2, 100))
def test_folding_keeps_every_character_in_order(said: str, width: int) -> None:
    folded = blocks.folded(said, width)
    assert max(map(blocks.wide, folded)) <= width
    assert "".join(folded).replace(" ", "") == words.safe(said).translate({9: "", 10: "", 32: ""})
    assert len(folded) == 1 or all(folded)


def test_folding_breaks_at_spaces_and_otherwise_behind_a_joint() -> None:
    assert blocks.folded("jedan dva tri", 9) == ["jedan dva", "tri"]
    assert blocks.folded("c_out*c_in*kernel", 12) == ["c_out*c_in*", "kernel"]
    assert blocks.folded("daje 294\u202f912", 8) == ["daje", "294\u202f912"]


def test_a_table_stands_in_columns() -> None:
    assert lines(blocks.table, SMALL) == [
        "  tenzor       oblik           elemenata",
        "  norm.weight  (32,)                  32",
        "  conv.weight  (32, 32, 3, 3)       9216",
        "  ukupno                            9248",
    ]


def test_decimal_commas_stand_under_one_another() -> None:
    made = Table(("a", "b"), (("x", 0.5), ("y", 12), ("z", 1.25), ("w", "")))
    assert lines(blocks.table, made) == ["  a      b", "  x   0,5", "  y  12", "  z   1,25", "  w"]


def test_what_does_not_fit_is_stacked() -> None:
    made = Table(("što", "napomena", "broj"), (("ključ", "riječ " * 40, 1), ("drugo", "", 2)), marked=(1,))
    assert lines(blocks.table, made, width=30)[-3:] == ["", "  drugo", "    broj: 2"]


def test_numbers_are_not_stacked_for_their_long_headings() -> None:
    made = Table(("K", "M", "slika", "pozitiva", "negativa", "različitih izvučenih"), ((3, 2, 6, 1, 4, 2),))
    assert lines(blocks.table, made, width=40) == [
        "  K M slika pozitiva negativa različitih",
        "                               izvučenih",
        "  3 2     6        1        4          2",
    ]


def test_notes_stand_beside_their_row_or_under_it() -> None:
    made = Table(("što", "presuda", "zašto"), (("ključ", "potvrđeno", "jer je tako"), ("drugo", "opovrgnuto", "")))
    assert lines(blocks.table, made, notes=True)[1] == "  ključ  potvrđeno   jer je tako"
    assert lines(blocks.table, made, width=30, notes=True) == [
        "  što    presuda",
        "  ključ  potvrđeno",
        "           jer je tako",
        "  drugo  opovrgnuto",
    ]


def test_styles_are_seen_only_where_there_is_colour() -> None:
    for colour in (True, False):
        made = screen(colour=colour)
        blocks.table(made, SMALL, {"(32,)": "green"})
        assert isinstance(made.file, io.StringIO)
        text = made.file.getvalue()
        assert ("\x1b[32m(32,)" in text) is colour
        assert ("\x1b[1;33m" in text) is colour  # the marked row


@pytest.mark.parametrize("width", WIDTHS)
def test_claims_and_notes_wrap_under_themselves(width: int) -> None:
    said = "riječ " * 30
    for shown in (
        lines(blocks.claims, [Claim("x", True, said)], width=width),
        lines(blocks.note, Note(said), width=width),
    ):
        assert widest(shown) <= width
        assert shown[0][:5] in ("  ✓  ", "  ·  ")
        assert all(line.startswith("     riječ") for line in shown[1:])
        assert squeezed("".join(shown))[1:] == squeezed(said)


def test_plain_claims_say_their_outcome_first() -> None:
    found = [Claim("x", True, "izmjereno 2"), Claim("y", False, "izmjereno 3")]
    assert lines(blocks.claims, found, plain=True) == ["dokaz: izmjereno 2", "protudokaz: izmjereno 3"]
    assert [line[2] for line in lines(blocks.claims, found)] == ["✓", "○"]


def test_part_of_evidence_is_its_first_table_or_plot() -> None:
    plot = Plot("t", "x", "y", (Series("a", (0, 1), (0, 1)),))
    found = Evidence(Snippet("", ""), blocks=(Note("bilješka"), plot, SMALL))
    assert any("│" in line for line in lines(blocks.evidence, found, whole=False))
    assert not any("tenzor" in line or "bilješka" in line for line in lines(blocks.evidence, found, whole=False))
    whole = "\n".join(lines(blocks.evidence, found, whole=True))
    assert "bilješka" in whole
    assert "tenzor" in whole
    assert lines(blocks.evidence, Evidence(Snippet("", ""), blocks=(Note("n"),)), whole=False) == []


def test_plain_evidence_has_no_empty_lines_and_no_drawing() -> None:
    plot = Plot("Slika", "x", "y", (Series("krivulja", (0, 1), (5, 6)), Series("7", (), ())))
    cloud = Plot("Oblak", "x", "y", (Series("7", (0, 1), (5, 6)),), style="scatter")
    shown = lines(blocks.evidence, Evidence(Snippet("", ""), blocks=(plot, SMALL, cloud)), whole=True, plain=True)
    assert shown[:3] == [
        "Slika: Slika (vodoravno x, okomito y).",
        "krivulja: 0 → 5; 1 → 6.",
        "7: nema točaka koje se mogu prikazati.",
    ]
    assert shown[-1] == "7: 2 točke, u sredini (0,5; 5,5)."
    assert all(shown)
    assert not set("".join(shown)) & set("│┤─└┬\x1b\u2800")
