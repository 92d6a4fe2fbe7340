"""Evidence on screen: tables, plots, notes and claims, never wider than the screen and never cut.

Tables are laid out here and not by Rich, which breaks words where a row could be stacked instead, and fills
every line with spaces up to the edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from quizlab.model import Atom, Block, Claim, Evidence, Note, Plot, Table
from quizlab.view import words
from quizlab.view.screen import Screen

if TYPE_CHECKING:
    from rich.text import Text

Styled = Sequence[tuple[str, str]]
"""One line of the screen: pieces of text, each with its style."""

INDENT = "  "
TALLEST = 8
"""Lines a row may take before a table is shown as a list of records instead."""
FITS = ((40, 16, 2), (24, 16, 2), (24, 0, 2), (24, 0, 1), (14, 0, 1))
"""Ways to fit a table, the best first: the longest word that stays whole, the widest column that is not
folded at all, and the columns between columns."""


def show(screen: Screen, block: Block) -> None:
    """One block of evidence."""
    if isinstance(block, Table):
        table(screen, block)
    elif isinstance(block, Plot):
        plot(screen, block)
    else:
        note(screen, block)


def evidence(screen: Screen, found: Evidence, *, whole: bool) -> None:
    """The blocks of evidence; only the first table or plot unless the whole is wanted."""
    shown: tuple[Block, ...] = found.blocks
    if not whole:
        first = next((at for at, block in enumerate(shown) if not isinstance(block, Note)), None)
        shown = () if first is None else shown[first : first + 1]
    for block in shown:
        if not screen.plain:
            screen.line()
        show(screen, block)


def claims(screen: Screen, found: Sequence[Claim]) -> None:
    """What was put to the test, each with its outcome first.

    A claim says what was measured, so also one that does not hold is a true sentence: it speaks against.
    """
    for claim in found:
        if screen.plain:
            screen.line(f"{'dokaz' if claim.holds else 'protudokaz'}: {claim.says}")
        else:
            hanging(screen, "✓" if claim.holds else "○", claim.says, "green" if claim.holds else "yellow")


def hanging(screen: Screen, sign: str, text: str, style: str = "") -> None:
    """A sign, then text that wraps under itself."""
    if screen.plain:
        screen.line(f"{sign} {text}")
        return
    head = f"{INDENT}{words.one_line(sign)}  "
    for at, line in enumerate(folded(text, screen.width - wide(head))):
        _print(screen, [(head if at == 0 else " " * wide(head), style), (line, "")])


def caption(screen: Screen, text: str) -> None:
    """What stands over a table, a plot or a snippet, wrapped under itself."""
    if screen.plain:
        screen.line(text)
        return
    for line in folded(text, screen.width - len(INDENT)):
        _print(screen, [(INDENT, ""), (line, "italic")])


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
    grid = [[cell_text(cell) for cell in row] for row in _rows(block)]
    head = [words.one_line(name) for name in block.columns]
    right = [_is_numeric([row[index] for row in _rows(block)]) for index in range(len(head))]
    rows = [head, *_aligned(grid, right)]
    room = screen.width - len(INDENT)
    below: list[str] = []
    if notes and len(head) > 1 and sum(max(map(wide, column)) + 2 for column in zip(*rows, strict=True)) - 2 > room:
        below = ["", *(row[-1] for row in grid)]
        rows = [row[:-1] for row in rows]
    ways = FITS[:2] if below else FITS
    fit = next((fit for fit in (_fitted(rows, right[: len(rows[0])], room, *way) for way in ways) if fit), None)
    if fit is None:
        _stacked(screen, block, head, grid, styles or {})
        return
    widths, gap = fit
    for number, row in enumerate(rows):
        style = "dim" if number == 0 else _row_style(block, number - 1)
        for line in _laid_out(row, widths, right, style, styles or {}):
            spaced = [piece for part in line for piece in (part, (" " * gap, ""))]
            _print(screen, [(INDENT, ""), *spaced])
        margin = INDENT * 2 + " " * (widths[0] + gap if widths[0] < room // 3 else 0)
        for part in folded(below[number], screen.width - len(margin)) if below and below[number] else []:
            _print(screen, [(margin, ""), (part, "dim")])


def _plain(screen: Screen, block: Table) -> None:
    if block.title:
        screen.line(f"{block.title}:")
    for row in _rows(block):
        cells = zip(block.columns, row, strict=True)
        screen.line("; ".join(f"{name} {cell_text(cell)}".strip() for name, cell in cells if cell != ""))


def _rows(block: Table) -> list[tuple[Atom, ...]]:
    return [*block.rows, *([block.total] if block.total else [])]


def _row_style(block: Table, number: int) -> str:
    return "bold" if number == len(block.rows) else "bold yellow" if number in block.marked else ""


def _is_numeric(cells: Sequence[Atom]) -> bool:
    numbers = [isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells if cell != ""]
    return bool(numbers) and all(numbers)


def _aligned(grid: list[list[str]], right: Sequence[bool]) -> list[list[str]]:
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
    folds = [  # a number stays as it was padded
        [cell] if numeric and wide(cell) <= width else folded(cell, width)
        for cell, width, numeric in zip(row, widths, right, strict=False)
    ]
    for at in range(max(map(len, folds))):
        line: list[tuple[str, str]] = []
        for index, fold in enumerate(folds):
            part = fold[at] if at < len(fold) else ""
            space = " " * (widths[index] - wide(part))
            line.append((space + part if right[index] else part + space, styles.get(row[index], style)))
        yield line


def _stacked(
    screen: Screen, block: Table, head: Sequence[str], grid: Sequence[Sequence[str]], styles: Mapping[str, str]
) -> None:
    """Each row as a record: its first cell, then the others under it, each behind its column's name."""
    room = screen.width - len(INDENT)
    numbered = _is_numeric([row[0] for row in _rows(block)])
    for number, row in enumerate(grid):
        if number:
            _print(screen, [])
        for line in folded(f"{head[0]}: {row[0]}" if numbered else row[0] or head[0], room):
            _print(screen, [(INDENT, ""), (line, _row_style(block, number) or "bold")])
        for name, cell in zip(head[1:], row[1:], strict=True):
            for at, line in enumerate(folded(f"{name}: {cell}", room - len(INDENT)) if cell else []):
                label, colon, rest = line.partition(": ") if at == 0 else ("", "", line)
                _print(screen, [(INDENT * 2, ""), (label + colon, "dim"), (rest, styles.get(cell, ""))])


def cell_text(cell: Atom) -> str:
    """A cell as text: numbers set, everything else made safe."""
    return words.count(cell) if isinstance(cell, int | float) else words.one_line(cell)


def plot(screen: Screen, block: Plot) -> None:
    """A plot; where there is no room for one, or in plain mode, its values in words."""
    from quizlab.view import plots

    drawing = [] if screen.plain else plots.drawn(block, screen.width)
    if not drawing:
        title = words.one_line(block.title)
        screen.line(f"Slika: {title} (vodoravno {block.x_label}, okomito {block.y_label}).")
        for sentence in plots.spoken(block):
            screen.line(sentence)
        return
    caption(screen, block.title)
    for line in drawing:
        _print(screen, line)


def note(screen: Screen, block: Note) -> None:
    """A sentence beside the tables."""
    if screen.plain:
        screen.line(block.text)
    else:
        hanging(screen, "·", block.text, "dim")


def wide(text: str) -> int:
    """The columns that a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def folded(text: object, width: int) -> list[str]:
    """Text in lines of at most ``width`` columns, broken at spaces, and inside a word only if it must be.

    Thousands and other places joined by a narrow space stay together.
    """
    width = max(2, width)  # a wide character takes two columns
    lines = [""]
    for word in re.findall(r"[^ ]+ *", words.safe(text).replace("\n", " ").replace("\t", " ")):
        if wide(lines[-1]) + wide(word.rstrip(" ")) > width and lines[-1]:
            lines.append("")
        for part in _chopped(word, width):
            if wide(lines[-1]) + wide(part.rstrip(" ")) > width:
                lines.append("")
            lines[-1] += part
    return [line.rstrip(" ") for line in lines]


def _chopped(word: str, width: int) -> list[str]:
    """A word in pieces that fit, cut behind an operator or a mark where there is one."""
    parts = []
    while wide(word.rstrip(" ")) > width:
        end = 1
        while wide(word[: end + 1]) <= width:
            end += 1
        joint = max(word.rfind(mark, end // 2, end) for mark in "*/.,;:=)-_") + 1
        parts.append(word[: joint or end])
        word = word[joint or end :]
    return [*parts, word]


def _print(screen: Screen, line: Styled) -> None:
    screen.console.print(_text(line), soft_wrap=True)


def _text(line: Styled) -> Text:
    from rich.text import Text

    made = Text()
    for part, style in line:
        made.append(words.safe(part), style=style)
    made.rstrip()
    return made
