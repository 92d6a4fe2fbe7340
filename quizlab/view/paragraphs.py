"""Text under its own margin: what hangs behind a sign, what stands over a table."""

from __future__ import annotations

from quizlab.telling.blocks import wide
from quizlab.telling.words import one_line
from quizlab.view.folding import folded
from quizlab.view.screen import Screen

INDENT = "  "


def hanging(screen: Screen, sign: str, text: str, style: str = "") -> None:
    """An item of a list: a sign, then text that wraps under itself."""
    if screen.plain:
        screen.line(f"{sign} {text}")
        return
    head = f"{INDENT}{one_line(sign)}  "
    for at, line in enumerate(folded(text, screen.width - wide(head))):
        screen.pieces([(head if at == 0 else " " * wide(head), style), (line, "")])


def verdict(screen: Screen, sign: str, text: str, style: str) -> None:
    """A sign at the edge, then text that wraps under itself, all in one style."""
    for at, line in enumerate(folded(text, screen.width - len(INDENT))):
        screen.pieces([(f"{sign:<{len(INDENT)}}" if at == 0 else INDENT, style), (line, style)])


def caption(screen: Screen, text: str, style: str = "italic") -> None:
    """What stands over a table, a plot or a snippet, or belongs to the verdict above it; wrapped under itself."""
    if screen.plain:
        screen.line(text)
        return
    for line in folded(text, screen.width - len(INDENT)):
        screen.pieces([(INDENT, ""), (line, style)])
