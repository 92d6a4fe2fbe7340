"""Text under its own margin: never too wide, and plain text has no margin."""

from __future__ import annotations

import pytest

from quizlab.view import paragraphs
from tests.view.shown import WIDTHS, lines, squeezed, widest

SAID = "riječ " * 30


@pytest.mark.parametrize("width", WIDTHS)
def test_each_wraps_under_itself(width: int) -> None:
    for shown, first, margin in (
        (lines(paragraphs.hanging, "a", SAID, width=width), "  a  riječ", "     riječ"),
        (lines(paragraphs.verdict, "✗", SAID, "red", width=width), "✗ riječ", "  riječ"),
        (lines(paragraphs.caption, SAID, width=width), "  riječ", "  riječ"),
    ):
        assert widest(shown) <= width
        assert shown[0].startswith(first)
        assert all(line.startswith(margin) for line in shown[1:])
        assert squeezed("".join(shown)).endswith(squeezed(SAID))


def test_plain_paragraphs_are_one_line() -> None:
    assert lines(paragraphs.hanging, "a)", SAID, plain=True) == [f"a) {SAID}".strip()]
    assert lines(paragraphs.caption, SAID, plain=True) == [SAID.strip()]
