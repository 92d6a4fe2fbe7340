"""The LSTM's equations one by one, in the lab and in labs that are wrong."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.lstm import EQUATIONS, UPDATES, cell_state_update, lstm_equations
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held


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
    broken = BROKEN[name]
    assert held(lstm_equations(broken)) & set(EQUATIONS) == set(EQUATIONS) - wrong
    assert "equals_torch_cell" not in held(lstm_equations(broken))
    assert held(cell_state_update(broken)) == (set() if "cell_state" in wrong else {"forget_old_add_new"})


def test_of_the_updates_only_the_right_one_holds():
    assert held(cell_state_update(lab)) == {"forget_old_add_new"}
    assert "forget_old_add_new" in UPDATES
