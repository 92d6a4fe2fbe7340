"""Lab 3 with its cells or its NumPy network broken in one place; tests/coverage/ says which questions must notice."""

from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import nn

import labs.lab3 as sound
from tests.broken.sources import replaced


def lab(**names: Any) -> ModuleType:
    """Lab 3 with some names replaced, wherever it uses them."""
    return replaced("lab3", names)


def without_bias(cell):
    class NoBias(cell):
        def __init__(self, input_size, hidden_size, biases=0):
            super().__init__(input_size, hidden_size, 0)

    return NoBias


def with_two_biases(cell):
    class TwoBiases(cell):
        def __init__(self, input_size, hidden_size, biases=2):
            super().__init__(input_size, hidden_size, biases)

    return TwoBiases


class TransposedRNN(sound.RNNCell):
    def from_state(self, gate, h):
        return h @ self.get_parameter(f"W_h{gate}")


class SigmoidRNN(sound.RNNCell):
    def forward(self, x, h):
        return torch.sigmoid(self.from_state("h", h) + self.from_input("h", x))


class ReluRNN(sound.RNNCell):
    def forward(self, x, h):
        return torch.relu(self.from_state("h", h) + self.from_input("h", x))


class ForgetfulRNN(sound.RNNCell):
    """The previous state is left out."""

    def forward(self, x, h):
        return torch.tanh(self.from_input("h", x))


class BiasOutsideRNN(sound.RNNCell):
    def forward(self, x, h):
        bias = self.from_input("h", 0 * x)
        return torch.tanh(self.from_state("h", h) + self.from_input("h", x) - bias) + bias


class TurnedGRU(sound.GRUCell):
    """z and 1 − z have changed places."""

    def forward(self, x, h):
        z = torch.sigmoid(self.from_input("z", x) + self.from_state("z", h))
        r = torch.sigmoid(self.from_input("r", x) + self.from_state("r", h))
        return z * torch.tanh(self.from_input("n", x) + r * self.from_state("n", h)) + (1 - z) * h


class NoResetGRU(sound.GRUCell):
    def forward(self, x, h):
        z = torch.sigmoid(self.from_input("z", x) + self.from_state("z", h))
        return (1 - z) * torch.tanh(self.from_input("n", x) + self.from_state("n", h)) + z * h


class SwappedLSTM(sound.LSTMCell):
    """Input and forget gate have changed places."""

    gates = ("f", "i", "g", "o")


class SquashedLSTM(sound.LSTMCell):
    """The cell state goes through tanh."""

    def forward(self, x, state):
        h, c = state
        i, f, g, o = self.gate_values(x, h)
        c = torch.tanh(f * c + i * g)
        return o * torch.tanh(c), c


class TiedLSTM(sound.LSTMCell):
    """One gate decides on both the old and the new."""

    def forward(self, x, state):
        h, c = state
        i, _, g, o = self.gate_values(x, h)
        c = (1 - i) * c + i * g
        return o * torch.tanh(c), c


class BareOutputLSTM(sound.LSTMCell):
    """The hidden state leaves out tanh."""

    def forward(self, x, state):
        h, c = state
        i, f, g, o = self.gate_values(x, h)
        c = f * c + i * g
        return o * c, c


class TransposedNumpy(sound.PlainRNN):
    def step(self, x, h):
        p = self.parameters
        return np.tanh(h @ p.W_hh + x @ p.W_xh.T + p.b_h)


class NoBiasNumpy(sound.PlainRNN):
    def step(self, x, h):
        p = self.parameters
        return np.tanh(h @ p.W_hh.T + x @ p.W_xh.T)


class NoTruthNumpy(sound.PlainRNN):
    """The gradient at the outputs forgets y."""

    def backward(self, trace, targets):
        gradients = super().backward(trace, targets)
        return sound.Gradients(gradients.parameters, trace.probabilities, gradients.states)


class MeanNumpy(sound.PlainRNN):
    """The gradient at the outputs is halved."""

    def backward(self, trace, targets):
        gradients = super().backward(trace, targets)
        return sound.Gradients(gradients.parameters, gradients.logits / 2, gradients.states)


class NoSlopeNumpy(sound.PlainRNN):
    """The backward pass forgets the derivative of tanh."""

    def backward(self, trace, targets):
        found = super().backward(trace, targets)
        slope = (1 - trace.states[1:] ** 2).mean()
        parameters = sound.Parameters(
            **{n: a / slope if n in ("W_xh", "W_hh", "b_h") else a for n, a in found.parameters.arrays().items()}
        )
        return sound.Gradients(parameters, found.logits, found.states)


class ReluClassifier(sound.RecurrentClassifier):
    def __init__(self, embedding, cell="gru", hidden_size=150, num_layers=2, dropout=0.0, **kwargs):
        super().__init__(embedding, cell, hidden_size, num_layers, dropout, **kwargs)
        if cell == "rnn":
            self.rnn = nn.RNN(embedding.embedding_dim, hidden_size, num_layers, nonlinearity="relu")


def fresh_every_step(cell, inputs, state=None):
    """An unrolling that forgets the state between steps."""
    hidden = [cell(x, cell.zero_state(x)) for x in inputs]
    return torch.stack(hidden), hidden[-1]


def starting_from_one(cell, inputs, state=None):
    """An unrolling that starts from ones."""
    return sound.unroll(cell, inputs, torch.ones_like(cell.zero_state(inputs[0])) if state is None else state)


BROKEN: dict[str, Any] = {
    "plain RNN without bias": lab(RNNCell=without_bias(sound.RNNCell)),
    "plain RNN with two biases": lab(RNNCell=with_two_biases(sound.RNNCell)),
    "W_hh transposed": lab(RNNCell=TransposedRNN),
    "sigmoid in the plain RNN": lab(RNNCell=SigmoidRNN),
    "ReLU in the plain RNN": lab(RNNCell=ReluRNN),
    "plain RNN without a past": lab(RNNCell=ForgetfulRNN),
    "bias outside tanh": lab(RNNCell=BiasOutsideRNN),
    "GRU with z the other way round": lab(GRUCell=TurnedGRU),
    "GRU without a reset gate": lab(GRUCell=NoResetGRU),
    "GRU without bias": lab(GRUCell=without_bias(sound.GRUCell)),
    "LSTM gates swapped": lab(LSTMCell=SwappedLSTM),
    "LSTM state through tanh": lab(LSTMCell=SquashedLSTM),
    "LSTM with one gate for both": lab(LSTMCell=TiedLSTM),
    "LSTM output without tanh": lab(LSTMCell=BareOutputLSTM),
    "LSTM without bias": lab(LSTMCell=without_bias(sound.LSTMCell)),
    "NumPy: W_hh transposed": lab(PlainRNN=TransposedNumpy),
    "NumPy: without bias": lab(PlainRNN=NoBiasNumpy),
    "NumPy: ∂L/∂o without y": lab(PlainRNN=NoTruthNumpy),
    "NumPy: ∂L/∂o halved": lab(PlainRNN=MeanNumpy),
    "NumPy: no derivative of tanh": lab(PlainRNN=NoSlopeNumpy),
    "classifier with ReLU": lab(RecurrentClassifier=ReluClassifier),
    "unrolled without a state": lab(unroll=fresh_every_step),
    "unrolled from ones": lab(unroll=starting_from_one),
}
"""Name → the broken lab."""
