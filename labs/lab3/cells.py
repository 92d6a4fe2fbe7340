"""Recurrent cells written from their equations, one matrix for every gate.

torch stacks the matrices of all gates into one and always adds two bias vectors; here each gate has its
own ``W_x…`` and ``W_h…`` and the number of bias vectors is a choice, so that the equations of the course
and the ones of torch can be compared. `labs.lab3.cell_weights` carries weights between the two.
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

import torch
from torch import Tensor, nn

Biases = Literal[0, 1, 2]
LSTMState = tuple[Tensor, Tensor]


class Cell(nn.Module):
    """Weights that all cells share the layout of.

    For a gate g: ``W_xg`` (H, I) and ``W_hg`` (H, H), and by number of bias vectors: none, one ``b_g`` (H,),
    or torch's two, ``b_xg`` and ``b_hg``, of which the first goes with the input and the second with the
    state. Weights and biases start uniform in ±1/√H, as torch's do.

    Attributes:
        gates: Names of the gates in the order in which torch stacks them.
    """

    gates: ClassVar[tuple[str, ...]] = ()

    def __init__(self, input_size: int, hidden_size: int, biases: Biases = 1) -> None:
        super().__init__()
        if biases not in (0, 1, 2):
            raise ValueError(f"a cell has 0, 1 or 2 bias vectors, not {biases}")
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.biases = biases
        for gate in self.gates:
            self._add(f"W_x{gate}", hidden_size, input_size)
            self._add(f"W_h{gate}", hidden_size, hidden_size)
            for name in bias_names(gate, biases):
                self._add(name, hidden_size)

    def _add(self, name: str, *shape: int) -> None:
        bound = self.hidden_size**-0.5
        self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def from_input(self, gate: str, x: Tensor) -> Tensor:
        """W_xg·x, plus the bias that goes with the input: (B, I) → (B, H)."""
        part = x @ self.get_parameter(f"W_x{gate}").T
        if self.biases == 0:
            return part
        return part + self.get_parameter(bias_names(gate, self.biases)[0])

    def from_state(self, gate: str, h: Tensor) -> Tensor:
        """W_hg·h, plus the second bias if there are two: (B, H) → (B, H)."""
        part = h @ self.get_parameter(f"W_h{gate}").T
        return part + self.get_parameter(f"b_h{gate}") if self.biases == 2 else part


def bias_names(gate: str, biases: Biases) -> tuple[str, ...]:
    """Names of a gate's bias vectors."""
    names: dict[Biases, tuple[str, ...]] = {0: (), 1: (f"b_{gate}",), 2: (f"b_x{gate}", f"b_h{gate}")}
    return names[biases]


class RNNCell(Cell):
    """Plain RNN: h' = tanh(W_hh·h + W_xh·x + b_h) (Elman, "Finding structure in time", 1990).

    With two bias vectors the parameters are named ``b_xh`` and ``b_hh``, and their sum is b_h.
    """

    gates = ("h",)

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        """One step: input (B, I), state (B, H) → state (B, H)."""
        return torch.tanh(self.from_state("h", h) + self.from_input("h", x))

    def zero_state(self, x: Tensor) -> Tensor:
        """State (B, H) before the first input (B, I)."""
        return x.new_zeros(len(x), self.hidden_size)


class GRUCell(Cell):
    """Gated recurrent unit (Cho et al., EMNLP 2014), in the form of torch's ``nn.GRUCell``.

    r = σ(W_xr·x + W_hr·h + b_r), z = σ(W_xz·x + W_hz·h + b_z),
    n = tanh(W_xn·x + b_n + r ⊙ (W_hn·h)), h' = (1 − z) ⊙ n + z ⊙ h.

    The paper resets the state before the product, W_hn·(r ⊙ h), and lets z and 1 − z change places.
    """

    gates = ("r", "z", "n")

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        """One step: input (B, I), state (B, H) → state (B, H)."""
        r = torch.sigmoid(self.from_input("r", x) + self.from_state("r", h))
        z = torch.sigmoid(self.from_input("z", x) + self.from_state("z", h))
        # With two bias vectors the second one stands inside the bracket: r scales it together with W_hn·h.
        n = torch.tanh(self.from_input("n", x) + r * self.from_state("n", h))
        return (1 - z) * n + z * h

    def zero_state(self, x: Tensor) -> Tensor:
        """State (B, H) before the first input (B, I)."""
        return x.new_zeros(len(x), self.hidden_size)


class LSTMGates(NamedTuple):
    """Values of the gates of one step, each (B, H): input, forget, candidate c̃ (torch's g), output."""

    i: Tensor
    f: Tensor
    g: Tensor
    o: Tensor


class LSTMCell(Cell):
    """Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate: Gers et al., 2000).

    i = σ(W_xi·x + W_hi·h + b_i), f = σ(W_xf·x + W_hf·h + b_f), o = σ(W_xo·x + W_ho·h + b_o),
    c̃ = tanh(W_xg·x + W_hg·h + b_g), c' = f ⊙ c + i ⊙ c̃, h' = o ⊙ tanh(c').
    """

    gates = ("i", "f", "g", "o")

    def forward(self, x: Tensor, state: LSTMState) -> LSTMState:
        """One step: input (B, I), state (h, c) of (B, H) each → new (h, c)."""
        h, c = state
        i, f, g, o = self.gate_values(x, h)
        # The direct path from c to c' is this one product with f: no matrix, no tanh.
        c = f * c + i * g
        return o * torch.tanh(c), c

    def gate_values(self, x: Tensor, h: Tensor) -> LSTMGates:
        """The gates for an input (B, I) and a hidden state (B, H)."""
        i, f, g, o = (self.from_input(gate, x) + self.from_state(gate, h) for gate in self.gates)
        return LSTMGates(torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o))

    def zero_state(self, x: Tensor) -> LSTMState:
        """State (h, c), (B, H) each, before the first input (B, I)."""
        return x.new_zeros(len(x), self.hidden_size), x.new_zeros(len(x), self.hidden_size)


def unroll(
    cell: RNNCell | GRUCell | LSTMCell, inputs: Tensor, state: Tensor | LSTMState | None = None
) -> tuple[Tensor, Tensor | LSTMState]:
    """Apply the same cell, with the same weights, at every step of a sequence.

    Args:
        cell: Any of the three cells.
        inputs: Inputs (T, B, I), time first, at least one step.
        state: State before the first step, zero when left out; of an LSTM the pair (h, c).

    Returns:
        The hidden states (T, B, H) of all steps and the state after the last one.
    """
    state = cell.zero_state(inputs[0]) if state is None else state
    hidden = []
    for x in inputs:
        state = cell(x, state)
        hidden.append(state[0] if isinstance(state, tuple) else state)
    return torch.stack(hidden), state
