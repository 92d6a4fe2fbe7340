"""Plots of evidence as terminal text: plotille's braille canvas in a frame of our own.

Values are mapped to the unit square before they are drawn, so no data, however large, small or odd, can
break the canvas; what cannot be drawn (not finite, or not positive on a logarithmic axis) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from quizlab.model import Plot, Series
from quizlab.telling.words import one_line
from quizlab.view.axes import Axis, scales
from quizlab.view.folding import folded
from quizlab.view.screen import Styled

COLOURS = ("magenta", "green", "blue", "red")
"""Readable on black and on white; yellow and cyan fade on one of them."""
SIGNS = "×○+□◇△▽☆"
NARROWEST, WIDEST = 14, 60
"""Columns between the axes: fewer show nothing, more show no more."""
FRAME = 4
"""Columns to the left of the canvas besides the labels: the indent, a space and the axis."""
BLANK = "\u2800"

Point = tuple[float, float]


def drawn(plot: Plot, width: int) -> list[Styled]:
    """The lines of a plot of at most ``width`` columns, in pieces with their styles; none if it cannot be drawn.

    Series are told apart by colour and, because colour may be missing or unseen, by a mark of their own.
    """
    axes = scales(plot)
    if axes is None:
        return []
    across, up = axes
    labels = up.ticks(5)
    margin = max(map(len, labels.values()), default=0)
    columns = min(width - margin - FRAME, WIDEST)
    if columns < NARROWEST:
        return []
    height = 14 if columns > 34 else 10
    named = {_place(up.share(value), height): label for value, label in labels.items()}
    lines: list[Styled] = [[(f"  {part}", "")] for part in _cut(plot.y_label, width - 2)]
    for row, cells in enumerate(_canvas(plot, across, up, columns, height)):
        label = named.get(height - 1 - row, "")
        lines.append([(f"  {label:>{margin}} {'┤' if label else '│'}", ""), *cells])
    lines += [[(f"  {'':{margin}} {line}", "")] for line in _below(across, columns)]
    lines += [[(f"  {'':{margin}}  {part}", "")] for part in _cut(plot.x_label, width - margin - FRAME)]
    return [*lines, *_legend(plot, width)]


def mark(plot: Plot, index: int) -> str:
    """The character that stands for a series: its own name if that is one character, else a sign.

    It is never a letter of ours: the options of a question are lettered, and a plot may stand under them.
    """
    names = [one_line(each.name) for each in plot.series]
    if len(names[index]) == 1:
        return names[index]
    free = [sign for sign in SIGNS if sign not in names]
    return free[sum(len(name) != 1 for name in names[:index]) % len(free)]


def _place(share: float, cells: int, dots: int = 4) -> int:
    """The cell, counted from zero, in which a share of an axis lies."""
    return round(share * (cells * dots - 1)) // dots


def _canvas(plot: Plot, across: Axis, up: Axis, columns: int, height: int) -> Sequence[Styled]:
    """The rows of cells, each with its colour: series on canvases of their own, laid over one another."""
    taken: set[tuple[int, int]] = set()
    cells = [[(" ", "")] * columns for _ in range(height)]
    for index, series in enumerate(plot.series):
        for row, layer in enumerate(_layer(plot, index, _runs(series, across, up), (columns, height), taken)):
            for column, sign in enumerate(layer):
                if sign != BLANK:
                    cells[row][column] = _over(cells[row][column][0], sign), COLOURS[index % len(COLOURS)]
    return cells


def _over(below: str, above: str) -> str:
    """One sign of two in the same cell: marks cover dots, and dots add up."""
    if not _is_dots(above) or below == " ":
        return above
    return chr(ord(below) | ord(above)) if _is_dots(below) else below


def _is_dots(sign: str) -> bool:
    return 0x2800 <= ord(sign[0]) <= 0x28FF


def _layer(
    plot: Plot, index: int, runs: list[list[Point]], size: tuple[int, int], taken: set[tuple[int, int]]
) -> list[str]:
    """One series, drawn by plotille."""
    from plotille import Canvas

    columns, height = size
    # the canvas leaves out its upper limits; with these, 1 is its last dot
    canvas = Canvas(columns, height, 0, 0, columns * 2 / (columns * 2 - 1), height * 4 / (height * 4 - 1))
    if plot.style == "line":
        for start, end in (pair for run in runs for pair in pairwise(run)):
            canvas.line(*start, *end)
        runs = [_spread(runs, index, lambda at: (_place(at[0], columns, 2), _place(at[1], height)), taken)]
    for x, y in (point for run in runs for point in run):
        canvas.point(x, y, marker=mark(plot, index))
    return str(canvas.plot(linesep="\n")).split("\n")


def _runs(series: Series, across: Axis, up: Axis) -> list[list[Point]]:
    """The points in the unit square, in runs: what cannot be drawn is a gap."""
    runs: list[list[Point]] = [[]]
    for x, y in zip(series.x, series.y, strict=True):
        if across.has(x) and up.has(y):
            runs[-1].append((across.share(x), up.share(y)))
        elif runs[-1]:
            runs.append([])
    return runs


def _spread(
    runs: list[list[Point]],
    index: int,
    cell: Callable[[Point], tuple[int, int]],
    taken: set[tuple[int, int]],
) -> list[Point]:
    """Where a curve carries its mark: a few of its points, elsewhere on each curve and in free cells."""
    points = [point for run in runs for point in run]
    if not points:
        return []
    step = max(1, len(points) // 4)
    chosen = []
    for start in range(min(step // 2 + index * max(1, step // 4), len(points) - 1), len(points), step):
        free = (point for point in points[start : start + step] if cell(point) not in taken)
        point = next(free, None)
        if point is not None:
            chosen.append(point)
            taken.add(cell(point))
    return chosen or [points[len(points) // 2]]


def _below(across: Axis, columns: int) -> list[str]:
    """The horizontal axis with its labels under its ticks, each centred where there is room."""
    rule, labels = ["─"] * columns, [" "] * columns
    free = 0
    for value, label in sorted(across.ticks(max(2, columns // 9)).items()):
        at = _place(across.share(value), columns, 2)
        start = min(max(0, at - len(label) // 2), columns - len(label))
        if start < free:
            continue
        rule[at] = "┬"
        labels[start : start + len(label)] = label
        free = start + len(label) + 1
    return ["└" + "".join(rule), (" " + "".join(labels)).rstrip()]


def _legend(plot: Plot, width: int) -> list[Styled]:
    """Names of the series behind their marks; a series that is its own mark needs none."""
    lines: list[Styled] = []
    for index, series in enumerate(plot.series):
        name, sign = one_line(series.name), mark(plot, index)
        if len(name) == 1:
            continue
        for at, part in enumerate(_cut(name, width - 5) or [""]):
            lines.append([("  ", ""), (f"{sign if at == 0 else ' '}  ", COLOURS[index % len(COLOURS)]), (part, "")])
    return lines


def _cut(text: str, width: int) -> list[str]:
    return folded(text, width) if one_line(text) else []
