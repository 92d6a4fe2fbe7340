"""Our cells against torch's, with the same weights."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from labs.lab3 import GRUCell, LSTMCell, RNNCell, from_torch, to_torch, unroll

TORCH_CELLS = [nn.RNNCell, nn.GRUCell, nn.LSTMCell]
CELLS = [RNNCell, GRUCell, LSTMCell]
GATES = {RNNCell: 1, GRUCell: 3, LSTMCell: 4}


def states_for(module, batch, size):
    h, c = torch.randn(batch, size).double(), torch.randn(batch, size).double()
    return (h, c) if isinstance(module, nn.LSTMCell | LSTMCell) else h


def close(a, b):
    torch.testing.assert_close(a, b, rtol=1e-10, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(TORCH_CELLS), st.integers(1, 5), st.integers(1, 6), st.integers(1, 7))
def test_from_torch_computes_the_same(torch_class, batch, inputs, hidden):
    theirs = torch_class(inputs, hidden).double()
    x, state = torch.randn(batch, inputs).double(), states_for(theirs, batch, hidden)
    close(from_torch(theirs)(x, state), theirs(x, state))


@pytest.mark.parametrize("biases", [0, 1, 2])
@pytest.mark.parametrize("cell_class", CELLS)
def test_to_torch_computes_the_same(cell_class, biases):
    ours = cell_class(4, 6, biases).double()
    x, state = torch.randn(3, 4).double(), states_for(ours, 3, 6)
    theirs = to_torch(ours)
    close(theirs(x, state), ours(x, state))
    for name, parameter in from_torch(theirs, biases=biases).state_dict().items():
        assert torch.equal(parameter, ours.state_dict()[name])


@pytest.mark.parametrize("torch_class", [nn.RNNCell, nn.LSTMCell])
def test_two_biases_of_torch_are_one_by_their_sum(torch_class):
    theirs = torch_class(4, 6).double()
    x, state = torch.randn(3, 4).double(), states_for(theirs, 3, 6)
    close(from_torch(theirs, biases=1)(x, state), theirs(x, state))


def test_the_two_biases_of_a_gru_are_not_one():
    with pytest.raises(ValueError, match="candidate"):
        from_torch(nn.GRUCell(4, 6), biases=1)


def test_what_would_be_lost_is_refused():
    with pytest.raises(ValueError, match="lost"):
        from_torch(nn.RNNCell(4, 6), biases=0)
    with pytest.raises(ValueError, match="tanh"):
        from_torch(nn.RNNCell(4, 6, nonlinearity="relu"))
    with pytest.raises(ValueError, match="projection"):
        from_torch(nn.LSTM(4, 6, proj_size=2))
    with pytest.raises(TypeError, match="Linear"):
        from_torch(nn.Linear(4, 6))
    with pytest.raises(ValueError, match="bias vectors"):
        RNNCell(4, 6, biases=3)


@pytest.mark.parametrize("torch_class", [nn.RNN, nn.GRU, nn.LSTM])
def test_the_unrolled_loop_equals_the_module_layer_by_layer(torch_class):
    network = torch_class(3, 5, num_layers=2).double()
    inputs = torch.randn(7, 2, 3).double()
    states, last = network(inputs)
    ours = inputs
    for layer in range(2):
        ours, final = unroll(from_torch(network, layer=layer), ours)
    close(ours, states)
    close(final, (last[0][1], last[1][1]) if isinstance(last, tuple) else last[1])


@pytest.mark.parametrize("cell_class", CELLS)
def test_parameter_counts_against_torch_and_the_formula(cell_class):
    count = {biases: sum(p.numel() for p in cell_class(100, 1000, biases).parameters()) for biases in (0, 1, 2)}
    gates = GATES[cell_class]
    assert count[0] == gates * (100 * 1000 + 1000 * 1000)
    assert count[1] == count[0] + gates * 1000
    assert count[2] == sum(p.numel() for p in to_torch(cell_class(100, 1000)).parameters())
    assert count[1] == gates * 1_101_000


def test_the_path_of_the_cell_state_multiplies_by_the_forget_gate_only():
    cell = LSTMCell(3, 4).double()
    x, h, c = (torch.randn(1, n).double() for n in (3, 4, 4))
    jacobian = torch.autograd.functional.jacobian(lambda value: cell(x, (h, value))[1], c)
    close(jacobian[0, :, 0], torch.diag(cell.gate_values(x, h).f[0]))


def test_gradients_flow_into_every_weight():
    for cell_class in CELLS:
        cell = cell_class(3, 4, 2)
        unroll(cell, torch.randn(5, 2, 3))[0].sum().backward()
        assert all(parameter.grad.abs().sum() > 0 for parameter in cell.parameters())
