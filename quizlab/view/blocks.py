"""Evidence on screen: its tables, plots, notes and claims, as many as are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quizlab.model import Claim, Evidence, Note, Plot
from quizlab.telling import words
from quizlab.telling.blocks import first, role, shown, sign, spoken
from quizlab.view.paragraphs import caption, hanging
from quizlab.view.screen import Screen
from quizlab.view.tables import table


def evidence(screen: Screen, found: Evidence, *, whole: bool) -> None:
    """The blocks of evidence; only the first table or plot unless the whole is wanted."""
    only = first(found.blocks)
    for at, block in enumerate(found.blocks):
        if not whole and at != only:
            continue
        screen.gap()
        shown(block, partial(table, screen), partial(plot, screen), partial(note, screen))


def claims(screen: Screen, found: Sequence[Claim]) -> None:
    """What was put to the test, each with its outcome first.

    A claim says what was measured, so also one that does not hold is a true sentence: it speaks against.
    """
    for claim in found:
        if screen.plain:
            screen.line(words.sentence(f"{words.capital(role(claim))}: {claim.says}"))
        else:
            hanging(screen, sign(claim), claim.says, "green" if claim.holds else "magenta")


def plot(screen: Screen, block: Plot) -> None:
    """A plot; where there is no room for one, or in plain mode, its values in words."""
    from quizlab.view import plots

    drawing = [] if screen.plain else plots.drawn(block, screen.width)
    if not drawing:
        title = words.phrase(block.title)
        screen.line(f"Slika: {title} (vodoravno {block.x_label}, okomito {block.y_label}).")
        for sentence in spoken(block):
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
        hanging(screen, "·", block.text)
