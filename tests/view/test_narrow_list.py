"""A terminal too narrow for cut lines gets whole ones; ranges are told with a decimal comma."""

from __future__ import annotations

import pytest

from quizlab import bank
from quizlab.telling import sentences
from quizlab.view import listing
from tests.view.shown import lines


@pytest.mark.parametrize("width", [1, 4])
def test_where_a_cut_line_says_nothing_lines_are_whole(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    found = bank.load(bank.shipped()[0])
    shown = lines(listing.questions, [found], found.questions[:3], width=width, plain=False)
    assert len(shown) == 4
    assert all(question.prompt.split()[0] in line for question, line in zip(found.questions, shown[1:], strict=False))
    assert not any("…" in line for line in shown[:2])


def test_a_range_is_told_with_a_decimal_comma() -> None:
    said = sentences.say("bad_parameter", {"name": "scale", "value": "77", "wanted": "float 0.1–10"})
    assert said == "Parametar scale ne može biti „77”. Očekuje se broj 0,1–10."
