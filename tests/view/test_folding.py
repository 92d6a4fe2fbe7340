"""Folding: nothing is wider than it may be and nothing is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.telling import words
from quizlab.view import folding
from tests.view.texts import text


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(said=text, width=st.integers(2, 100))
def test_folding_keeps_every_character_in_order(said: str, width: int) -> None:
    folded = folding.folded(said, width)
    assert max(map(folding.wide, folded)) <= width
    assert "".join(folded).replace(" ", "") == words.safe(said).translate({9: "", 10: "", 32: ""})
    assert len(folded) == 1 or all(folded)


def test_folding_breaks_at_spaces_and_otherwise_behind_a_joint() -> None:
    assert folding.folded("jedan dva tri", 9) == ["jedan dva", "tri"]
    assert folding.folded("c_out*c_in*kernel", 12) == ["c_out*c_in*", "kernel"]
    assert folding.folded("daje 294\u202f912", 8) == ["daje", "294\u202f912"]
