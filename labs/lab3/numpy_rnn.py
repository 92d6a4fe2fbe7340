"""The plain RNN of the quiz formulas in NumPy, with backpropagation through time written out.

h_t = tanh(W_hh·h_{t−1} + W_xh·x_t + b_h), o_t = W_hy·h_t + b_y, ŷ_t = softmax(o_t): one bias vector for the
state and one for the output. After the character-level network of an older text of lab 3 and Karpathy's
"The Unreasonable Effectiveness of Recurrent Neural Networks" (2015). Time comes first in every array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Parameters:
    """Weights of the network, or anything of the same shapes (gradients, sums of their squares).

    Attributes:
        W_xh: Input to state, (H, I).
        W_hh: State to state, (H, H).
        b_h: Bias of the state, (H,).
        W_hy: State to output, (O, H).
        b_y: Bias of the output, (O,).
    """

    W_xh: Array
    W_hh: Array
    b_h: Array
    W_hy: Array
    b_y: Array

    def arrays(self) -> dict[str, Array]:
        """The arrays by name; the arrays themselves, not copies."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def count(self) -> int:
        """Number of all elements."""
        return sum(array.size for array in self.arrays().values())


@dataclass(frozen=True, eq=False)
class Trace:
    """What the forward pass leaves for the backward one.

    Attributes:
        inputs: Inputs (T, B, I).
        states: Hidden states (T + 1, B, H); ``states[0]`` is the one before the first step.
        logits: Outputs o (T, B, O).
        probabilities: ŷ, the softmax of the outputs, (T, B, O).
    """

    inputs: Array
    states: Array
    logits: Array
    probabilities: Array


@dataclass(frozen=True, eq=False)
class Gradients:
    """Gradients of the loss.

    Attributes:
        parameters: With respect to the weights.
        logits: With respect to the outputs, ŷ − y, (T, B, O).
        states: With respect to the hidden states (T + 1, B, H), through every later step.
    """

    parameters: Parameters
    logits: Array
    states: Array


class PlainRNN:
    """The network: one hidden layer, one softmax output at every step."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        rng: np.random.Generator,
        scale: float = 0.01,
    ) -> None:
        """Draw the weights from N(0, scale²); the biases start at zero."""
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.parameters = Parameters(
            W_xh=rng.normal(0.0, scale, (hidden_size, input_size)),
            W_hh=rng.normal(0.0, scale, (hidden_size, hidden_size)),
            b_h=np.zeros(hidden_size),
            W_hy=rng.normal(0.0, scale, (output_size, hidden_size)),
            b_y=np.zeros(output_size),
        )

    def step(self, x: Array, h: Array) -> Array:
        """One step: input (B, I), state (B, H) → state (B, H)."""
        p = self.parameters
        # A batch holds its vectors as rows, so W·h of the formula is h·Wᵀ here.
        return np.tanh(h @ p.W_hh.T + x @ p.W_xh.T + p.b_h)

    def output(self, h: Array) -> Array:
        """Logits (…, O) of states (…, H)."""
        return h @ self.parameters.W_hy.T + self.parameters.b_y

    def forward(self, inputs: Array, h0: Array | None = None) -> Trace:
        """Run over inputs (T, B, I) from the state h0 (B, H), zero when left out.

        Raises:
            ValueError: Inputs that are not (T, B, I) with T ≥ 1.
        """
        if inputs.ndim != 3 or inputs.shape[2] != self.input_size or not len(inputs):
            raise ValueError(f"inputs (T, B, {self.input_size}) expected, got {inputs.shape}")
        states = [np.zeros((inputs.shape[1], self.hidden_size)) if h0 is None else h0]
        for x in inputs:
            states.append(self.step(x, states[-1]))
        all_states = np.stack(states)
        logits = self.output(all_states[1:])
        return Trace(inputs, all_states, logits, softmax(logits))

    def backward(self, trace: Trace, targets: Indices) -> Gradients:
        """Backpropagation through time of `loss` for the classes (T, B) of every step."""
        p = self.parameters
        # The gradient of cross-entropy after softmax: the probabilities, less one at the true class.
        d_logits = trace.probabilities - one_hot(targets, self.output_size)
        d_states = np.zeros_like(trace.states)
        d_states[1:] = d_logits @ p.W_hy
        d_W_xh, d_W_hh, d_b_h = np.zeros_like(p.W_xh), np.zeros_like(p.W_hh), np.zeros_like(p.b_h)
        for t in range(len(trace.inputs), 0, -1):
            # d_states[t] is complete here: its own output and, added below, every later step.
            d_sum = d_states[t] * (1.0 - trace.states[t] ** 2)
            d_W_xh += d_sum.T @ trace.inputs[t - 1]
            d_W_hh += d_sum.T @ trace.states[t - 1]
            d_b_h += d_sum.sum(axis=0)
            d_states[t - 1] += d_sum @ p.W_hh
        d_W_hy = np.einsum("tbo,tbh->oh", d_logits, trace.states[1:])
        parameters = Parameters(d_W_xh, d_W_hh, d_b_h, d_W_hy, d_logits.sum(axis=(0, 1)))
        return Gradients(parameters, d_logits, d_states)

    def sample(
        self, prompt: Sequence[int], length: int, rng: np.random.Generator, temperature: float = 1.0
    ) -> list[int]:
        """Continue a prompt with `length` indices, each drawn from ŷ and fed back as the next input.

        Needs equal input and output sizes.

        Raises:
            ValueError: An empty prompt, sizes that differ, or a temperature that is not positive.
        """
        if not prompt or self.input_size != self.output_size or temperature <= 0:
            raise ValueError("sampling needs a prompt, equal input and output sizes and a positive temperature")
        h = self.forward(one_hot(np.array(prompt)[:, None], self.input_size)).states[-1]
        drawn: list[int] = []
        for _ in range(length):
            probabilities = softmax(self.output(h)[0] / temperature)
            drawn.append(int(rng.choice(self.output_size, p=probabilities)))
            h = self.step(one_hot(np.array([drawn[-1]]), self.input_size), h)
        return drawn


def parameter_count(input_size: int, hidden_size: int, output_size: int) -> int:
    """Number of parameters by the formula: (I·H + H·H + H) + (H·O + O)."""
    hidden = input_size * hidden_size + hidden_size**2 + hidden_size
    return hidden + hidden_size * output_size + output_size


def one_hot(indices: Indices, size: int) -> Array:
    """Rows of the identity matrix: indices (…) → vectors (…, size)."""
    return np.eye(size)[indices]


def softmax(logits: Array) -> Array:
    """Softmax over the last axis; the largest logit is taken off first, so that exp cannot overflow."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    quotient: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return quotient


def loss(trace: Trace, targets: Indices) -> float:
    """Cross-entropy of the classes (T, B), summed over steps and batch.

    A sum and not a mean, so that ∂L/∂o is ŷ − y as in the formulas. Computed from the logits: the logarithm
    of a probability that was rounded to 0 would be infinite.
    """
    shifted = trace.logits - trace.logits.max(axis=-1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return float(-np.take_along_axis(log_probabilities, targets[..., None], axis=-1).sum())


def clip_elements(gradients: Parameters, limit: float = 5.0) -> Parameters:
    """Limit every element to [−limit, limit]; unlike clipping by norm, this can change the direction."""
    return Parameters(**{name: np.clip(array, -limit, limit) for name, array in gradients.arrays().items()})
