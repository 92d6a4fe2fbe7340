"""The proofs about PyTorch's own layers and functions: whatever model or call a bank describes."""

from __future__ import annotations

from collections.abc import Callable

from quizlab.hooks.torch import module, returns
from quizlab.model import Evidence

HOOKS: dict[str, Callable[..., Evidence]] = {
    "torch.module": module.module,
    "torch.return": returns.returned,
}
