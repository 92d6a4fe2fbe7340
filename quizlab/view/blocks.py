"""Evidence on screen: its tables, plots, notes and claims, as many as are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.model import Block, Claim, Evidence, Note, Plot, Table
from quizlab.telling import words
from quizlab.view.paragraphs import caption, hanging
from quizlab.view.screen import Screen
from quizlab.view.tables import table


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
        screen.gap()
        show(screen, block)


def claims(screen: Screen, found: Sequence[Claim]) -> None:
    """What was put to the test, each with its outcome first.

    A claim says what was measured, so also one that does not hold is a true sentence: it speaks against.
    """
    for claim in found:
        if screen.plain:
            screen.line(words.sentence(f"{'Dokaz' if claim.holds else 'Protudokaz'}: {claim.says}"))
        else:
            hanging(screen, "✓" if claim.holds else "○", claim.says, "green" if claim.holds else "yellow")


def plot(screen: Screen, block: Plot) -> None:
    """A plot; where there is no room for one, or in plain mode, its values in words."""
    from quizlab.view import plots

    drawing = [] if screen.plain else plots.drawn(block, screen.width)
    if not drawing:
        title = words.phrase(block.title)
        screen.line(f"Slika: {title} (vodoravno {block.x_label}, okomito {block.y_label}).")
        for sentence in plots.spoken(block):
            screen.line(sentence)
        return
    caption(screen, block.title)
    for line in drawing:
        screen.pieces(line)


def note(screen: Screen, block: Note) -> None:
    """A sentence beside the tables."""
    if screen.plain:
        screen.line(words.sentence(block.text))
    else:
        hanging(screen, "·", block.text, "dim")
