"""Labs with one edit of their source: what the proofs must notice, what they must not mind, and what is shown then."""

from __future__ import annotations

import pytest

from tests.broken.matrix4 import MUTANTS, faults, outcomes

FEW = {
    "U1": "q1",
    "U2": "q16",  # green, and its snippet prints what is shown, though the lab's unit is another
    "U3": "q9",
    "M7": "q8",
    "M12": "q10",
    "D5": "q17",
    "D8": "q5 q8 q11",
    "D12": "q8 q11 q64",
    "D13": "q8 q11 q64",
    "D15": "q8",
    "L6": "q22",
    "X1": "q21",
    "X2": "q21",
    "X9": "q8",
    "X11": "q6",
    "X12": "q6 q22",
}
"""Labs that once were missed or turned something red falsely; ``make stress`` has them all, with all questions."""


@pytest.mark.parametrize("name", FEW)
def test_an_edited_lab_is_noticed_where_it_has_to_be_and_nowhere_else(name: str) -> None:
    mutant = MUTANTS[name]
    assert faults(mutant, outcomes(mutant, FEW[name].split())) == []
