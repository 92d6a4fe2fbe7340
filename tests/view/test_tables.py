"""Tables: none is wider than the screen, and none loses anything."""

from __future__ import annotations

import io
import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.model import Table
from quizlab.telling import words
from quizlab.telling.blocks import cell_text
from quizlab.view import tables
from tests.view.shown import WIDTHS, lines, screen, squeezed, widest
from tests.view.texts import text

cell = st.one_of(text, st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans())


@st.composite
def any_tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(text, min_size=1, max_size=6))
    row = st.tuples(*([cell] * len(columns)))
    rows = tuple(draw(st.lists(row, max_size=4)))
    marked = tuple(draw(st.sets(st.integers(0, 3), max_size=2)))
    return Table(tuple(columns), rows, draw(text), draw(st.one_of(st.just(()), row)), marked)


def cells(table: Table) -> list[str]:
    return [cell_text(each) for row in (*table.rows, table.total) for each in row]


SMALL = Table(
    ("tenzor", "oblik", "elemenata"),
    (("norm.weight", "(32,)", 32), ("conv.weight", "(32, 32, 3, 3)", 9216)),
    total=("ukupno", "", 9248),
    marked=(1,),
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(table=any_tables(), width=st.sampled_from(WIDTHS), notes=st.booleans())
def test_no_table_is_too_wide_or_loses_a_cell(table: Table, width: int, notes: bool) -> None:
    shown = lines(tables.table, table, width=width, notes=notes)
    assert widest(shown) <= width
    # folded cells stand in columns; each character of every cell is still there, as often as it should be
    seen = squeezed("".join(shown))
    for each in cells(table):
        for sign in set(squeezed(each)):
            assert seen.count(sign) >= squeezed(each).count(sign)
    assert all(line == line.rstrip() for line in shown)
    assert "\x1b" not in seen


@st.composite
def tables_of_words(draw: st.DrawFn) -> Table:
    """Tables in which no word stands twice, so that each is found on the screen."""
    numbers = iter(range(100, 1000))

    def words_of(least: int) -> str:
        lengths = draw(st.lists(st.integers(0, 6), min_size=least, max_size=8))
        return " ".join(f"w{next(numbers)}{'x' * length}" for length in lengths)

    numeric = draw(st.lists(st.booleans(), min_size=1, max_size=5))
    rows = [
        tuple(next(numbers) if each else words_of(0 if at else 1) for at, each in enumerate(numeric))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return Table(tuple(words_of(1) for _ in numeric), tuple(rows))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(table=tables_of_words(), width=st.sampled_from(WIDTHS))
def test_every_cell_stands_in_its_row_and_its_column(table: Table, width: int) -> None:
    shown = lines(tables.table, table, width=width)
    places: dict[str, list[tuple[int, int, int]]] = {}
    for at, line in enumerate(shown):
        for found in re.finditer(r"\w+", line):
            places.setdefault(found[0], []).append((at, found.start(), found.end()))
    head = [each.split() for each in table.columns]
    grid = [[str(each).split() for each in row] for row in table.rows]
    stacked = places.get(head[-1][0], [(len(shown), 0, 0)])[0][0] >= places[grid[0][0][0]][0][0]
    whole = grid if stacked else [head, *grid]
    assert all(len(places[word]) == 1 for row in whole for cell in row for word in cell)
    spots = [[[places[word][0] for word in cell] for cell in row] for row in whole]
    for row, below in pairwise(spots):
        assert max(spot[0] for cell in row for spot in cell) < min(spot[0] for cell in below for spot in cell)
    for cell in (cell for row in spots for cell in row):
        assert cell == sorted(cell), "words in their order"
    if stacked:
        text = " ".join("\n".join(shown).split())
        for row in grid:
            named = list(zip(head, row, strict=True))[1:]
            assert all(f"{' '.join(name)}: {' '.join(cell)}" in text for name, cell in named if cell)
    else:
        columns = [[spot for cell in column for spot in cell] for column in zip(*spots, strict=True)]
        for left, right in pairwise(columns):
            assert max(end for _, _, end in left) < min(start for _, start, _ in right)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(table=any_tables())
def test_plain_tables_are_a_line_a_row(table: Table) -> None:
    shown = lines(tables.table, table, plain=True)
    rows = [*table.rows, *([table.total] if table.total else [])]
    titled = bool(words.one_line(table.title))
    assert len(shown) == len(rows) + titled
    for row, line in zip(rows, shown[titled:], strict=True):
        assert all(words.one_line(cell_text(each)) in line for each in row)
    assert not set("".join(shown)) & set("\x1b\x07")


def test_a_table_stands_in_columns() -> None:
    assert lines(tables.table, SMALL) == [
        "  tenzor       oblik           elemenata",
        "  norm.weight  (32,)                  32",
        "  conv.weight  (32, 32, 3, 3)       9216  ←",
        "  ukupno                            9248",
    ]


def test_decimal_commas_stand_under_one_another() -> None:
    made = Table(("a", "b"), (("x", 0.5), ("y", 12), ("z", 1.25), ("w", "")))
    assert lines(tables.table, made) == ["  a      b", "  x   0,5", "  y  12", "  z   1,25", "  w"]


def test_what_does_not_fit_is_stacked() -> None:
    made = Table(("što", "napomena", "broj"), (("ključ", "riječ " * 40, 1), ("drugo", "", 2)), marked=(1,))
    assert lines(tables.table, made, width=30)[-3:] == ["", "  drugo ←", "    broj: 2"]


def test_numbers_are_not_stacked_for_their_long_headings() -> None:
    made = Table(("K", "M", "slika", "pozitiva", "negativa", "različitih izvučenih"), ((3, 2, 6, 1, 4, 2),))
    assert lines(tables.table, made, width=40) == [
        "  K M slika pozitiva negativa različitih",
        "                               izvučenih",
        "  3 2     6        1        4          2",
    ]


def test_notes_stand_beside_their_row_or_under_it() -> None:
    made = Table(("što", "presuda", "zašto"), (("ključ", "potvrđeno", "jer je tako"), ("drugo", "opovrgnuto", "")))
    assert lines(tables.table, made, notes=True)[1] == "  ključ  potvrđeno   jer je tako"
    assert lines(tables.table, made, width=30, notes=True) == [
        "  što    presuda",
        "  ključ  potvrđeno",
        "           jer je tako",
        "  drugo  opovrgnuto",
    ]


def test_styles_are_seen_only_where_there_is_colour() -> None:
    for colour in (True, False):
        made = screen(colour=colour)
        tables.table(made, SMALL, {"(32,)": "green"})
        assert isinstance(made.file, io.StringIO)
        text = made.file.getvalue()
        assert ("\x1b[32m(32,)" in text) is colour
        assert ("\x1b[1m" in text) is colour  # the marked row


def test_plain_tables_name_every_cell_and_say_what_is_marked() -> None:
    marked = Table(("sloj", "pomak"), (("ReLU", 0), ("BatchNorm2d", 0.21)), title="Slojevi.", marked=(1,))
    assert lines(tables.table, marked, plain=True) == [
        "Slojevi:",
        "sloj: ReLU; pomak: 0",
        "sloj: BatchNorm2d; pomak: 0,21; istaknuto",
    ]
    assert lines(tables.table, SMALL, plain=True)[-1] == "tenzor: ukupno; elemenata: 9248"


def test_marked_rows_are_seen_without_colour() -> None:
    made = Table(("a", "b"), (("x", 1), ("y", 2)), marked=(1,))
    assert lines(tables.table, made) == ["  a  b", "  x  1", "  y  2  ←"]
    long = Table(("što", "napomena"), (("ključ", "riječ " * 40),), marked=(0,))
    assert lines(tables.table, long, width=30)[0] == "  ključ ←"
