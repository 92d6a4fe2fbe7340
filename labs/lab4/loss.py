"""The triplet margin loss, written from its formula."""

from typing import Literal

import torch
from torch import Tensor, nn

Reduction = Literal["mean", "sum", "none"]


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    *,
    p: float = 2.0,
    eps: float = 1e-6,
    swap: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return max(0, d(a, p) − d(a, n) + margin), reduced over the batch.

    The distance is d(x, y) = ‖x − y + eps‖ₚ; eps is added to every coordinate of the difference, inside the
    norm, as torch's pairwise distance does, so that the gradient exists for equal points too. Equal to
    ``torch.nn.functional.triplet_margin_loss``, which takes no zero margin.

    Args:
        anchor: Embeddings of the anchors, (B, D).
        positive: Embeddings of examples of the same class, (B, D).
        negative: Embeddings of examples of other classes, (B, D).
        margin: By how much d(a, n) has to exceed d(a, p) before the loss is zero. With 0 a model that maps
            every image to one point has no loss at all.
        p: Degree of the norm.
        eps: Small constant for the gradient at zero.
        swap: Use min(d(a, n), d(p, n)) in place of d(a, n).
        reduction: ``"mean"`` or ``"sum"`` over the batch, or ``"none"``.

    Returns:
        A scalar, or (B,) with reduction ``"none"``.

    Raises:
        ValueError: The three shapes differ, the margin is negative, p is not positive or the reduction is
            unknown.

    Source: Balntas et al., "Learning local feature descriptors with triplets and shallow convolutional neural
    networks" (2016).
    """
    if not anchor.shape == positive.shape == negative.shape:
        shapes = ", ".join(str(tuple(x.shape)) for x in (anchor, positive, negative))
        raise ValueError(f"anchor, positive and negative must have one shape, got {shapes}")
    _check(margin, p, reduction)
    to_positive = _distance(anchor, positive, p, eps)
    to_negative = _distance(anchor, negative, p, eps)
    if swap:
        to_negative = torch.minimum(to_negative, _distance(positive, negative, p, eps))
    loss = (to_positive - to_negative + margin).clamp_min(0)
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    return loss


class TripletMarginLoss(nn.Module):
    """The triplet margin loss as a module; it has no parameters.

    Args:
        margin: See `triplet_margin_loss`, as for all the others.
        p: Degree of the norm.
        eps: Small constant for the gradient at zero.
        swap: Use the smaller of d(a, n) and d(p, n).
        reduction: ``"mean"``, ``"sum"`` or ``"none"``.

    Raises:
        ValueError: The margin is negative, p is not positive or the reduction is unknown.
    """

    def __init__(
        self,
        margin: float = 1.0,
        *,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        reduction: Reduction = "mean",
    ) -> None:
        _check(margin, p, reduction)
        super().__init__()
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap
        self.reduction: Reduction = reduction

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the loss of three batches of embeddings, each (B, D)."""
        return triplet_margin_loss(
            anchor,
            positive,
            negative,
            self.margin,
            p=self.p,
            eps=self.eps,
            swap=self.swap,
            reduction=self.reduction,
        )

    def extra_repr(self) -> str:
        """Return the settings for the module's printed form."""
        return f"margin={self.margin}, p={self.p}, swap={self.swap}, reduction={self.reduction!r}"


def _distance(x: Tensor, y: Tensor, p: float, eps: float) -> Tensor:
    """Return ‖x − y + eps‖ₚ over the last dimension: (B, D), (B, D) → (B,)."""
    distance: Tensor = torch.linalg.vector_norm(x - y + eps, ord=p, dim=-1)
    return distance


def _check(margin: float, p: float, reduction: str) -> None:
    """Raise ValueError for a setting out of its range; a NaN is out of every range."""
    if not margin >= 0:
        raise ValueError(f"margin must not be negative, got {margin!r}")
    if not p > 0:
        raise ValueError(f"p must be positive, got {p!r}")
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"reduction must be 'mean', 'sum' or 'none', got {reduction!r}")
