"""What a screen of a given width shows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from rich.cells import cell_len
from rich.console import Console

from quizlab.view.screen import Screen

WIDTHS = (80, 60, 40, 30)


def screen(width: int = 80, *, plain: bool = False, colour: bool = False) -> Screen:
    """A screen into memory."""
    made = Screen(plain=plain, file=io.StringIO())
    made._console = Console(
        file=made.file,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    return made


def lines(draw: Callable[..., Any], *args: Any, width: int = 80, plain: bool = False, **options: Any) -> list[str]:
    """The lines that a drawing function shows."""
    made = screen(width, plain=plain)
    draw(made, *args, **options)
    assert isinstance(made.file, io.StringIO)
    text = made.file.getvalue()
    assert text == "" or text.endswith("\n")
    return text.split("\n")[:-1]


def widest(shown: list[str]) -> int:
    return max(map(cell_len, shown), default=0)


def squeezed(text: str) -> str:
    """Text without white space, as it survives folding."""
    return re.sub(r"\s+", "", text)
