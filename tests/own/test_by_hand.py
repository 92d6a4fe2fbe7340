"""Labs written by hand in styles of their own: what was expected before they were looked at, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manuscripts import by_hand
from tests.own.looking import look
from tests.thinned import thinned

SLOW = {
    "lab4_one_script", "lab4_notebook", "lab4_package", "lab4_trainer", "lab4_epochs", "lab4_other_returns",
    "lab4_two_mistakes",
}  # fmt: skip
"""Left to the long trial: each trains a model for seconds."""


CASES = [
    *thinned([each for each in by_hand.LABS if each not in SLOW], 5),
    *(pytest.param(each, marks=pytest.mark.stress) for each in sorted(SLOW)),
]


@pytest.mark.parametrize("name", CASES)
def test_what_was_expected_comes_out(name: str, tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    expected = by_hand.LABS[name]
    found = look(by_hand.write(name, tmp_path / "du"), name[:4], tmp_path / "scratch")
    assert {each.part for each in found.loaded.places} - {"loss"} == set(expected.parts)
    assert found.named == set(expected.causes)
    assert {each.id for each in found.causes if each.note} == set(expected.notes)
    assert set(found.of("unchecked")) == set(expected.unchecked)
    assert set(found.of("differs")) <= {question for each in found.causes for question in each.questions}
