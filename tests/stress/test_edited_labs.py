"""Every edited lab 4, every question: noticed where it must be and nowhere else."""

from __future__ import annotations

import os

import pytest

from tests.broken.matrix4 import MUTANTS, QUESTIONS, faults, matrix
from tests.thinned import SHORT

pytestmark = pytest.mark.stress


@pytest.mark.skipif(not hasattr(os, "fork"), reason="every lab is proved in a fork")
@pytest.mark.parametrize("name", list(MUTANTS)[:: 12 if SHORT else 1])
def test_every_question_on_an_edited_lab(name: str) -> None:
    ((_, found, _),) = matrix([name], list(QUESTIONS), 1)
    assert faults(MUTANTS[name], found) == []
