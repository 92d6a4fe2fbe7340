"""The optimiser of the proofs that train a model live."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


class Adam:
    """Adam in a few lines (Kingma and Ba, 2015), with what a training loop asks of an optimiser.

    Not torch.optim's: building any of those imports torch's compiler, a second that the quiz has no use for.
    """

    def __init__(self, parameters: Iterable[Tensor], rate: float) -> None:
        import torch

        self.parameters = list(parameters)
        self.rate = rate
        self.step_count = 0
        self.first = [torch.zeros_like(p) for p in self.parameters]
        self.second = [torch.zeros_like(p) for p in self.parameters]

    def zero_grad(self, set_to_none: bool = True) -> None:  # noqa: ARG002 (a student may say it)
        """Forget the gradients."""
        for p in self.parameters:
            p.grad = None

    def step(self) -> None:
        """Move every parameter that has a gradient."""
        import torch

        self.step_count += 1
        with torch.no_grad():
            for p, first, second in zip(self.parameters, self.first, self.second, strict=True):
                if p.grad is None:
                    continue
                first.lerp_(p.grad, 1 - 0.9)
                second.mul_(0.999).addcmul_(p.grad, p.grad, value=1 - 0.999)
                mean = first / (1 - 0.9**self.step_count)
                spread = second / (1 - 0.999**self.step_count)
                p.addcdiv_(mean, spread.sqrt() + 1e-8, value=-self.rate)
