"""Shapes of the plain RNN's arrays at any size, in the lab's network in NumPy and in torch.

The lab's network is built as large as it is asked for, its weights not drawn but zeros, which take no memory until
they are written. Only what no memory holds is worked out from small networks, by how each of their arrays follows the
sizes. Torch's modules are built on the meta device, where tensors have shapes and no memory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod
from typing import Any

from quizlab.hooks.common import listed, parameter_shapes
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.model import Table

Shapes = dict[str, tuple[int, ...]]

SMALL = (2, 3, 5)
"""Input, hidden and output size of the network that is really built."""

LARGEST = 20_000_000
"""Elements of the largest network that is really built."""

ROLES = {
    "W_xh": "ulaz → stanje",
    "W_hh": "stanje → stanje",
    "b_h": "pristranost stanja",
    "b_xh": "pristranost uz ulaz",
    "b_hh": "pristranost uz stanje",
    "W_hy": "stanje → izlaz",
    "b_y": "pristranost izlaza",
}

IN_TORCH = {
    "W_xh": "rnn.weight_ih_l0",
    "W_hh": "rnn.weight_hh_l0",
    "b_h": "rnn.bias_ih_l0",
    "b_xh": "rnn.bias_ih_l0",
    "b_hh": "rnn.bias_hh_l0",
    "W_hy": "izlaz.weight",
    "b_y": "izlaz.bias",
}
"""Where the same tensors are in ``nn.RNN`` and ``nn.Linear``."""


def shapes_at(lab: Lab3, inputs: int, hidden: int, outputs: int) -> Shapes:
    """Shapes of the arrays of the lab's plain RNN; one that shares the memory of another has no parameters of its own.

    Beyond `LARGEST` elements they are as they follow the sizes in small networks.
    """
    if hidden * (inputs + hidden + outputs) <= LARGEST:
        return _built(lab, inputs, hidden, outputs)
    sizes = (1, inputs, hidden, outputs)
    return {
        name: tuple(sum(part * size for part, size in zip(parts, sizes, strict=True)) for parts in follows)
        for name, follows in follows_sizes(lab).items()
    }


def _built(lab: Lab3, *sizes: int) -> Shapes:
    """Shapes of the arrays of a network that is really built."""
    import numpy as np

    class Still(np.random.Generator):
        """Draws nothing but zeros."""

        def normal(self, loc: object = 0, scale: object = 1, size: Any = None) -> Any:  # noqa: ARG002
            return np.zeros(size or ())

        def uniform(self, low: object = 0, high: object = 1, size: Any = None) -> Any:  # noqa: ARG002
            return np.zeros(size or ())

        def standard_normal(self, size: Any = None, *_: Any, **__: Any) -> Any:
            return np.zeros(size or ())

    arrays = lab.PlainRNN(*sizes, Still(np.random.PCG64(0))).parameters.arrays()
    shapes: Shapes = {}
    for name, array in arrays.items():
        if not any(np.may_share_memory(array, arrays[other]) for other in shapes):
            shapes[name] = tuple(array.shape)
    return shapes


def torch_shapes(inputs: int, hidden: int, outputs: int) -> Shapes:
    """Shapes of the parameters of torch's own RNN and output layer, built on the meta device."""
    import torch
    from torch import nn

    with torch.device("meta"):
        modules = nn.ModuleDict({"rnn": nn.RNN(inputs, hidden), "izlaz": nn.Linear(hidden, outputs)})
    return parameter_shapes(modules)


@once_per_lab
def follows_sizes(lab: Lab3) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    """For each array and each dimension of it: how much is constant, and how often it holds I, H and O.

    Measured, not assumed: the network is built small, and then once with each size larger by one.
    """
    small = _built(lab, *SMALL)
    larger = [_built(lab, *(size + (at == grown) for at, size in enumerate(SMALL))) for grown in range(3)]
    found = {}
    for name, shape in small.items():
        rows = []
        for axis, length in enumerate(shape):
            per_i, per_h, per_o = (each[name][axis] - length for each in larger)
            constant = length - per_i * SMALL[0] - per_h * SMALL[1] - per_o * SMALL[2]
            rows.append((constant, per_i, per_h, per_o))
        found[name] = tuple(rows)
    return found


def joins_input_and_output(follows: tuple[tuple[int, int, int, int], ...]) -> bool:
    """Whether one dimension of a matrix follows the input size alone and the other the output size alone."""
    return sorted(follows) == [(0, 0, 0, 1), (0, 1, 0, 0)]


def leaders(shapes: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    """The names of the tensors with the most elements."""
    most = max(map(prod, shapes.values()))
    return tuple(name for name, shape in shapes.items() if prod(shape) == most)


def largest_of(shapes: Mapping[str, tuple[int, ...]]) -> str:
    """The name of the tensor with the most elements, or of all that share the lead."""
    return listed(leaders(shapes))


def total(shapes: Mapping[str, tuple[int, ...]]) -> int:
    """The number of all elements."""
    return sum(map(prod, shapes.values()))


def tensors_table(shapes: Shapes, title: str, *, marked: Collection[str] = (), with_total: bool = False) -> Table:
    """Tensor by tensor: its role, its shape and its size."""
    return Table(
        ("tenzor", "uloga", "oblik", "elemenata"),
        tuple((name, ROLES.get(name, ""), str(shape), prod(shape)) for name, shape in shapes.items()),
        title=title,
        marked=tuple(at for at, name in enumerate(shapes) if name in marked),
        total=("ukupno", "", "", total(shapes)) if with_total else (),
    )


def modules_code(inputs: int, hidden: int, outputs: int | str, *, reads: int | None = None) -> str:
    """The network in plain PyTorch, without memory for its weights."""
    return f"""\
from torch import nn

rnn = nn.RNN({inputs}, {hidden}, device="meta")  # samo oblici, bez memorije
izlaz = nn.Linear({reads or hidden}, {outputs}, device="meta")
"""
