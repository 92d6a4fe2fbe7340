"""The unrolled plain RNN, in the lab and in labs that are wrong."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.unrolling import unrolled
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held


@pytest.mark.parametrize("steps", [2, 3, 8])
def test_the_unrolled_network_is_the_folded_one(steps):
    evidence = unrolled(lab, steps=steps)
    assert all(claim.holds for claim in evidence.claims)
    assert evidence.blocks[1].columns == ("odmotano", *(f"t = {t}" for t in range(1, steps + 1)))


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("unrolled without a state", "loop_equals_module"),
        ("unrolled from ones", "starts_from_zero"),
        ("plain RNN without a past", "state_carries_the_past"),
        ("W_hh transposed", "loop_equals_module"),
    ],
)
def test_an_unrolling_that_is_wrong_is_noticed(name, claim):
    assert claim not in held(unrolled(BROKEN[name]))
