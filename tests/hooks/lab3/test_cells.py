"""The cells: parameters against closed formulas, the LSTM's equations one by one."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.cells import EQUATIONS, UPDATES, cell_parameters, cell_state_update, lstm_equations
from tests.broken.lab3_cells import BROKEN

SIZES = [(1, 1), (3, 5), (300, 150), (100, 1000), (10**9, 10**9)]
GATES = {"rnn": 1, "gru": 3, "lstm": 4}


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


@pytest.mark.parametrize(("i", "h"), SIZES)
@pytest.mark.parametrize("cell", GATES)
@pytest.mark.parametrize(("biases", "vectors"), [("none", 0), ("default", 1), ("two", 2)])
def test_parameters_are_counted(i, h, cell, biases, vectors):
    evidence = cell_parameters(lab, input=i, hidden=h, cell=cell, biases=biases)
    assert evidence.cases[0].value == GATES[cell] * (h * i + h * h + vectors * h)
    assert held(evidence) == {"one_bias_vector", "torch_has_two"}
    assert f"\n{GATES[cell] * (h * i + h * h + 2 * h)} " in evidence.snippet.prints


@pytest.mark.parametrize(("matrices", "expected"), [("input", 300 * 150 + 150), ("state", 150 * 150 + 150)])
def test_a_matrix_can_be_left_out(matrices, expected):
    assert cell_parameters(lab, matrices=matrices).cases[0].value == expected


@pytest.mark.parametrize("name", ["plain RNN without bias", "plain RNN with two biases"])
def test_another_number_of_bias_vectors_is_noticed(name):
    evidence = cell_parameters(BROKEN[name][0])
    assert evidence.cases[0].value != 67650
    assert "one_bias_vector" not in held(evidence)


def test_the_lstm_is_its_six_equations():
    assert held(lstm_equations(lab)) == {*EQUATIONS, "equals_torch_cell", "concatenation_is_the_same"}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("LSTM gates swapped", {"forget_gate", "input_gate", "cell_state", "hidden_state"}),
        ("LSTM state through tanh", {"cell_state", "hidden_state"}),
        ("LSTM with one gate for both", {"cell_state", "hidden_state"}),
        ("LSTM output without tanh", {"hidden_state"}),
        ("LSTM without bias", set(EQUATIONS)),
    ],
)
def test_exactly_the_broken_equations_fall(name, wrong):
    broken = BROKEN[name][0]
    assert held(lstm_equations(broken)) & set(EQUATIONS) == set(EQUATIONS) - wrong
    assert "equals_torch_cell" not in held(lstm_equations(broken))
    assert held(cell_state_update(broken)) == (set() if "cell_state" in wrong else {"forget_old_add_new"})


def test_of_the_updates_only_the_right_one_holds():
    assert held(cell_state_update(lab)) == {"forget_old_add_new"}
    assert "forget_old_add_new" in UPDATES
