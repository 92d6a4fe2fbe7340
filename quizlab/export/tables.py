"""Tables in Markdown, as GitHub reads them; they also stand straight in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.escaping import emphasised, escaped
from quizlab.model import Table
from quizlab.telling.blocks import as_text, wide

PADDED = 48
"""Columns up to which a column's cells are padded, so that the table reads well as it is."""


def table(block: Table) -> Iterator[str]:
    """A table of evidence under its title; its marked rows and its total are bold."""
    shown = as_text(block)
    if shown.title:
        yield emphasised(shown.title, "*")
        yield ""
    rows = [list(map(emphasised if row.marked or row.total else escaped, row.cells)) for row in shown.rows]
    yield from grid(list(map(escaped, shown.head)), rows, shown.numeric)


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    """A table whose columns, where they are not too wide, also stand straight in the source."""
    widths = [max(3, *map(wide, column)) for column in zip(head, *rows, strict=True)]
    widths = [width if width <= PADDED else 0 for width in widths]
    for row in (head, *rows):
        yield "| " + " | ".join(_padded(*each) for each in zip(row, widths, right, strict=True)) + " |"
        if row is head:
            rule = (
                f"{'-' * (max(3, width) - numeric)}{':' * numeric}"
                for width, numeric in zip(widths, right, strict=True)
            )
            yield "| " + " | ".join(rule) + " |"
    yield ""


def _padded(cell: str, width: int, numeric: bool) -> str:
    space = " " * (width - wide(cell))
    return space + cell if numeric else cell + space
