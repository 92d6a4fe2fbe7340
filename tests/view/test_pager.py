"""The pager: its title stays, its keys move, and nothing is wider or taller than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from quizlab.view import keys, pager
from quizlab.view.screen import Screen
from tests import pages
from tests.view.shown import screen

LONG = [f"redak {number}" for number in range(1, 41)]


def draw(at: Screen) -> None:
    at.gap()
    for line in LONG:
        at.line(line)
    at.raw("x" * 200 + "\n")


def shown(monkeypatch: pytest.MonkeyPatch, *pressed: str, height: int = 24) -> list[list[str]]:
    """What stands on the screen before each key and after the last one."""
    made = pages.screen(80, height)
    made._console = screen(80, colour=True)._console
    assert made._console is not None
    made._console._height = height
    made._console.file = made.file
    coming: Iterator[str] = iter((*pressed, "q"))
    monkeypatch.setattr(pager, "single_keys", lambda _: True)
    monkeypatch.setattr(keys, "press", lambda: next(coming))
    assert pager.show(made, "✗ 9280 · Točno: 9312", draw)
    text = made.file.getvalue()  # type: ignore[attr-defined]
    assert text.startswith("\x1b[?1049h")
    assert text.endswith("\x1b[?1049l")
    return [
        [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", row) for row in part.split("\r\n")] for part in text.split("\x1b[H")[2:]
    ]


def test_the_title_stays_while_the_text_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    screens = shown(monkeypatch, " ", keys.DOWN, keys.UP, keys.BOTTOM, keys.TOP, keys.PAGE_DOWN, keys.PAGE_UP)
    assert all(rows[0] == "✗ 9280 · Točno: 9312" for rows in screens)
    assert all(len(rows) == 24 and max(map(cell_len, rows)) <= 80 for rows in screens)
    assert [rows[2] for rows in screens] == [
        *("redak 1", "redak 21", "redak 22", "redak 21"),
        *("redak 23", "redak 1", "redak 21", "redak 1"),
    ]


def test_code_is_cut_at_the_edge_and_the_end_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    end = shown(monkeypatch, keys.BOTTOM, " ", " ")[-1]
    assert end[-4:-1] == ["x" * 80, "x" * 80, "x" * 40]
    assert "23–43 od 43" in end[-1]


def test_a_low_terminal_or_a_pipe_gets_it_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages.screen(80, 24)
    assert not pager.show(made, "naslov", draw)
    assert "redak 40" in made.file.getvalue()  # type: ignore[attr-defined]
    low = pages.screen(80, 5)
    monkeypatch.setattr(pager, "single_keys", lambda _: True)
    assert not pager.show(low, "naslov", draw)
