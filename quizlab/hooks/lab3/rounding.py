"""From which logit on floats round the lab's criterion, the sigmoid and the gradient."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.lab3.entropy import FARTHEST, Rounded, bound, cross_entropy, dtype_of, rounded_from
from quizlab.model import Claim, Table
from quizlab.numbers import decimal, scientific

if TYPE_CHECKING:
    from torch import Tensor


class Roundings(NamedTuple):
    """From which logit on floats round what; for label 0 and the sigmoid's 0 the logit is −z."""

    loss_of_1: Rounded
    loss_of_0: Rounded
    two_classes: Rounded
    sigmoid_to_1: Rounded
    sigmoid_to_0: Rounded
    gradient: Rounded


def roundings(criterion: Any) -> Roundings:
    """Bisect for all of them, with the lab's criterion."""
    return Roundings(
        loss_of_1=rounded_from(lambda logit, kind: loss_at(criterion, logit, 1.0, kind) == 0),
        loss_of_0=rounded_from(lambda logit, kind: loss_at(criterion, -logit, 0.0, kind) == 0),
        two_classes=rounded_from(lambda logit, kind: cross_entropy(logit, 2, kind) == 0),
        sigmoid_to_1=rounded_from(lambda logit, kind: float(one_logit(logit, kind).sigmoid()) == 1),
        sigmoid_to_0=rounded_from(lambda logit, kind: float(one_logit(-logit, kind).sigmoid()) == 0),
        gradient=rounded_from(lambda logit, kind: _slope_at(criterion, logit, kind) == 0),
    )


def rounding_claims(criterion: Any, where: Roundings) -> tuple[Claim, Claim, Claim]:
    """What floats make of the loss, of the sigmoid and of the gradient, far enough out."""
    return (
        Claim(
            "floats_round_to_zero",
            max(*where.loss_of_1, *where.loss_of_0) < FARTHEST,
            f"zaokružen, gubitak iz vježbe točno je 0 za logit {bound(where.loss_of_1.float32)} u float32 i "
            f"{bound(where.loss_of_1.float64)} u float64 (oznaka 1); za oznaku 0 već za "
            f"{bound(-where.loss_of_0.float32)} i {bound(-where.loss_of_0.float64)}, a unakrsna "
            f"entropija dvaju razreda za {bound(where.two_classes.float32)} i {bound(where.two_classes.float64)}",
        ),
        Claim(
            "sigmoid_rounds_to_0_and_1",
            max(*where.sigmoid_to_1, *where.sigmoid_to_0) < FARTHEST,
            f"u float32 sigmoida je točno 1 za logit {bound(where.sigmoid_to_1.float32)}, a točno 0 za logit "
            f"{bound(-where.sigmoid_to_0.float32)}",
        ),
        Claim(
            "gradient_stops_before_loss",
            max(where.gradient) < FARTHEST
            and all(one < other for one, other in zip(where.gradient, where.loss_of_1, strict=True)),
            f"gradijent gubitka u float32 točno je 0 već za logit {bound(where.gradient.float32)}, gdje gubitak iznosi "
            f"{scientific(loss_at(criterion, where.gradient.float32, 1.0, 'float32'))}",
        ),
    )


def rounding_table(where: Roundings) -> Table:
    """The roundings in both floats, each with its own sign of the logit."""
    return Table(
        ("što se zaokruži", "u float32 od logita", "u float64 od logita"),
        tuple(
            (what, *(_whole(sign * each) for each in place))
            for what, sign, place in (
                ("gubitak iz vježbe na 0, oznaka 1", 1, where.loss_of_1),
                ("gubitak iz vježbe na 0, oznaka 0", -1, where.loss_of_0),
                ("unakrsna entropija dvaju razreda na 0", 1, where.two_classes),
                ("sigmoida na 1", 1, where.sigmoid_to_1),
                ("sigmoida na 0", -1, where.sigmoid_to_0),
                ("gradijent gubitka na 0, oznaka 1", 1, where.gradient),
            )
        ),
        title="Računanje s pomičnim zarezom",
        marked=(0,),
    )


def loss_at(criterion: Any, logit: float, label: float, kind: str) -> float:
    """The loss of one example."""
    import torch

    return float(criterion(one_logit(logit, kind), torch.tensor([label], dtype=dtype_of(kind))))


def _slope_at(criterion: Any, logit: float, kind: str) -> float:
    """The derivative of the loss with respect to the logit, label 1."""
    import torch

    at = one_logit(logit, kind).requires_grad_()
    return float(torch.autograd.grad(criterion(at, torch.ones_like(at)), at)[0])


def one_logit(logit: float, kind: str) -> Tensor:
    """One logit as a vector."""
    import torch

    return torch.tensor([logit], dtype=dtype_of(kind))


def _whole(logit: float) -> str:
    """A logit in a table."""
    return "nikad" if abs(logit) == inf else decimal(logit, 1)
