"""Weights by the names of the equations, carried into the lab's cells, its NumPy network and torch's cells.

Drawing the weights outside and setting them is what makes a proof notice a broken cell: what the equation
says is computed from these weights and never asked of the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from quizlab.hooks.faces import Lab3

if TYPE_CHECKING:
    from torch import Tensor

Kind = Literal["RNNCell", "GRUCell", "LSTMCell"]
Weights = dict[str, "Tensor"]

GATES: dict[Kind, tuple[str, ...]] = {
    "RNNCell": ("h",),
    "GRUCell": ("r", "z", "n"),
    "LSTMCell": ("i", "f", "g", "o"),
}
"""The gates in the order in which torch stacks their matrices (documentation of ``nn.GRUCell``, ``nn.LSTMCell``)."""

SEEDS = range(3)
"""Seeds of the weights and inputs with which a cell is compared with its equations."""

INPUT, HIDDEN, BATCH = 3, 4, 5
"""The sizes of such a cell, no two of them equal."""

CLOSE = 1e-9
"""Results in float64 this near are equal; a missing bias or a swapped gate moves them by tenths."""


@contextmanager
def drawing(seed: int = 0) -> Iterator[None]:
    """Fix the generator that cells draw their first weights from, and put it back afterwards."""
    import torch

    with torch.random.fork_rng(devices=[]):
        # torch.manual_seed also seeds every GPU and formats a stack trace for each: half a millisecond a cell.
        torch.default_generator.manual_seed(seed)
        yield


def noise(*shape: int, seed: int) -> Tensor:
    """Numbers from N(0, 1) in float64, the same for the same seed."""
    import torch

    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def drawn(kind: Kind, input_size: int, hidden_size: int, *, seed: int, scale: float = 0.7) -> Weights:
    """W_x… (H, I), W_h… (H, H) and b_… (H,) of every gate, from N(0, scale²)."""
    rows = scale * noise(len(GATES[kind]), hidden_size, input_size + hidden_size + 1, seed=seed)
    weights: Weights = {}
    for gate, block in zip(GATES[kind], rows, strict=True):
        weights[f"W_x{gate}"] = block[:, :input_size]
        weights[f"W_h{gate}"] = block[:, input_size:-1]
        weights[f"b_{gate}"] = block[:, -1]
    return weights


def sizes(kind: Kind, weights: Weights) -> tuple[int, int]:
    """Input and hidden size of the weights."""
    hidden_size, input_size = weights[f"W_x{GATES[kind][0]}"].shape
    return input_size, hidden_size


def lab_cell(lab: Lab3, kind: Kind, weights: Weights, **settings: Any) -> Any:
    """The lab's cell with these weights; what the cell does not have cannot be set, and that will show.

    Of two bias vectors the first one is set and the second is zero.
    """
    import torch

    second = {f"b_h{gate}": 0 * weights[f"b_{gate}"] for gate in GATES[kind]}
    values = {**second, **{f"b_x{gate}": weights[f"b_{gate}"] for gate in GATES[kind]}, **weights}
    with drawing():
        cell = getattr(lab, kind)(*sizes(kind, weights), **settings).double()
    with torch.no_grad():
        for name, parameter in cell.named_parameters():
            if name in values and parameter.shape == values[name].shape:
                parameter.copy_(values[name])
    return cell


def numpy_network(lab: Lab3, weights: Weights, output_size: int) -> Any:
    """The lab's NumPy network with the weights of a plain RNN cell; the output layer is drawn."""
    import numpy as np

    network = lab.PlainRNN(*sizes("RNNCell", weights), output_size, np.random.default_rng(0), scale=1.0)
    for name, array in network.parameters.arrays().items():
        if name in weights and array.shape == tuple(weights[name].shape):
            array[...] = weights[name].numpy()
    return network


def torch_cell(kind: Kind, weights: Weights, *, share: float = 1.0) -> Any:
    """Torch's cell with these weights; ``share`` of each bias goes to its first bias vector, the rest to the second."""
    import torch
    from torch import nn

    with drawing():
        cell = getattr(nn, kind)(*sizes(kind, weights), dtype=torch.float64)
    stacked = {part: torch.cat([weights[f"{part}{gate}"] for gate in GATES[kind]]) for part in ("W_x", "W_h", "b_")}
    with torch.no_grad():
        cell.weight_ih.copy_(stacked["W_x"])
        cell.weight_hh.copy_(stacked["W_h"])
        cell.bias_ih.copy_(share * stacked["b_"])
        cell.bias_hh.copy_((1 - share) * stacked["b_"])
    return cell


def linear(weights: Weights, gate: str, x: Tensor, h: Tensor) -> Tensor:
    """W_x…·x + W_h…·h + b_… of one gate for rows x (B, I) and h (B, H): (B, H)."""
    return x @ weights[f"W_x{gate}"].T + h @ weights[f"W_h{gate}"].T + weights[f"b_{gate}"]
