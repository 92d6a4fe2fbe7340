"""Tables of evidence, never wider than the screen and never cut.

They are laid out here and not by Rich, which breaks words where a row could be stacked instead, and fills
every line with spaces up to the edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizlab.model import Table
from quizlab.telling import words
from quizlab.telling.blocks import Row, TextTable, as_text, wide
from quizlab.view.folding import folded
from quizlab.view.paragraphs import INDENT, caption
from quizlab.view.screen import Screen, Styled

ARROW = "←"
"""Beside rows to draw attention to, for eyes and terminals without colour."""
TALLEST = 8
"""Lines a row may take before a table is shown as a list of records instead."""
FITS = ((40, 16, 2), (24, 16, 2), (24, 0, 2), (24, 0, 1), (14, 0, 1))
"""Ways to fit a table, the best first: the longest word that stays whole, the widest column that is not
folded at all, and the columns between columns."""


def table(screen: Screen, block: Table, styles: Mapping[str, str] | None = None, *, notes: bool = False) -> None:
    """A table of evidence; in plain mode a line a row, each cell behind its column's name.

    Where the columns do not fit, rows are stacked: each is a record with a line a cell.

    Args:
        screen: where it is shown.
        block: the table.
        styles: the style of cells with a certain text.
        notes: the last column is a note: where it does not fit beside its row, it stands under it.
    """
    if screen.plain:
        _plain(screen, block)
        return
    if block.title:
        caption(screen, block.title)
    shown = as_text(block)
    right: Sequence[bool] = shown.numeric
    rows: list[Sequence[str]] = [shown.head, *_aligned([row.cells for row in shown.rows], right)]
    room = screen.width - len(INDENT)
    under = notes and len(shown.head) > 1 and _natural(rows) > room
    if under:
        rows, right = [row[:-1] for row in rows], right[:-1]
    fit = next((fit for way in (FITS[:2] if under else FITS) if (fit := _fitted(rows, right, room, *way))), None)
    if fit is None:
        _stacked(screen, shown, styles or {})
        return
    widths, gap = fit
    for cells, row in zip(rows, (None, *shown.rows), strict=True):
        arrow = ARROW if row and row.marked and sum(widths) + gap * len(widths) < room else ""
        style = _row_style(row) if row else "italic"
        for line in _laid_out(cells, widths, right, style, styles or {}):
            spaced = [piece for part in line for piece in (part, (" " * gap, ""))]
            screen.pieces([(INDENT, ""), *spaced, (arrow, style)])
            arrow = ""
        if under and row:
            _note(screen, row.cells[-1], widths[0] + gap if widths[0] < room // 3 else 0)


def _plain(screen: Screen, block: Table) -> None:
    """A line a row; what a terminal shows in colour, it says."""
    shown = as_text(block)
    if shown.title:
        screen.line(f"{words.phrase(shown.title)}:")
    for row in shown.rows:
        cells = [f"{name}: {cell}" if name else cell for name, cell in zip(shown.head, row.cells, strict=True) if cell]
        screen.line("; ".join([*cells, *(["istaknuto"] if row.marked else [])]))


def _note(screen: Screen, text: str, margin: int) -> None:
    """A note under its row."""
    space = INDENT * 2 + " " * margin
    for part in folded(text, screen.width - len(space)) if text else []:
        screen.pieces([(space, ""), (part, "")])


def _row_style(row: Row) -> str:
    """The total stands out, and so do marked rows."""
    return "bold" if row.total or row.marked else ""


def _natural(rows: Sequence[Sequence[str]]) -> int:
    """How wide the rows are when nothing is folded."""
    return sum(max(map(wide, column)) + 2 for column in zip(*rows, strict=True)) - 2


def _aligned(grid: Sequence[Sequence[str]], right: Sequence[bool]) -> list[list[str]]:
    """Cells of numeric columns padded, so that their decimal commas stand under one another."""
    tails = [
        max((len(row[index].partition(",")[2]) for row in grid if "," in row[index]), default=-1) if numeric else -1
        for index, numeric in enumerate(right)
    ]
    return [
        [
            cell + " " * (tail - len(cell.partition(",")[2]) + ("," not in cell)) if tail >= 0 and cell else cell
            for cell, tail in zip(row, tails, strict=True)
        ]
        for row in grid
    ]


def _fitted(
    rows: Sequence[Sequence[str]], right: Sequence[bool], room: int, longest: int, short: int, gap: int
) -> tuple[list[int], int] | None:
    """How wide each column is, and the gap between them; None where the rows do not fit so."""
    columns = list(zip(*rows, strict=True))
    room -= gap * (len(columns) - 1)
    natural = [max(map(wide, column)) for column in columns]
    widths = [
        full
        if full <= short
        else max(_least(cell, longest, whole=numeric and at > 0) for at, cell in enumerate(column))
        for column, numeric, full in zip(columns, right, natural, strict=True)
    ]
    while sum(widths) < room and (growing := [at for at, width in enumerate(widths) if width < natural[at]]):
        widths[max(growing, key=lambda at: natural[at] / widths[at])] += 1
    cells = ((cell, width) for row in rows for cell, width in zip(row, widths, strict=True))
    fits = sum(widths) <= room and all(len(folded(cell, width)) <= TALLEST for cell, width in cells)
    return (widths, gap) if fits else None


def _least(cell: str, longest: int, *, whole: bool) -> int:
    """How narrow a cell may be: as its longest word, up to a limit."""
    if whole:
        return wide(cell)
    return min(longest, max(map(wide, cell.split(" "))))


def _laid_out(
    row: Sequence[str], widths: Sequence[int], right: Sequence[bool], style: str, styles: Mapping[str, str]
) -> Iterator[Styled]:
    """The lines of one row, each cell folded in its column."""
    folds = [  # a number stays as it was padded
        [cell] if numeric and wide(cell) <= width else folded(cell, width)
        for cell, width, numeric in zip(row, widths, right, strict=True)
    ]
    for at in range(max(map(len, folds))):
        line: list[tuple[str, str]] = []
        for index, fold in enumerate(folds):
            part = fold[at] if at < len(fold) else ""
            space = " " * (widths[index] - wide(part))
            line.append((space + part if right[index] else part + space, styles.get(row[index], style)))
        yield line


def _stacked(screen: Screen, shown: TextTable, styles: Mapping[str, str]) -> None:
    """Each row as a record: its first cell, then the others under it, each behind its column's name."""
    room = screen.width - len(INDENT)
    head = shown.head
    for number, row in enumerate(shown.rows):
        if number:
            screen.pieces([])
        label = f"{head[0]}: {row.cells[0]}" if shown.numeric[0] else row.cells[0] or head[0]
        for line in folded(f"{label} {ARROW}" if row.marked else label, room):
            screen.pieces([(INDENT, ""), (line, _row_style(row) or "bold")])
        for name, cell in zip(head[1:], row.cells[1:], strict=True):
            for at, line in enumerate(folded(f"{name}: {cell}", room - len(INDENT)) if cell else []):
                label, colon, rest = line.partition(": ") if at == 0 else ("", "", line)
                screen.pieces([(INDENT * 2, ""), (label + colon, "italic"), (rest, styles.get(cell, ""))])
