"""The screen: one place that knows whether a person sees a terminal, a narrow one, or plain lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from quizlab.view.words import one_line, safe

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

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

    @property
    def colour(self) -> bool:
        """Whether colours are wanted here."""
        return bool(self.console.color_system) and not self.console.no_color and not self.plain

    def narrow(self) -> bool:
        """Whether this terminal is too narrow for anything but lines."""
        return self.width < NARROWEST

    def show(self, renderable: RenderableType) -> None:
        """Print something Rich can draw."""
        self.console.print(renderable)

    def line(self, text: str = "") -> None:
        """Print one statement: on one line in plain mode, wrapped at words otherwise."""
        if self.plain:
            self.file.write(one_line(text) + "\n")
            self.file.flush()
        else:
            self.styled(text)

    def styled(self, text: str, style: str = "") -> None:
        """Print safe text in one style, wrapped at words."""
        if self.plain:
            self.line(text)
            return
        from rich.text import Text

        for line in Text(safe(text), style=style).wrap(self.console, self.width):
            line.rstrip()
            self.console.print(line)

    def raw(self, text: str) -> None:
        """Write text as it is (machine-readable output)."""
        self.file.write(text)
        self.file.flush()


def tell(sentence: str) -> None:
    """Say one sentence on standard error, where it is no part of the output."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def is_terminal() -> bool:
    """Whether a person sits at both ends: what is typed and what is shown."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # closed or replaced streams
        return False
