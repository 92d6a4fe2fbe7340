"""Blocks of evidence before any medium lays them out: a table as text, what a plot shows in words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from quizlab.model import Atom, Block, Claim, Note, Plot, Table
from quizlab.telling import words
from quizlab.telling.words import counted, one_line

Shown = TypeVar("Shown")

SHAPE = re.compile(r"\((?:\d+, ?)*\d*\)")
"""A tensor's shape in a cell, whose numbers are set as all others are."""


def shown(
    block: Block, table: Callable[[Table], Shown], plot: Callable[[Plot], Shown], note: Callable[[Note], Shown]
) -> Shown:
    """A block as a medium shows its kind."""
    if isinstance(block, Table):
        return table(block)
    return plot(block) if isinstance(block, Plot) else note(block)


def first(blocks: Sequence[Block]) -> int:
    """The place of the first table or plot, for those who do not want the whole; -1 where there is none."""
    return next((at for at, block in enumerate(blocks) if not isinstance(block, Note)), -1)


def sign(claim: Claim) -> str:
    """✓ or ○; a claim says what was measured, so also one that does not hold is a true sentence: it speaks against."""
    return "✓" if claim.holds else "○"


def role(claim: Claim) -> str:
    """What a claim is for the answer, in a word."""
    return "dokaz" if claim.holds else "protudokaz"


class Row(Struct, frozen=True):
    """A row as text; a marked one is to be noticed, the total stands apart."""

    cells: tuple[str, ...]
    marked: bool = False
    total: bool = False


class TextTable(Struct, frozen=True):
    """A table as text: its title, its heads, its rows with the total last, and which columns hold only numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: tuple[bool, ...]


def as_text(block: Table) -> TextTable:
    """A table with its numbers set and everything else made safe."""
    cells = [*block.rows, *([block.total] if block.total else [])]
    rows = tuple(
        Row(tuple(map(cell_text, row)), at in block.marked, at == len(block.rows)) for at, row in enumerate(cells)
    )
    columns: Sequence[Sequence[Atom]] = list(zip(*cells, strict=True)) or [()] * len(block.columns)
    return TextTable(one_line(block.title), tuple(map(one_line, block.columns)), rows, tuple(map(_is_numeric, columns)))


def cell_text(cell: Atom) -> str:
    """A cell as text: numbers set, everything else made safe."""
    if isinstance(cell, int | float):
        return words.cell(cell)
    text = one_line(cell)
    return words.key(text) if SHAPE.fullmatch(text) else text


def _is_numeric(cells: Sequence[Atom]) -> bool:
    numbers = [isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells if cell != ""]
    return bool(numbers) and all(numbers)


def wide(text: str) -> int:
    """The columns that a text takes where all letters are equally wide."""
    from rich.cells import cell_len

    return cell_len(text)


def spoken(plot: Plot) -> Iterator[str]:
    """What the plot would show, a sentence a series: a few points of a curve, the middle of a cloud."""
    for series in plot.series:
        name = one_line(series.name)
        finite = (at for at in zip(series.x, series.y, strict=True) if all(map(math.isfinite, at)))
        points = [(x, y) for x, y in finite if y > 0 or not plot.log_y]
        if not points:
            yield f"{name}: nema točaka koje se mogu prikazati."
        elif plot.style == "line":
            few = sorted({round(part * (len(points) - 1) / 4) for part in range(5)})
            yield (
                f"{name}: "
                + "; ".join(f"{words.count(points[at][0])} → {words.count(points[at][1])}" for at in few)
                + "."
            )
        else:
            means = (math.fsum(value / len(points) for value in values) for values in zip(*points, strict=True))
            x, y = (float(f"{mean:.2g}") for mean in means)
            number = counted(len(points), "točka", "točke", "točaka")
            yield f"{name}: {number}, u sredini ({words.count(x)}; {words.count(y)})."
