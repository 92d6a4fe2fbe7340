"""Proofs about the triplet loss: which formula it is, and what the margin does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from quizlab.hooks.common import rises
from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.loss_of_model import gradients, loss_of, number, own_margin
from quizlab.hooks.owned import is_own
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, decimals, gap

if TYPE_CHECKING:
    from torch import Tensor

Margin = Annotated[float, Meta(ge=0.1, le=10)]

Batch = tuple["Tensor", "Tensor", "Tensor"]

TINY = 1e-6

CLOSE = 1e-4
"""Losses this near are equal: torch adds 1e-6 to every coordinate of a difference, the formula does not."""

OWN_CLOSE = 2e-3
"""The same for a student's, along a path that begins where two points are one: there √(0 + 1e-6) is 0,001."""


def margin_curves(lab: Lab4, *, margin: Margin = 1.0) -> Evidence:
    """Move the negative away from the anchor and watch the lab's loss and its gradient, for several margins.

    The positive stays at half a margin. The loss is compared with its formula along the way and with torch's
    on random batches; a collapsed embedding, all points equal, shows what margin 0 would allow. A student's loss
    has one margin, so what other margins would do is not asked of it.
    """
    margin = own_margin(lab) if is_own(lab) else margin
    margins = (margin,) if is_own(lab) else (margin / 2, margin, 2 * margin)
    near = margin / 2
    path = [margin * step / 20 for step in range(61)]
    losses = {each: [_loss_at(lab, each, near, far) for far in path] for each in margins}
    ends = {each: _end(path, values) for each, values in losses.items()}
    inside = [margin * share for share in (0.25, 0.75, 1.25)]
    beyond = [margin * share for share in (1.75, 2.25, 2.75)]
    pulls = {far: _gradient_at(lab, margin, near, far) for far in (*inside, *beyond)}
    off_formula = max(
        abs(value - max(0.0, near - far + each))
        for each, values in losses.items()
        for far, value in zip(path, values, strict=True)
    )
    off_torch = max(_off_torch(lab, batch, each) for batch in random_batches() for each in margins)
    stays_zero = all(
        (value < CLOSE) == (far >= near + each - CLOSE)
        for each, values in losses.items()
        for far, value in zip(path, values, strict=True)
    )
    collapsed = {each: _collapsed(lab, each) for each in (() if is_own(lab) else (_least_margin(lab), margin))}
    return Evidence(
        claims=(
            Claim(
                "hinge_of_distances",
                off_formula < (OWN_CLOSE if is_own(lab) else CLOSE) and off_torch < CLOSE,
                f"najveća razlika od formule iznosi {gap(off_formula)}, a od PyTorchova gubitka na "
                f"nasumičnim grupama {gap(off_torch)}",
            ),
            Claim(
                "zero_from_margin_on",
                stays_zero,
                f"uz d(a,p) = {decimal(near)} i margine {decimals(margins)} gubitak postaje 0 za d(a,n) "
                f"redom {decimals(ends.values())}",
            ),
            *_about_several(ends, near),
            Claim(
                "gradient_stops",
                all(pulls[far] > CLOSE for far in inside) and all(pulls[far] == 0 for far in beyond),
                f"norma gradijenta po negativu za d(a,n) = {decimals(pulls)} iznosi redom {decimals(pulls.values())}",
            ),
            *_about_none(collapsed),
        ),
        blocks=(
            Plot(
                title=f"Gubitak dok se negativ udaljava, d(a,p) = {decimal(near)}",
                x_label="d(a,n)",
                y_label="gubitak",
                series=tuple(
                    Series(f"margina {decimal(each)}", tuple(path), tuple(values)) for each, values in losses.items()
                ),
            ),
            Table(
                ("d(a,n)", "gubitak", "norma gradijenta po negativu"),
                tuple((far, round(_loss_at(lab, margin, near, far), 3), round(pull, 3)) for far, pull in pulls.items()),
                title=f"Margina {decimal(margin)}",
            ),
            Table(
                ("margina", "gubitak je 0 od d(a,n)", "traženi razmak"),
                tuple((each, round(end, 3), round(end - near, 3)) for each, end in ends.items()),
            ),
        ),
        snippet=_margin_snippet(margins, near, {each: values[10::10] for each, values in losses.items()}),
    )


def _about_several(ends: dict[float, float], near: float) -> tuple[Claim, ...]:
    """What only a loss shows whose margin can be chosen: a larger one asks for more."""
    if len(ends) == 1:
        return ()
    return (
        Claim(
            "larger_margin_moves_zero",
            rises(ends.values()),
            f"za margine {decimals(ends)} traženi razmak d(a,n) − d(a,p) iznosi redom "
            f"{decimals(end - near for end in ends.values())}",
        ),
    )


def _about_none(collapsed: dict[float, float]) -> tuple[Claim, ...]:
    """What only a loss shows whose margin can be taken away: a collapsed embedding is then free."""
    if not collapsed:
        return ()
    free, margin = collapsed
    almost = f"{decimal(free, 6)} (nulu gubitak ne prima)" if free else "0"
    return (
        Claim(
            "collapse_is_free_without_margin",
            collapsed[free] < CLOSE < collapsed[margin],
            f"kad su sva ugrađivanja jednaka, gubitak uz marginu {almost} iznosi {decimal(collapsed[free])}, "
            f"a uz marginu {decimal(margin)} iznosi {decimal(collapsed[margin])}",
        ),
    )


def _least_margin(lab: Lab4) -> float:
    """The smallest margin that the lab's loss takes: 0, or where that is refused, as torch does, next to nothing."""
    try:
        _collapsed(lab, 0.0)
    except ValueError:
        return TINY
    return 0.0


def random_batches() -> list[Batch]:
    """Ten batches of eight random triplets in four dimensions."""
    import torch

    chance = torch.Generator().manual_seed(0)
    points = torch.randn(10, 3, 8, 4, generator=chance)
    return [(anchor, positive, negative) for anchor, positive, negative in points]


def loss_of_batch(lab: Lab4, batch: Batch, margin: float) -> float:
    """The lab's loss of a batch."""
    return number(loss_of(lab, margin)(*batch))


def _off_torch(lab: Lab4, batch: Batch, margin: float) -> float:
    """How far the lab's loss of a batch is from torch's."""
    from torch.nn.functional import triplet_margin_loss

    return abs(loss_of_batch(lab, batch, margin) - float(triplet_margin_loss(*batch, margin=margin)))


def _in_corner(near: float, far: float) -> Batch:
    """One triplet: the positive to one side of the anchor, the negative to another.

    The anchor is no origin: a loss that first normalises its embeddings would have no direction there.
    """
    import torch

    anchor = torch.tensor([[0.6, -0.8]])
    return anchor, anchor + torch.tensor([[near, 0.0]]), anchor + torch.tensor([[0.0, far]])


def _loss_at(lab: Lab4, margin: float, near: float, far: float) -> float:
    """The lab's loss of the triplet on two axes."""
    return loss_of_batch(lab, _in_corner(near, far), margin)


def _gradient_at(lab: Lab4, margin: float, near: float, far: float) -> float:
    """Length of the loss's gradient with respect to the negative."""
    return float(gradients(loss_of(lab, margin), _in_corner(near, far))[1].norm())


def _collapsed(lab: Lab4, margin: float) -> float:
    """The loss when every image is embedded in one point."""
    import torch

    points = torch.ones(8, 3)
    return loss_of_batch(lab, (points, points, points), margin)


def _end(path: list[float], losses: list[float]) -> float:
    """The first distance at which the loss is gone; infinite if it never is."""
    return next((far for far, loss in zip(path, losses, strict=True) if loss < CLOSE), float("inf"))


def _margin_snippet(margins: tuple[float, ...], near: float, losses: dict[float, list[float]]) -> Snippet:
    """The same curves at six distances, with torch's loss."""
    return Snippet(
        f"""\
import torch
from torch.nn.functional import triplet_margin_loss

a, p = torch.zeros(1, 2), torch.tensor([[{near}, 0.0]])
for m in {margins}:
    gubici = []
    for d in {[round(margins[len(margins) // 2] * step / 2, 6) for step in range(1, 7)]}:
        n = torch.tensor([[0.0, d]])
        gubici.append(round(triplet_margin_loss(a, p, n, margin=m).item(), 3))
    print(m, gubici)
""",
        "\n".join(f"{each} {[round(value, 3) for value in values]}" for each, values in losses.items()),
    )
