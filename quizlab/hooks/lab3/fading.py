"""How the gradient fades or grows on its way back through a recurrent cell."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from quizlab.model import Series

if TYPE_CHECKING:
    from torch import Tensor

Cell = Callable[["Tensor", "Tensor"], "Tensor"]


class Faded(NamedTuple):
    """Norms of ∂h_T/∂h_{T−k} for k = 1 … T, one row for each seed."""

    runs: tuple[tuple[float, ...], ...]

    @property
    def median(self) -> tuple[float, ...]:
        """The median over the seeds, for k = 1 … T."""
        return tuple(median(column) for column in zip(*self.runs, strict=True))

    @property
    def ends(self) -> tuple[float, ...]:
        """The norm through the whole sequence, seed by seed."""
        return tuple(run[-1] for run in self.runs)


def norms(cell: Cell, inputs: Tensor, size: int) -> tuple[float, ...]:
    """Frobenius norms of ∂h_T/∂h_{T−k}."""
    return tuple(jacobians(cell, inputs, size).flatten(1).norm(dim=1).tolist())


def jacobians(cell: Cell, inputs: Tensor, size: int) -> Tensor:
    """∂h_T/∂h_{T−k} for k = 1 … T along a sequence of inputs (T, I) from the state 0, stacked to (T, H, H).

    The sequence runs once with H equal rows and goes back once: row j of the last state sends back the
    gradient of its component j only, so every state receives a whole Jacobian.
    """
    import torch

    states = [torch.zeros(size, size, dtype=inputs.dtype, requires_grad=True)]
    for x in inputs:
        states.append(cell(x.expand(size, -1), states[-1]))
    # A sum and no grad_outputs: with them autograd imports sympy, a third of a second.
    own = (states[-1] * torch.eye(size, dtype=inputs.dtype)).sum()
    back = torch.autograd.grad(own, states[-2::-1], allow_unused=True, materialize_grads=True)
    return torch.stack(back)


def series(name: str, norms: tuple[float, ...]) -> Series:
    """One curve over the number of steps back."""
    return Series(name, tuple(float(k) for k in range(1, len(norms) + 1)), norms)
