"""Images of plots: valid, the same every time, and never broken by what a plot says or holds."""

from __future__ import annotations

import math
import re
import warnings
from typing import Literal
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from quizlab.export.images import svg
from quizlab.model import Plot, Series
from tests.export.helpers import PLOT

ODD = (
    "$",
    "$x$",
    "$$",
    "\\",
    "^",
    "_",
    "{",
    "_skriveno",
    "<b>&amp;</b>",
    "č",
    "漢",
    "a\nb",
    "",
    "x" * 300,
    "\x1b[31m",
    "%",
    "#",
)
SVG = "{http://www.w3.org/2000/svg}"


def plot(*series: Series, style: Literal["line", "scatter"] = "line", log_y: bool = False, title: str = "t") -> Plot:
    return Plot(title, "x", "y", series, style, log_y)


def parsed(made: Plot) -> ElementTree.Element:
    root = ElementTree.fromstring(svg(made))
    assert root.tag == f"{SVG}svg"
    return root


@pytest.mark.parametrize("style", ["line", "scatter"])
@pytest.mark.parametrize("texts", [ODD[at : at + 3] for at in range(0, len(ODD), 3)])
def test_any_text_is_plain_text(texts: tuple[str, ...], style: Literal["line", "scatter"]) -> None:
    title, x_label, y_label = (*texts, "a", "b")[:3]
    names = [*texts, *(text[:1] for text in texts)]
    series = tuple(Series(name, (0, 1), (1, number)) for number, name in enumerate(names))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        root = parsed(Plot(title, x_label, y_label, series, style))
    assert len(root.findall(f".//{SVG}g[@id='axes_1']")) == 1


def test_is_the_same_every_time_whatever_the_settings() -> None:
    first = svg(PLOT)
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "none", "axes.grid": True}):
        assert svg(PLOT) == first


def test_leaves_the_settings_of_others_alone() -> None:
    before = dict(mpl.rcParams)
    svg(PLOT)
    assert dict(mpl.rcParams) == before


def test_says_its_title() -> None:
    assert PLOT.title in ElementTree.tostring(parsed(PLOT), encoding="unicode", method="text")


@pytest.mark.parametrize(("style", "log_y"), [("line", True), ("scatter", False)])
@pytest.mark.parametrize(
    "values",
    [
        (),
        (1.0,),
        (2.0, 2.0),
        (0.0, -1.0),
        (math.nan, math.inf, -math.inf),
        (1e300, -1e308),
        (5e-324, 1e-300),
        (1e-12, 1e12),
    ],
)
def test_any_values_are_drawn(values: tuple[float, ...], log_y: bool, style: Literal["line", "scatter"]) -> None:
    each = plot(Series("prva", values, values), Series("7", values, values), style=style, log_y=log_y)
    parsed(each)


def test_lines_differ_without_colour() -> None:
    made = svg(plot(*(Series(f"crta {number}", (0, 1, 2), (number, number, 1)) for number in range(4)))).decode()
    dashes = set(re.findall(r"stroke-dasharray: ([\d. ]+)", made))
    assert len(dashes) == 3  # and one that is solid


def test_digits_are_drawn_as_digits_and_need_no_legend() -> None:
    digits = tuple(Series(str(digit), (digit, digit), (0, 1)) for digit in range(10))
    assert b'id="legend_1"' not in svg(plot(*digits, style="scatter"))
    assert svg(plot(*digits, style="scatter")).count(b"<!-- 7 -->") == 2
    assert b'id="legend_1"' in svg(plot(Series("središta", (0,), (0,)), *digits, style="scatter"))


def test_numbers_have_a_decimal_comma() -> None:
    made = svg(plot(Series("a1", (0, 1), (-0.5, 0.5)))).decode()
    assert "<!-- 0,2 -->" in made
    assert "<!-- −0,4 -->" in made
    assert not re.search(r"<!-- −?\d+\.\d+ -->", made)
