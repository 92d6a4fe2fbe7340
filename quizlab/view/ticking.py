"""A prompt with a clock, rewritten in place while the student thinks; it takes no key away from what reads them."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator

from quizlab.telling.blocks import wide
from quizlab.view import editing
from quizlab.view.screen import Screen

GLANCE = 0.25
"""Seconds between two looks at the clock; what is shown changes once a second."""

SAVE, RESTORE = "\x1b7", "\x1b8"
"""What every terminal with escapes understands: remember where the cursor is, and go back there."""


class Clock:
    """A prompt whose text changes with time.

    Args:
        screen: where it is shown.
        text: the prompt at this moment; None when it shall not change any more.
    """

    def __init__(self, screen: Screen, text: Callable[[], str | None]) -> None:
        self._screen = screen
        self._text = text
        self._shown = ""

    def begin(self) -> str:
        """The prompt as it is first shown."""
        self._shown = self._text() or self._shown
        return self._shown

    def _changed(self) -> bool:
        """Whether there is another text to be shown, of the same width as the first."""
        text = self._text()
        if text is None:
            return False
        text = text.rjust(len(self._shown))
        if text == self._shown or len(text) != len(self._shown):
            return False
        self._shown = text
        return True

    def tick(self) -> None:
        """Rewrite the prompt behind which nothing was typed yet."""
        if self._changed():
            self._screen.raw(f"\r{self._shown}")

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Rewrite the prompt of a line while it is being typed; where no readline edits it, nothing is rewritten."""
        if not editing.possible():
            yield
            return
        import readline

        done = threading.Event()

        def run() -> None:
            while not done.wait(GLANCE):
                behind = wide(readline.get_line_buffer())
                fits = (
                    wide(self._shown) + behind < shutil.get_terminal_size().columns
                )  # on one row the edge is left of it
                if fits and self._changed():
                    self._screen.raw(f"{SAVE}\r{self._shown}{RESTORE}")

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
