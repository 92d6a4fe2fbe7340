"""The cells: parameters against closed formulas."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.cells import cell_parameters
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held

SIZES = [(1, 1), (3, 5), (300, 150), (100, 1000), (10**9, 10**9)]


GATES = {"rnn": 1, "gru": 3, "lstm": 4}


@pytest.mark.parametrize(("i", "h"), SIZES)
@pytest.mark.parametrize("cell", GATES)
@pytest.mark.parametrize(("biases", "vectors"), [("none", 0), ("default", 1), ("two", 2)])
def test_parameters_are_counted(i, h, cell, biases, vectors):
    evidence = cell_parameters(lab, input=i, hidden=h, cell=cell, biases=biases)
    assert evidence.cases[0].value == GATES[cell] * (h * i + h * h + vectors * h)
    assert held(evidence) == {"one_bias_vector", "torch_has_two", "sizes_as_told"} | (
        {"same_as_torch"} if biases == "two" else set()
    )
    assert f"\n{GATES[cell] * (h * i + h * h + 2 * h)} " in evidence.snippet.prints


@pytest.mark.parametrize(("matrices", "expected"), [("input", 300 * 150 + 150), ("state", 150 * 150 + 150)])
def test_a_matrix_can_be_left_out(matrices, expected):
    assert cell_parameters(lab, matrices=matrices).cases[0].value == expected


@pytest.mark.parametrize("name", ["plain RNN without bias", "plain RNN with two biases"])
def test_another_number_of_bias_vectors_is_noticed(name):
    evidence = cell_parameters(BROKEN[name])
    assert evidence.cases[0].value != 67650
    assert "one_bias_vector" not in held(evidence)
