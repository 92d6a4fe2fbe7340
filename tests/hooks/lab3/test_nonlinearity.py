"""The plain RNN's non-linearity, in the lab and in labs that are wrong."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.nonlinearity import cell_nonlinearity
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held


def test_the_plain_rnn_is_tanh_and_nothing_else():
    assert held(cell_nonlinearity(lab)) == {"is_tanh"}


@pytest.mark.parametrize("name", BROKEN)
def test_only_another_non_linearity_is_noticed(name):
    other = name in ("sigmoid in the plain RNN", "ReLU in the plain RNN", "classifier with ReLU")
    assert held(cell_nonlinearity(BROKEN[name])) == (set() if other else {"is_tanh"})
