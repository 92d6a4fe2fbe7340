"""Known mistakes of the triplet loss: whatever formula ``model.loss`` computes, it is tried against those known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.lab4.loss_of_model import gradients, own_loss, own_margin
from quizlab.own.causes.cause import Cause, Probe

if TYPE_CHECKING:
    from torch import Tensor

Formula = Callable[["Tensor", "Tensor", "Tensor", float], "Tensor"]

SAME = 1e-3
FORMULA = "Na blicu je gubitak prosjek po grupi od max(0, d(a,p) − d(a,n) + m), uz euklidsku udaljenost."

SPOILS = {"loss-unreduced": ("q7",), "loss-no-margin": ("q7",), "loss-swapped": ("q7", "q8")}
"""What else a formula spoils: backward() wants one number, and what is learnt may be the opposite, or nothing."""


class Known(NamedTuple):
    """A formula that students write, with the cause that it is; none for the right one."""

    id: str
    says: str
    of: Formula


def loss(lab: Any) -> Iterator[Cause]:
    """Which formula it is, whether it looks at the embeddings at all, and whether anything flows back."""
    batches = _batches()
    answers = [own_loss(lab, *batch) for batch in batches]
    if not any(each.asked for each in answers) or _alike([each.value for each in answers]):
        yield Cause(
            "loss-on-images",
            "model",
            "loss",
            "Gubitak se računa iz samih slika, a ne iz njihovih ugrađivanja, pa se ništa ne uči; vježba traži "
            "get_features za sve tri slike.",
            "Na blicu trojni gubitak uspoređuje udaljenosti ugrađivanja, a ne slika.",
            ("q6", "q7", "q8", "q22"),
        )
        return
    if known := _recognised(lab, batches, [each.value for each in answers]):
        if known.says:
            yield Cause(known.id, "model", "loss", known.says, FORMULA, ("q6", "q22", *SPOILS.get(known.id, ())))
    else:
        says = "Gubitak ne daje iste brojeve kao TripletMarginLoss, a vježba traži upravo njega."
        yield Cause("loss-other", "model", "loss", says, FORMULA, ("q6", "q22"))
    anchor, positive, negative = _bad()
    # the other way round as well, for a loss with its signs swapped
    both = [(anchor, positive, negative), (anchor, negative, positive)]
    flows = [gradients(lambda *given: own_loss(lab, *given).value, triplet) for triplet in both]
    if not any(each.any() for pair in flows for each in pair):
        yield Cause(
            "no-gradient",
            "model",
            "loss",
            "Iz gubitka se gradijent ne može vratiti (.item(), detach() ili novi tenzor), pa se ništa ne uči; u vježbi "
            "gubitak ostaje dio grafa.",
            "Na blicu učenje trojnim gubitkom približava pozitiv sidru i udaljava negativ.",
            ("q6", "q7", "q8"),
        )


def _alike(values: list[Any]) -> bool:
    """Whether every batch of embeddings costs the same: then they are looked up, and the images are compared."""
    try:
        return len({round(float(each), 6) for each in values}) == 1
    except (TypeError, ValueError, RuntimeError):
        return False


def _batches() -> list[tuple[Tensor, Tensor, Tensor]]:
    """Batches in which some triplets cost something and some do not, far from the origin and near it."""
    import torch

    points = torch.randn(6, 3, 8, 4)
    batches = [tuple(each * scale) for each, scale in zip(points, (0.5, 1.0, 2.0) * 2, strict=True)]
    anchor, near, far = points[0]
    return [*batches, (anchor, anchor + 0.1 * near, anchor + 5 * far)]  # the last costs nothing


def _bad() -> tuple[Tensor, Tensor, Tensor]:
    import torch

    return torch.tensor([[1.0, 0.0]]), torch.tensor([[-0.6, 0.9]]), torch.tensor([[0.9, 0.4]])


def _recognised(lab: Any, batches: list[tuple[Tensor, Tensor, Tensor]], values: list[Any]) -> Known | None:
    """The first known formula that gives these values in all batches."""
    margin = own_margin(lab)
    for known in _formulas():
        if all(_same(known.of(*batch, margin), value) for batch, value in zip(batches, values, strict=True)):
            return known
    return None


def _same(expected: Tensor, value: Any) -> bool:
    import torch

    found = torch.as_tensor(value).detach().float()
    if found.numel() != expected.numel():
        return False
    return bool(((found.flatten() - expected.flatten()).abs() <= SAME * (1 + expected.flatten().abs())).all())


def _formulas() -> tuple[Known, ...]:
    asks = "a vježba traži"
    return (
        Known("", "", lambda a, p, n, m: _hinge(_d(a, p) - _d(a, n) + m).mean()),
        Known(
            "loss-sum",
            f"Gubitak grupe zbraja gubitke trojki, {asks} njihov prosjek.",
            lambda a, p, n, m: _hinge(_d(a, p) - _d(a, n) + m).sum(),
        ),
        Known(
            "loss-unreduced",
            f"Gubitak vraća po jedan broj za svaku trojku, {asks} njihov prosjek.",
            lambda a, p, n, m: _hinge(_d(a, p) - _d(a, n) + m),
        ),
        Known(
            "loss-squared",
            f"U gubitku su kvadrati udaljenosti, {asks} udaljenosti (kao TripletMarginLoss).",
            lambda a, p, n, m: _hinge(_d(a, p) ** 2 - _d(a, n) ** 2 + m).mean(),
        ),
        Known(
            "loss-squared",
            f"U gubitku su zbrojeni kvadrati udaljenosti, {asks} prosjek po udaljenostima (kao TripletMarginLoss).",
            lambda a, p, n, m: _hinge(_d(a, p) ** 2 - _d(a, n) ** 2 + m).sum(),
        ),
        Known(
            "loss-normalises",
            f"Gubitak ugrađivanja prije udaljenosti normira, {asks} udaljenosti samih ugrađivanja.",
            lambda a, p, n, m: _hinge(_d(_unit(a), _unit(p)) - _d(_unit(a), _unit(n)) + m).mean(),
        ),
        Known(
            "loss-normalises",
            f"Gubitak ugrađivanja prije udaljenosti normira i trojke zbraja, {asks} prosjek samih udaljenosti.",
            lambda a, p, n, m: _hinge(_d(_unit(a), _unit(p)) - _d(_unit(a), _unit(n)) + m).sum(),
        ),
        Known(
            "loss-positive-negative",
            f"Gubitak mjeri d(p,n), {asks} d(a,n): obje se udaljenosti mjere od sidra.",
            lambda a, p, n, m: _hinge(_d(a, p) - _d(p, n) + m).mean(),
        ),
        Known(
            "loss-swapped",
            f"Predznaci udaljenosti u gubitku zamijenjeni su, {asks} d(a,p) − d(a,n) + m.",
            lambda a, p, n, m: _hinge(_d(a, n) - _d(a, p) + m).mean(),
        ),
        Known(
            "loss-no-margin",
            f"Gubitak nema margine, {asks} max(0, d(a,p) − d(a,n) + m).",
            lambda a, p, n, _: _hinge(_d(a, p) - _d(a, n)).mean(),
        ),
        Known(
            "loss-mean-first",
            f"Gubitak prvo računa prosjek po grupi, a onda odsijeca u nuli, {asks} obrnuto: svaka se trojka odsijeca "
            "zasebno.",
            lambda a, p, n, m: _hinge((_d(a, p) - _d(a, n) + m).mean()),
        ),
        Known(
            "loss-no-hinge",
            f"Gubitak se ne odsijeca u nuli, {asks} max(0, …).",
            lambda a, p, n, m: (_d(a, p) - _d(a, n) + m).mean(),
        ),
    )


def _hinge(values: Tensor) -> Tensor:
    return values.clamp(min=0)


def _d(x: Tensor, y: Tensor) -> Tensor:
    distances: Tensor = (x - y).norm(dim=1)
    return distances


def _unit(rows: Tensor) -> Tensor:
    normalised: Tensor = rows / rows.norm(dim=1, keepdim=True)
    return normalised


PROBES: tuple[Probe, ...] = (loss,)
