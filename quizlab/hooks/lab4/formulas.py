"""Proof of which formula the triplet loss is: every one on offer beside torch's loss and the lab's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.loss_of_model import own_margin
from quizlab.hooks.lab4.losses import CLOSE, Batch, Margin, loss_of_batch, random_batches
from quizlab.hooks.owned import is_own
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, decimals, gap

if TYPE_CHECKING:
    from torch import Tensor


def loss_formula(lab: Lab4, *, margin: Margin = 1.0) -> Evidence:
    """Compare every formula on offer with torch's loss and with the lab's, on random batches, for several margins.

    One triplet on a line is the counterexample: there the formulas give different numbers. It also shows the
    caveat that torch's ``swap=True`` does look at d(p,n).
    """
    import torch
    from torch.nn.functional import triplet_margin_loss

    margin = own_margin(lab) if is_own(lab) else margin
    margins = (margin,) if is_own(lab) else (margin / 2, margin, 2 * margin)
    batches = random_batches()
    formulas = _formulas(margin)
    torch_says = [float(triplet_margin_loss(*batch, margin=each)) for each in margins for batch in batches]
    lab_says = [loss_of_batch(lab, batch, each) for each in margins for batch in batches]
    gives = {
        name: [float(_formulas(each)[name](*batch).mean()) for each in margins for batch in batches]
        for name in formulas
    }
    from_torch = {name: _farthest(values, torch_says) for name, values in gives.items()}
    from_lab = {name: _farthest(values, lab_says) for name, values in gives.items()}
    plain = torch_says[len(batches) * margins.index(margin) :][: len(batches)]
    swapping = [float(triplet_margin_loss(*batch, margin=margin, swap=True)) for batch in batches]
    with_nearer = [float(_with_nearer(*batch, margin).mean()) for batch in batches]
    off_swap, off_lab = _farthest(swapping, with_nearer), _farthest(lab_says, torch_says)
    line: Batch = tuple(torch.tensor([[place]]) for place in (0.0, 1.0, -1.5))  # type: ignore[assignment]
    on_line = {name: float(formula(*line)) for name, formula in formulas.items()}
    there = float(triplet_margin_loss(*line, margin=margin))
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    from_torch[name] < CLOSE and from_lab[name] < CLOSE,
                    f"{FORMULAS[name]}: na {len(batches)} nasumičnih grupa, uz m = {decimals(margins)}, najveća je "
                    f"razlika od PyTorcha "
                    f"{gap(from_torch[name])}, a od gubitka iz vježbe {gap(from_lab[name])}",
                )
                for name in formulas
            ),
            Claim(
                "lab_equals_torch",
                off_lab < CLOSE,
                f"najveća razlika gubitka iz vježbe i PyTorchova gubitka iznosi {gap(off_lab)}",
            ),
            Claim(
                "swap_takes_the_nearer",
                off_swap < CLOSE and _farthest(swapping, plain) > CLOSE,
                "uz swap=True PyTorch umjesto d(a,n) uzima manju od udaljenosti d(a,n) i d(p,n): od te "
                f"formule odstupa {gap(off_swap)}, a od obične {gap(_farthest(swapping, plain))}",
            ),
        ),
        blocks=(
            Table(
                ("formula", "protuprimjer", "razlika od PyTorcha", "razlika od vježbe"),
                tuple(
                    (
                        FORMULAS[name],
                        round(on_line[name], 4),
                        round(from_torch[name], 4),
                        round(from_lab[name], 4),
                    )
                    for name in formulas
                ),
                title=f"Protuprimjer: a = 0, p = 1, n = −1,5; PyTorch i vježba daju "
                f"{decimal(there)} i {decimal(loss_of_batch(lab, line, margin))}",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch.nn.functional import triplet_margin_loss

a, p, n = torch.tensor([[0.0]]), torch.tensor([[1.0]]), torch.tensor([[-1.5]])
ap, an, pn = (a - p).norm(), (a - n).norm(), (p - n).norm()
m = {margin}
formule = [(ap - an + m).clamp(min=0), (ap - pn + m).clamp(min=0)]
formule += [(an - ap + m).clamp(min=0), (ap - an + m).clamp(max=0)]
print(round(triplet_margin_loss(a, p, n, margin=m).item(), 3))
print([round(f.item(), 3) for f in formule])
""",
            f"{round(there, 3)}\n{[round(value, 3) for value in on_line.values()]}",
        ),
    )


FORMULAS = {
    "anchor_to_positive_and_negative": "max(0, d(a,p) − d(a,n) + m)",
    "positive_to_negative": "max(0, d(a,p) − d(p,n) + m)",
    "signs_swapped": "max(0, d(a,n) − d(a,p) + m)",
    "minimum": "min(0, d(a,p) − d(a,n) + m)",
}
"""The formulas on offer, by the claim that puts each to the test."""


def _formulas(margin: float) -> dict[str, Callable[[Tensor, Tensor, Tensor], Tensor]]:
    """The formulas on offer, written out; each takes (B, D) embeddings and gives (B,) losses."""
    return {
        "anchor_to_positive_and_negative": lambda a, p, n: (_d(a, p) - _d(a, n) + margin).clamp(min=0),
        "positive_to_negative": lambda a, p, n: (_d(a, p) - _d(p, n) + margin).clamp(min=0),
        "signs_swapped": lambda a, p, n: (_d(a, n) - _d(a, p) + margin).clamp(min=0),
        "minimum": lambda a, p, n: (_d(a, p) - _d(a, n) + margin).clamp(max=0),
    }


def _with_nearer(a: Tensor, p: Tensor, n: Tensor, margin: float) -> Tensor:
    """The loss against whichever of anchor and positive is nearer to the negative."""
    import torch

    return (_d(a, p) - torch.minimum(_d(a, n), _d(p, n)) + margin).clamp(min=0)


def _d(x: Tensor, y: Tensor) -> Tensor:
    """Euclidean distance, row by row."""
    return (x - y).square().sum(dim=-1).sqrt()


def _farthest(some: list[float], others: list[float]) -> float:
    """The largest difference of two rows of numbers."""
    return max(abs(one - other) for one, other in zip(some, others, strict=True))
