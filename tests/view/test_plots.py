"""Plots in the terminal: everything at its place, whatever the data, and never too wide."""

from __future__ import annotations

import io
import math
import re
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from quizlab.model import Plot, Series
from quizlab.telling.blocks import spoken
from quizlab.view import blocks, plots
from tests.view.shown import WIDTHS, lines, screen

value = st.one_of(
    st.floats(),
    st.sampled_from([0.0, -1.0, 1e300, -1e308, 1.7e308, 5e-324, math.inf, -math.inf, math.nan, 1.0, 1.0 + 1e-15]),
)
name = st.one_of(st.sampled_from(["0", "7", "a", "margina 0,50", "漢字", "", "x" * 90]), st.text(max_size=8))
series = st.builds(
    lambda label, points: Series(label, tuple(x for x, _ in points), tuple(y for _, y in points)),
    name,
    st.lists(st.tuples(value, value), max_size=12),
)
any_plot = st.builds(
    Plot,
    name,
    name,
    name,
    st.lists(series, max_size=12).map(tuple),
    st.sampled_from(["line", "scatter"]),
    st.booleans(),
)


def plot(*drawn: Series, style: Literal["line", "scatter"] = "line", log_y: bool = False) -> Plot:
    return Plot("naslov", "vodoravno", "okomito", drawn, style, log_y)


def drawn(made: Plot, width: int) -> str:
    """The lines of a plot without their styles."""
    return "\n".join("".join(part for part, _ in line).rstrip() for line in plots.drawn(made, width))


def canvas(text: str) -> list[str]:
    """What is drawn right of the axis, row by row."""
    return [line.partition("│")[2] or line.partition("┤")[2] for line in text.split("\n") if re.search("[│┤]", line)]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(made=any_plot, width=st.one_of(st.sampled_from(WIDTHS), st.integers(1, 120)))
def test_any_plot_fits(made: Plot, width: int) -> None:
    text = drawn(made, width)
    assert all(cell_len(line) <= width for line in text.split("\n"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u2800]", text)
    axis = {line.index("┤") for line in text.split("\n") if re.match(r"\s*[\d,e+−]+ ┤", line)}
    assert len(axis) <= 1
    assert len(list(spoken(made))) == len(made.series)
    assert all(cell_len(line) <= width for line in lines(blocks.plot, made, width=width)) or width < 30


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("log_y", [False, True])
def test_a_falling_curve_falls(width: int, log_y: bool) -> None:
    x = tuple(number / 10 for number in range(50))
    rows = canvas(drawn(plot(Series("pad", x, tuple(math.exp(-each) for each in x)), log_y=log_y), width))
    columns = max(map(len, rows))
    tops = [
        next((at for at, row in enumerate(rows) if row[column : column + 1].strip()), None) for column in range(columns)
    ]
    assert None not in tops
    assert tops == sorted(tops, key=lambda top: top or 0)
    assert tops[0] == 0
    assert tops[-1] == len(rows) - 1
    if log_y:  # a straight line there: it leaves no row out
        assert set(tops) == set(range(len(rows)))


def test_points_are_at_their_places() -> None:
    digits = tuple(Series(str(digit), (digit,), (9 - digit,)) for digit in range(10))
    rows = canvas(drawn(plot(*digits, style="scatter"), 80))
    places = [(row.index(str(digit)), at) for digit in range(10) for at, row in enumerate(rows) if str(digit) in row]
    across, down = zip(*places, strict=True)
    assert len(places) == 10
    assert list(across) == sorted(set(across))
    assert list(down) == sorted(set(down))
    assert (across[0], across[-1]) == (0, plots.WIDEST - 1)
    assert (down[0], down[-1]) == (0, len(rows) - 1)
    gaps = [right - left for left, right in pairwise(across)]
    assert max(gaps) - min(gaps) <= 1


def test_the_largest_numbers_are_at_their_places_too() -> None:
    made = plot(Series("1", (-1.7e308,), (1.7e308,)), Series("2", (0,), (0,)), Series("3", (1.7e308,), (-1.7e308,)))
    rows = canvas(drawn(made, 80))
    columns = max(map(len, rows))
    assert rows[0][0] == "1"
    assert rows[-1][columns - 1] == "3"
    assert any("2" in row[columns // 2 - 1 : columns // 2 + 1] for row in rows[len(rows) // 2 - 1 : len(rows) // 2 + 1])


def test_labels_stand_where_their_values_are() -> None:
    made = plot(Series("x", (0, 10, 20), (0, 5, 10)), style="scatter")
    text = drawn(made, 80)
    marked = {match[1]: line for line in text.split("\n") if (match := re.match(r"\s+(\d+) ┤", line))}
    assert {"0", "10"} <= set(marked)
    assert "x" in marked["0"]
    assert "x" in marked["10"]
    *_, rule, labels, _ = text.split("\n")
    left = rule.index("└") + 1
    assert rule[left] == rule[left + plots.WIDEST - 1] == "┬"
    assert labels[left] == "0"
    assert labels.endswith("20")


def test_numbers_are_croatian() -> None:
    text = drawn(plot(Series("a1", (0, 1), (-0.2, 0.2))), 80)
    assert "−0,1 ┤" in text
    assert "0 ┤" in text
    assert not re.search(r"\d\.\d|-\d", text)


def test_powers_of_ten_label_a_logarithmic_axis() -> None:
    text = drawn(plot(Series("a1", (0, 60), (1e-12, 1e12)), log_y=True), 80)
    assert re.findall(r"(\S+) ┤", text) == ["10¹²", "10⁶", "10⁰", "10⁻⁶", "10⁻¹²"]


def test_a_gap_is_a_gap() -> None:
    values = (1.0, 1.0, math.nan, 1.0, 1.0)
    (row,) = (row for row in canvas(drawn(plot(Series("a1", (0, 1, 5, 9, 10), values)), 80)) if row.strip())
    assert row[10:50].strip() == ""
    assert row[0].strip()
    assert row[-1].strip()


def test_zero_has_no_place_on_a_logarithmic_axis() -> None:
    with_zero = plot(Series("a1", (0, 1, 2), (10.0, 1.0, 0.0)), log_y=True)
    assert "1e+00" not in drawn(plot(Series("a1", (0,), (0.0,)), log_y=True), 80)
    assert drawn(plot(Series("a1", (0,), (0.0,)), log_y=True), 80) == ""
    assert "300" not in drawn(with_zero, 80)


def test_marks_tell_series_apart_without_colour() -> None:
    flat = tuple(
        Series(label, tuple(range(20)), (float(at),) * 20) for at, label in enumerate(("prva", "druga", "c", "četvrta"))
    )
    made = plot(*flat)
    assert [plots.mark(made, at) for at in range(4)] == ["×", "○", "c", "+"]
    text = drawn(made, 80)
    assert all(sum(mark in row for row in canvas(text)) == 1 for mark in "×○c+")
    assert text.split("\n")[-3:] == ["  ×  prva", "  ○  druga", "  +  četvrta"]


def test_marks_of_equal_curves_do_not_cover_one_another() -> None:
    same = tuple(Series(f"krivulja {at}", tuple(range(40)), (1.0,) * 40) for at in range(4))
    (row,) = (row for row in canvas(drawn(plot(*same), 80)) if row.strip())
    assert all(mark in row for mark in "×○+□")


def test_series_of_a_cloud_have_signs_unless_they_are_signs() -> None:
    made = plot(
        Series("4", (0,), (0,)), Series("središta", (1,), (1,)), Series("novi primjer", (2,), (2,)), style="scatter"
    )
    text = drawn(made, 80)
    assert text.split("\n")[-2:] == ["  ×  središta", "  ○  novi primjer"]
    assert [sum(sign in row for row in canvas(text)) for sign in "4×○"] == [1, 1, 1]


@pytest.mark.parametrize("width", WIDTHS)
def test_says_title_axes_and_series(width: int) -> None:
    shown = "\n".join(lines(blocks.plot, plot(Series("krivulja", (0, 1), (0, 1))), width=width))
    for text in ("naslov", "vodoravno", "okomito", "krivulja", "┤", "└"):
        assert text in shown


def test_each_series_has_its_colour_in_the_plot_and_in_the_legend() -> None:
    made = plot(Series("prva", (0, 1), (0, 0)), Series("druga", (0, 1), (1, 1)))
    pieces = {(part.strip(), style) for line in plots.drawn(made, 80) for part, style in line if style}
    assert {("×", "magenta"), ("○", "green"), ("⠉", "green"), ("⣀", "magenta")} <= pieces
    shown = screen(colour=True)
    blocks.plot(shown, made)
    assert isinstance(shown.file, io.StringIO)
    assert "\x1b[35m×" in shown.file.getvalue()


def test_where_there_is_no_room_it_is_said_in_words() -> None:
    made = plot(Series("krivulja", (0, 1), (0, 1)))
    assert drawn(made, 12) == ""
    assert "".join(lines(blocks.plot, made, width=12)).startswith("Slika:")


def test_no_mark_is_the_letter_of_an_option() -> None:
    made = plot(*(Series(f"krivulja {at}", (0, 1), (at, at)) for at in range(9)))
    assert not {plots.mark(made, at) for at in range(9)} & {*"abcdefghijklmnopqrstuvwxyz"}


def test_no_colour_of_a_curve_fades_on_black_or_on_white() -> None:
    assert not {"yellow", "cyan", "white", "black", "bright_black"} & {*plots.COLOURS}
