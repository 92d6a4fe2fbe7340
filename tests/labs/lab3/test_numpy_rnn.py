"""The NumPy network against autograd, finite differences and torch's Adagrad."""

import numpy as np
import pytest
import torch
from torch import nn

from labs.lab3 import (
    Adagrad,
    Parameters,
    PlainRNN,
    clip_elements,
    loss,
    one_hot,
    parameter_count,
    softmax,
    train_step,
)

T, B, SIZE, HIDDEN, OUT = 6, 3, 5, 4, 7


@pytest.fixture
def case():
    rng = np.random.default_rng(1)
    network = PlainRNN(SIZE, HIDDEN, OUT, rng, scale=0.8)
    network.parameters.b_h[:] = rng.normal(size=HIDDEN)
    network.parameters.b_y[:] = rng.normal(size=OUT)
    return network, rng.normal(size=(T, B, SIZE)), rng.integers(0, OUT, (T, B)), rng.normal(size=(B, HIDDEN))


def torch_twin(network):
    p = {name: torch.tensor(array) for name, array in network.parameters.arrays().items()}
    rnn, head = nn.RNN(SIZE, HIDDEN).double(), nn.Linear(HIDDEN, OUT).double()
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(p["W_xh"])
        rnn.weight_hh_l0.copy_(p["W_hh"])
        rnn.bias_ih_l0.copy_(p["b_h"])
        rnn.bias_hh_l0.zero_()
        head.weight.copy_(p["W_hy"])
        head.bias.copy_(p["b_y"])
    return rnn, head


def test_forward_and_gradients_equal_autograd(case):
    network, x, targets, h0 = case
    rnn, head = torch_twin(network)
    start = torch.tensor(h0[None], requires_grad=True)
    logits = head(rnn(torch.tensor(x), start)[0])
    logits.retain_grad()
    total = nn.functional.cross_entropy(logits.reshape(-1, OUT), torch.tensor(targets).reshape(-1), reduction="sum")
    total.backward()
    trace = network.forward(x, h0)
    gradients = network.backward(trace, targets)
    assert np.allclose(trace.logits, logits.detach())
    assert np.allclose(trace.probabilities, logits.detach().softmax(-1))
    assert np.isclose(loss(trace, targets), total.item())
    ours = gradients.parameters
    for array, parameter in [
        (ours.W_xh, rnn.weight_ih_l0),
        (ours.W_hh, rnn.weight_hh_l0),
        (ours.b_h, rnn.bias_ih_l0),
        (ours.W_hy, head.weight),
        (ours.b_y, head.bias),
    ]:
        assert np.allclose(array, parameter.grad, rtol=1e-9, atol=1e-12)
    assert np.allclose(gradients.states[0], start.grad[0])
    assert np.allclose(gradients.logits, logits.grad)
    assert np.allclose(gradients.logits, trace.probabilities - np.eye(OUT)[targets])


def test_gradients_equal_finite_differences(case):
    network, x, targets, h0 = case
    gradients = network.backward(network.forward(x, h0), targets).parameters.arrays()
    for name, array in network.parameters.arrays().items():
        for index in np.ndindex(array.shape):
            kept, step = array[index], 1e-6
            array[index] = kept + step
            above = loss(network.forward(x, h0), targets)
            array[index] = kept - step
            below = loss(network.forward(x, h0), targets)
            array[index] = kept
            assert np.isclose(gradients[name][index], (above - below) / (2 * step), rtol=1e-5, atol=1e-6)


def test_parameter_count_of_the_quiz():
    network = PlainRNN(100, 1000, 100, np.random.default_rng(0))
    assert network.parameters.count() == parameter_count(100, 1000, 100) == 1_201_100


def test_softmax_and_loss_survive_large_logits(case):
    network, x, targets, _ = case
    assert softmax(np.array([1e4, 0.0])).tolist() == [1.0, 0.0]
    network.parameters.b_y[:] = [1e4] + [0.0] * (OUT - 1)
    assert np.isfinite(loss(network.forward(x), targets))


def test_adagrad_equals_torch(case):
    network, *_ = case
    theirs = {name: nn.Parameter(torch.tensor(a)) for name, a in network.parameters.arrays().items()}
    ours, reference = Adagrad(network.parameters, 0.1), torch.optim.Adagrad(theirs.values(), lr=0.1)
    rng = np.random.default_rng(2)
    for _ in range(3):
        gradients = {name: rng.normal(size=array.shape) for name, array in network.parameters.arrays().items()}
        ours.step(Parameters(**gradients))
        for name, parameter in theirs.items():
            parameter.grad = torch.tensor(gradients[name])
        reference.step()
    for name, array in network.parameters.arrays().items():
        assert np.allclose(array, theirs[name].detach())


def test_clipping_limits_every_element_and_keeps_the_rest(case):
    network, *_ = case
    gradients = Parameters(**{n: a * 20 for n, a in network.parameters.arrays().items()})
    for name, clipped in clip_elements(gradients).arrays().items():
        before = gradients.arrays()[name]
        inside = np.abs(before) <= 5
        assert np.abs(clipped).max() <= 5
        assert np.array_equal(clipped[inside], before[inside])
        assert np.array_equal(np.sign(clipped), np.sign(before))


def test_a_training_step_uses_the_clipped_gradient(case):
    network, x, targets, _ = case
    network.parameters.b_y[:] = [20.0] + [0.0] * (OUT - 1)  # sure of class 0, and wrong at every step
    targets[:] = 1
    optimizer = Adagrad(network.parameters)
    gradients = network.backward(network.forward(x), targets).parameters
    assert abs(gradients.b_y).max() > 5
    train_step(network, optimizer, x, targets)
    for name, array in clip_elements(gradients).arrays().items():
        assert np.allclose(optimizer.squares.arrays()[name], array**2)


def test_it_learns_a_cycle_and_samples_it():
    rng = np.random.default_rng(3)
    network = PlainRNN(4, 16, 4, rng, scale=0.1)
    optimizer = Adagrad(network.parameters)
    text = np.tile([0, 1, 2, 1, 3], 5)
    inputs, targets = one_hot(text[:-1, None], 4), text[1:, None]
    losses = [train_step(network, optimizer, inputs, targets)[0] for _ in range(150)]
    assert losses[-1] < 0.1 * losses[0]
    # After a 1 comes a 2 or a 3: only the state can tell which.
    assert network.sample([0, 1, 2, 1, 3], 10, rng, temperature=0.2) == [0, 1, 2, 1, 3] * 2


def test_state_is_carried_over_pieces_of_a_text(case):
    network, x, _, h0 = case
    whole = network.forward(x, h0)
    second = network.forward(x[2:], network.forward(x[:2], h0).states[-1])
    assert np.allclose(second.logits, whole.logits[2:])


def test_unusable_arguments_are_refused(case):
    network, x, _, _ = case
    with pytest.raises(ValueError, match="inputs"):
        network.forward(x[0])
    with pytest.raises(ValueError, match="inputs"):
        network.forward(x[:0])
    with pytest.raises(ValueError, match="sampling"):
        network.sample([0], 3, np.random.default_rng(0))
