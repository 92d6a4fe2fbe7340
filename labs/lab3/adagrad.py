"""Adagrad for the NumPy network, and one step of its training."""

from __future__ import annotations

import numpy as np

from .numpy_rnn import Array, Indices, Parameters, PlainRNN, clip_elements, loss


class Adagrad:
    """θ ← θ − η·g / (√G + ε), where G adds up g² over all steps (Duchi, Hazan and Singer, JMLR 2011).

    The form of ``torch.optim.Adagrad``: ε stands outside the root.
    """

    def __init__(self, parameters: Parameters, learning_rate: float = 1e-1, epsilon: float = 1e-10) -> None:
        """Remember the parameters; `step` changes them in place."""
        self.parameters = parameters
        self.learning_rate = learning_rate
        self.epsilon = epsilon
        self.squares = Parameters(**{name: np.zeros_like(array) for name, array in parameters.arrays().items()})

    def step(self, gradients: Parameters) -> None:
        """Update the parameters in place."""
        squares = self.squares.arrays()
        for name, gradient in gradients.arrays().items():
            squares[name] += gradient**2
            self.parameters.arrays()[name] -= self.learning_rate * gradient / (np.sqrt(squares[name]) + self.epsilon)


def train_step(
    network: PlainRNN, optimizer: Adagrad, inputs: Array, targets: Indices, h0: Array | None = None
) -> tuple[float, Array]:
    """Forward, backward, clip to [−5, 5], update.

    Args:
        network: Network to train.
        optimizer: Over the network's parameters.
        inputs: Inputs (T, B, I).
        targets: Classes (T, B).
        h0: State (B, H) that the previous piece of the text left.

    Returns:
        The loss before the update and the last state (B, H), the h0 of the next piece.
    """
    trace = network.forward(inputs, h0)
    gradients = network.backward(trace, targets)
    optimizer.step(clip_elements(gradients.parameters))
    return loss(trace, targets), trace.states[-1]
