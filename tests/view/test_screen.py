"""The screen: lines that fit, single empty lines, plain statements."""

from __future__ import annotations

from quizlab.view.screen import Screen
from tests.view.shown import lines


def test_gaps_never_add_up() -> None:
    def draw(made: Screen) -> None:
        for _ in range(3):
            made.gap()
        made.line("a")
        made.line()
        made.gap()
        made.raw("b\n")
        made.gap()
        made.styled("c", "bold")

    assert lines(draw) == ["", "a", "", "b", "", "c"]
    assert lines(draw, plain=True) == ["a", "", "b", "c"]


def test_lines_fold_at_spaces_but_not_within_numbers() -> None:
    assert lines(Screen.line, "Točno: 1\u202f101\u202f000 da", width=14) == ["Točno:", "1\u202f101\u202f000 da"]
    assert lines(Screen.line, "a\nb") == ["a", "b"]
    assert lines(Screen.line, "a\nb", plain=True) == ["a b"]
