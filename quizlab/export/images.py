"""Plots of evidence as SVG images, drawn by matplotlib; the same plot gives the same bytes."""

from __future__ import annotations

import functools
import importlib.util
import io
import math
import warnings
from typing import TYPE_CHECKING, Any

from quizlab import numbers
from quizlab.model import Plot, Series
from quizlab.telling.words import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#7b4fa3", "#c75d00", "#0f8a96", "#8c564b", "#c2459b", "#666666", "#8a8b00")
"""Dark enough to be read on white, also in print."""
LINES = ("-", "--", "-.", ":")
SIGNS = ("o", "s", "^", "D", "v", "P", "X", "*")
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "quizlab",
    "font.family": "DejaVu Sans",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": "medium",
}
LARGEST = 1e150
"""Beyond this matplotlib's own arithmetic overflows."""


@functools.cache
def drawable() -> bool:
    """Whether images can be drawn here; without matplotlib a plot is told in words."""
    return importlib.util.find_spec("matplotlib") is not None


def svg(plot: Plot) -> bytes:
    """An SVG of a plot: series told apart by colour and, for print and the colour-blind, by line and sign."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of signs that the font does not have
        mpl.rcdefaults()  # whatever the user's matplotlibrc says
        mpl.rcParams.update(STYLE)
        figure = Figure(figsize=(6.4, 4.0), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        if plot.log_y:
            axes.set_yscale("log")
        named = []
        for index, series in enumerate(plot.series):
            handle = _draw(axes, plot, series, index)
            if handle is not None:
                named.append((handle, one_line(series.name)))
        _label(axes, plot, named)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": one_line(plot.title)})
    return out.getvalue()


def _draw(axes: Axes, plot: Plot, series: Series, index: int) -> Any:
    """Draw a series; what its entry in the legend shows, or None if it needs none."""
    colour, sign = COLOURS[index % len(COLOURS)], SIGNS[index % len(SIGNS)]
    x, y = _drawable(plot, series)
    name = one_line(series.name)
    if plot.style == "line":
        step = max(1, len(x) // 6)
        line = LINES[index % len(LINES)]
        every = (index * max(1, step // 4) % step, step)
        return axes.plot(x, y, line, color=colour, marker=sign, markersize=4.5, markevery=every)[0]
    if len(name) != 1:
        return axes.scatter(x, y, color=colour, marker=sign, s=40, edgecolors="black", linewidths=0.6, zorder=3)
    axes.scatter(x, y, s=0)  # for the limits of the axes only
    for place in zip(x, y, strict=True):
        axes.text(*place, name, color=colour, ha="center", va="center", fontsize=9, parse_math=False)
    return None


def _drawable(plot: Plot, series: Series) -> tuple[list[float], list[float]]:
    """The points that can be drawn; a gap in a curve is a NaN."""
    x, y = [], []
    for across, up in zip(series.x, series.y, strict=True):
        fits = abs(across) < LARGEST and abs(up) < LARGEST and (up > 0 or not plot.log_y)
        if fits or plot.style == "line":
            x.append(across if fits else math.nan)
            y.append(up if fits else math.nan)
    return x, y


def _label(axes: Axes, plot: Plot, named: list[tuple[Any, str]]) -> None:
    """Title, names of axes and legend, all as plain text: a dollar is a dollar."""
    from matplotlib.ticker import FuncFormatter

    for text, said in (
        (axes.title, plot.title),
        (axes.xaxis.label, plot.x_label),
        (axes.yaxis.label, plot.y_label),
    ):
        text.set_text(one_line(said))
        text.set_parse_math(False)
    if named:
        legend = axes.legend([handle for handle, _ in named], ["x"] * len(named))
        for entry, (_, name) in zip(legend.get_texts(), named, strict=True):
            entry.set_text(name)
            entry.set_parse_math(False)
    axes.xaxis.set_major_formatter(FuncFormatter(_tick))
    if not plot.log_y:
        axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    axes.grid(alpha=0.3)


def _tick(value: float, _: int) -> str:
    return numbers.shortest(value)
