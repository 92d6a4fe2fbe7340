"""The screen: one place that knows whether a person sees a terminal, a narrow one, or plain lines."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from quizlab.telling.words import one_line, safe
from quizlab.view import streams
from quizlab.view.started import typed

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Styled = Sequence[tuple[str, str]]
"""One line of the screen: pieces of text, each with its style."""

AT_ONCE = 500
"""Lines that are printed together: Rich asks the terminal for its size each time."""

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

    def in_memory(self) -> Screen:
        """A screen of the same kind, width and colours whose text nobody sees yet: `written` gives it."""
        from rich.console import Console

        made = Screen(plain=self.plain, file=io.StringIO())
        made._console = Console(
            file=made.file,
            width=self.width,
            height=self.console.height,
            force_terminal=self.console.is_terminal,
            color_system=self.console.color_system if self.console.is_terminal else None,  # type: ignore[arg-type]
            no_color=self.console.no_color,
            highlight=False,
            markup=False,
            emoji=False,
        )
        return made

    @property
    def written(self) -> list[str]:
        """The lines that a screen in memory holds."""
        return self.file.getvalue().split("\n")[:-1] if isinstance(self.file, io.StringIO) else []

    def line(self, text: str = "") -> None:
        """Print one statement: folded at spaces where a person looks, on one line in a pipe."""
        if not self.plain:
            self.styled(text)
            return
        said = typed(one_line(text))
        room = shutil.get_terminal_size().columns if self.file.isatty() else 0
        self.raw("\n".join(_folded(said, room) if room and len(said) > room else [said]) + "\n")

    def styled(self, text: str, style: str = "") -> None:
        """Print safe text in one style, folded at spaces; in plain mode as one statement."""
        if self.plain:
            self.line(text)
            return
        from rich.text import Text

        width = self.width
        lines = [line for part in typed(safe(text)).split("\n") for line in _folded(part, width)]
        for start in range(0, len(lines), AT_ONCE):
            self._show(Text("\n".join(lines[start : start + AT_ONCE]), style))

    def pieces(self, line: Styled) -> None:
        """Print one line as it is, however long: the terminal breaks it on screen and joins it when it is copied."""
        from rich.text import Text

        made = Text()
        for part, style in line:
            made.append(typed(safe(part)), style=style)
        made.rstrip()
        self._show(made)

    def _show(self, made: Text) -> None:
        self.console.print(made, soft_wrap=True)
        self._spaced = made.plain == "" or made.plain.endswith("\n")

    def fresh(self, *, over: bool = False) -> None:
        """An empty screen to begin at its top; what stood on it moves up into what the terminal remembers.

        With ``over`` it is written over instead, by more of the same.
        """
        if self.plain or not self.console.is_terminal or self.console.is_dumb_terminal:
            self.gap()
            return
        from rich.control import Control

        if not over:
            self.raw("\n" * self.console.height)
        self.console.control(Control.home(), Control.clear() if over else Control())
        self._spaced = True

    def gap(self) -> None:
        """An empty line between the parts of a screen, never two; plain output has none."""
        if not self.plain and not self._spaced:
            self.pieces([])

    def raw(self, text: str) -> None:
        """Write text as it is (machine-readable output)."""
        self.file.write(text)
        self.file.flush()
        self._spaced = text.endswith("\n\n")


def _folded(text: str, width: int) -> list[str]:
    from quizlab.view.folding import folded  # it loads Rich, which a list of questions does without

    return folded(text, width)


def tell(sentence: str) -> None:
    """Say one sentence on standard error, where it is no part of the output; if nobody can hear it, the status says."""
    try:
        sys.stderr.write(typed(sentence) + "\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        streams.silence("stderr")


def is_terminal() -> bool:
    """Whether a person sits at both ends: what is typed and what is shown."""
    try:
        return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    except (AttributeError, ValueError):  # closed or replaced streams
        return False
