"""Long memory: Jacobians against torch's own, the GRU's gates, the LSTM's path through the cell state."""

import pytest
import torch

import labs.lab3 as lab
from quizlab.hooks.lab3.fading import jacobians
from quizlab.hooks.lab3.gru import gru_against_rnn
from quizlab.hooks.lab3.memory import long_memory
from quizlab.hooks.lab3.weights import drawn, lab_cell, linear, noise
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import refuted


@pytest.mark.parametrize("kind", ["RNNCell", "GRUCell"])
def test_jacobians_are_torchs_own(kind):
    cell, inputs = lab_cell(lab, kind, drawn(kind, 3, 4, seed=1)), noise(6, 3, seed=2)

    def run(start, inputs):
        h = start[None]
        for x in inputs:
            h = cell(x[None], h)
        return h[0]

    found = jacobians(cell, inputs, 4)
    for back in range(1, 7):
        start = torch.zeros(4, dtype=torch.float64)
        start = run(start, inputs[: 6 - back]).detach()
        expected = torch.autograd.functional.jacobian(lambda h, back=back: run(h, inputs[6 - back :]), start)
        assert torch.allclose(found[back - 1], expected)


def test_every_claim_holds_in_the_lab():
    assert refuted(gru_against_rnn(lab)) == set()
    assert refuted(long_memory(lab)) == set()


def test_the_same_numbers_come_every_time():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    assert gru_against_rnn(lab) == gru_against_rnn(lab)
    assert long_memory(lab) == long_memory(lab)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("GRU with z the other way round", {"update_gate_mixes", "open_update_gate_copies"}),
        ("GRU without a reset gate", {"update_gate_mixes", "closed_reset_gate_hides_state"}),
        ("GRU without bias", {"update_gate_mixes", "three_and_four_times_the_parameters"}),
        ("plain RNN without bias", {"three_and_four_times_the_parameters"}),
    ],
)
def test_a_broken_gru_is_noticed(name, claims):
    assert claims <= refuted(gru_against_rnn(BROKEN[name]))


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("W_hh transposed", {"update_formula", "gradient_is_a_product"}),
        ("plain RNN without a past", {"update_formula", "gradient_is_a_product", "scale_of_W_hh_decides"}),
        ("LSTM gates swapped", {"cell_state_is_a_sum", "path_is_product_of_f"}),
        ("LSTM state through tanh", {"cell_state_is_a_sum", "path_is_product_of_f"}),
        ("LSTM with one gate for both", {"cell_state_is_a_sum", "path_is_product_of_f"}),
    ],
)
def test_a_broken_path_is_noticed(name, claims):
    assert claims <= refuted(long_memory(BROKEN[name]))


def test_the_weights_of_a_gate_are_one_linear_map():
    weights, x, h = drawn("RNNCell", 3, 4, seed=0), noise(2, 3, seed=1), noise(2, 4, seed=2)
    expected = torch.stack(
        [weights["W_hh"] @ b + weights["W_xh"] @ a + weights["b_h"] for a, b in zip(x, h, strict=True)]
    )
    assert torch.allclose(linear(weights, "h", x, h), expected)
