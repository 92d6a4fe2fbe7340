"""A student's ``model.loss`` as a function of embeddings: images are numbers, and the model looks embeddings up by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own.binding import Fixed, Role, call, parameters_of

if TYPE_CHECKING:
    from torch import Tensor

    from quizlab.own.lab4 import OwnLab4

LOSS = (Role("anchor", "^a$|^a_|anch|sidr"), Role("positive", "^p$|^p_|pos"), Role("negative", "^n$|^n_|neg"))
MARGIN = "marg|alpha"


def loss_class(lab: OwnLab4) -> Any:
    """The student's loss as a class like ``torch.nn.TripletMarginLoss``.

    Raises:
        MissingPartError: there is no model, or it has no loss.
    """
    model_class = lab.part("model")
    if not callable(getattr(model_class, "loss", None)):
        raise MissingPartError("loss")

    class Loss:
        """Called with the embeddings (B, D) of the anchors, the positives and the negatives.

        Args:
            margin: another margin than the one that the student's code has by itself.

        Raises:
            TypeError: the margin cannot be set from outside.
        """

        def __init__(self, margin: float | None = None) -> None:
            self.margin = margin
            self._named: dict[str, float] = {}
            self.model = lab.SimpleMetricEmbedding(1, 32)
            if margin is not None:
                self._set(margin)

        def _set(self, margin: float) -> None:
            inner = next((each.name for each in parameters_of(self.model.loss) if re.search(MARGIN, each.name)), "")
            outer = any(re.search(MARGIN, each.name) for each in parameters_of(model_class))
            attribute = next((each for each in vars(self.model) if re.search(MARGIN, each)), "")
            if inner:
                self._named = {inner: margin}
            elif outer:
                self.model = lab.SimpleMetricEmbedding(1, 32, margin=margin)
            elif attribute and isinstance(getattr(self.model, attribute), int | float):
                setattr(self.model, attribute, margin)
            else:
                raise TypeError("margina je upisana u kod")

        def __call__(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
            import torch

            table = torch.cat([anchor, positive, negative])
            images = torch.arange(1.0, len(table) + 1).reshape(-1, 1, 1, 1).expand(-1, 1, 28, 28)
            asked: list[int] = []

            def looked_up(img: Tensor) -> Tensor:
                asked.append(len(img))
                return table[img.detach().reshape(len(img), -1)[:, 0].round().long() - 1]

            for name in ("get_features", "forward"):
                object.__setattr__(self.model, name, looked_up)
            parts = dict(zip(("anchor", "positive", "negative"), images.split(len(anchor)), strict=True))
            fixed = [Fixed(f"^{name}$", value) for name, value in self._named.items()]
            loss = call(self.model.loss, LOSS, parts, fixed)
            loss = torch.as_tensor(loss, dtype=table.dtype)
            # a loss that never asks for the embeddings has a gradient, too: none
            return loss + 0.0 * table.sum()

        forward = __call__

    return Loss
