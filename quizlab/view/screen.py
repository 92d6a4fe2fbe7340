"""The screen: one place that knows whether a person sees a terminal, a narrow one, or plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from quizlab.telling.words import one_line, safe
from quizlab.view.started import typed

if TYPE_CHECKING:
    from rich.console import Console

Styled = Sequence[tuple[str, str]]
"""One line of the screen: pieces of text, each with its style."""

NARROWEST = 30
"""Columns under which boxes and tables help nobody; plain lines are printed instead."""


class Screen:
    """Where output goes.

    Args:
        plain: one statement a line, without colour, tables or cursor movement.
        file: the stream; standard output by default.
    """

    def __init__(self, *, plain: bool = False, file: TextIO | None = None) -> None:
        self.plain = plain
        self.file = file or sys.stdout
        self._console: Console | None = None
        self._spaced = False

    @property
    def console(self) -> Console:
        """The Rich console, made when first needed; highlighting and markup are off for good."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(file=self.file, highlight=False, markup=False, emoji=False, soft_wrap=False)
        return self._console

    @property
    def width(self) -> int:
        """Columns of the terminal, 80 where there is none."""
        return self.console.width

    def narrow(self) -> bool:
        """Whether this terminal is too narrow for anything but lines."""
        return self.width < NARROWEST

    def line(self, text: str = "") -> None:
        """Print one statement: on one line in plain mode, folded at spaces otherwise."""
        if self.plain:
            self.raw(typed(one_line(text)) + "\n")
        else:
            self.styled(text)

    def styled(self, text: str, style: str = "") -> None:
        """Print safe text in one style, folded at spaces; in plain mode as one statement."""
        if self.plain:
            self.line(text)
            return
        from quizlab.view.folding import folded

        for part in typed(safe(text)).split("\n"):
            for line in folded(part, self.width):
                self.pieces([(line, style)])

    def pieces(self, line: Styled) -> None:
        """Print one line as it is, however long: the terminal breaks it on screen and joins it when it is copied."""
        from rich.text import Text

        made = Text()
        for part, style in line:
            made.append(typed(safe(part)), style=style)
        made.rstrip()
        self.console.print(made, soft_wrap=True)
        self._spaced = not made.plain

    def gap(self) -> None:
        """An empty line between the parts of a screen, never two; plain output has none."""
        if not self.plain and not self._spaced:
            self.pieces([])

    def raw(self, text: str) -> None:
        """Write text as it is (machine-readable output)."""
        self.file.write(text)
        self.file.flush()
        self._spaced = text.endswith("\n\n")


def tell(sentence: str) -> None:
    """Say one sentence on standard error, where it is no part of the output."""
    sys.stderr.write(typed(sentence) + "\n")
    sys.stderr.flush()


def is_terminal() -> bool:
    """Whether a person sits at both ends: what is typed and what is shown."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # closed or replaced streams
        return False
