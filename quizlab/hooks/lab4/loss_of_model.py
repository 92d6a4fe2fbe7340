"""The loss of a lab as a function of embeddings, whether the lab has one or hides it inside a model's ``loss``."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, signature
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.owned import is_own, needs

if TYPE_CHECKING:
    from torch import Tensor

Loss = Callable[["Tensor", "Tensor", "Tensor"], Any]

SIDE = 28
WIDTH = 32


class Own(NamedTuple):
    """What a student's ``model.loss`` gave for a batch, and how often it asked for an embedding."""

    value: Any
    asked: int


def loss_of(lab: Lab4, margin: float) -> Loss:
    """The lab's loss of embeddings with a margin; a student's has the margin that is written into it.

    Raises:
        MissingPartError: a student's code has no model.
    """
    if not is_own(lab):
        return lab.TripletMarginLoss(margin=margin)
    return lambda *batch: own_loss(lab, *batch).value


def own_loss(lab: Any, anchor: Tensor, positive: Tensor, negative: Tensor) -> Own:
    """A student's ``model.loss`` of images that stand for these embeddings.

    ``get_features`` looks the embedding of such an image up, so a loss that never asks for embeddings does not get any.

    Raises:
        MissingPartError: the student's code has no model.
    """
    import torch

    needs(lab, "model")
    model, images, asked = _standing_in(lab, torch.cat([anchor, positive, negative]))
    value = model.loss(*images)
    if not asked and _learns(lab):
        raise TypeError("gubitak ne traži ugrađivanja od get_features")
    return Own(value, len(asked))


def trained_points(lab: Lab4, batch: tuple[Tensor, Tensor, Tensor], rate: float) -> tuple[Tensor, Tensor] | None:
    """Where the positive and the negative are after the lab's own ``train`` went over one batch of images for them.

    The embeddings themselves are what is learned. None where the training does not ask for embeddings of these images.
    """
    import torch

    points = torch.cat(batch).requires_grad_()
    model, images, asked = _standing_in(lab, points)
    try:
        lab.train(model, Adam([points], rate), [(*images, torch.zeros(len(batch[0]), dtype=torch.long))], "cpu")
    except (RuntimeError, IndexError, ValueError):
        if len(asked):
            return batch[1], batch[2]  # nothing that the loss asked for could be learned
        return None
    _, positive, negative = points.detach().chunk(3)
    return (positive, negative) if asked else None


def _standing_in(lab: Any, table: Tensor) -> tuple[Any, list[Tensor], list[int]]:
    """The lab's model that looks embeddings up in a table, images for its rows in three batches, and what it was asked.

    Every pixel of an image is the number of its row.
    """
    import torch

    asked: list[int] = []

    def looked_up(img: Tensor, *_: Any, **__: Any) -> Tensor:
        asked.append(len(img))
        return table[img.detach().reshape(len(img), -1)[:, 0].round().long()]

    with seeded(0):
        model = lab.SimpleMetricEmbedding(1, emb_size=WIDTH)
    own = _own(lab, model) if is_own(lab) else []
    for each in (model, *own):
        each.__dict__["get_features"] = looked_up
        if _takes_one(each.forward):
            each.__dict__["forward"] = looked_up
        for child in each.children():
            if child not in own:
                child.__dict__["forward"] = _instead(child.forward, looked_up)
    images = torch.arange(len(table), dtype=torch.float32).reshape(3, -1, 1, 1, 1).expand(-1, -1, 1, SIDE, SIDE)
    return model, [each.clone() for each in images], asked


def _takes_one(function: Any) -> bool:
    """Whether it takes one image, and not the three of a triplet."""
    taken = [each for each in signature(function).parameters.values() if each.default is Parameter.empty]
    return len(taken) == 1 and taken[0].kind is not Parameter.VAR_POSITIONAL


def _instead(original: Any, looked_up: Any) -> Any:
    """A layer's call that answers for whole images, as where a loss asks the body of the model itself."""

    def run(*given: Any, **named: Any) -> Any:
        if len(given) == 1 and not named and tuple(getattr(given[0], "shape", ()))[1:] == (1, SIDE, SIDE):
            return looked_up(given[0])
        return original(*given, **named)

    return run


@once_per_lab
def _learns(lab: Any) -> bool:
    """Whether the loss of real images depends on the model's parameters."""
    import torch

    with seeded(0):
        model = lab.SimpleMetricEmbedding(1, emb_size=WIDTH)
        value = model.loss(*torch.rand(3, 4, 1, SIDE, SIDE))
    if not getattr(value, "requires_grad", False):
        return False
    flows = torch.autograd.grad(value.sum(), list(model.parameters()), allow_unused=True)
    return any(each is not None for each in flows)


def _own(lab: Any, model: Any) -> list[Any]:
    """The student's own model inside of whatever the lab hands out."""
    kind = lab.part("model")
    return [each for each in model.modules() if isinstance(kind, type) and isinstance(each, kind)]


@once_per_lab
def own_margin(lab: Any) -> float:
    """The margin of a student's loss: what three equal points cost; 1 where that is no positive number."""
    import torch

    points = torch.ones(1, 4)
    try:
        margin = number(own_loss(lab, points, points, points).value)
    except (TypeError, ValueError, RuntimeError, IndexError):
        return 1.0
    return margin if isfinite(margin) and margin > 1e-3 else 1.0


def number(value: Any) -> float:
    """A loss as a number; infinite where it is one for each triplet, which no question takes for a batch's."""
    import torch

    if not isinstance(value, torch.Tensor):
        return float(value)
    return float(value.detach()) if value.numel() == 1 else inf


def gradients(loss: Loss, batch: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """The gradients by the positive and by the negative; zero where nothing flows back."""
    import torch

    anchor, positive, negative = (each.clone() for each in batch)
    points = (positive.requires_grad_(), negative.requires_grad_())
    value = loss(anchor, *points)
    if not isinstance(value, torch.Tensor) or not value.requires_grad:
        return torch.zeros_like(positive), torch.zeros_like(negative)
    found = torch.autograd.grad(value.sum(), points, allow_unused=True)
    near, far = (torch.zeros_like(point) if each is None else each for each, point in zip(found, points, strict=True))
    return near, far
