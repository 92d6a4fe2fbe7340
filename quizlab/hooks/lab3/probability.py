"""Proof of how the lab's criterion makes a probability of a logit."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import TYPE_CHECKING, Literal

from quizlab.hooks.common import listed, rounded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.run import main_run
from quizlab.model import Atom, Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap

if TYPE_CHECKING:
    from torch import Tensor

CLOSE = 1e-5
"""How far apart two float32 computations of the same loss may come out."""

LOGITS, LABELS = (-3.0, -1.0, 0.0, 1.0, 3.0), (0.0, 1.0, 1.0, 0.0, 1.0)
"""The examples of the snippet."""

FAR = 200.0
"""A logit whose sigmoid every float rounds."""

SHOWN = (-2.0, 0.0, 2.0)
"""The logits of the table."""

Probability = Callable[["Tensor"], "Tensor"]


def probability(lab: Lab3, *, outputs: Literal[1, 2] = 1) -> Evidence:
    """Find the function whose value, taken for the probability of the class, gives the criterion's loss −ln p.

    With two ``outputs`` the loss is torch's cross-entropy of two logits, as the lab allows, too.
    """
    import torch

    of_one, of_two = _losses_of_lab(lab), _losses_of_two()
    logits, losses = of_one if outputs == 1 else of_two
    functions = _functions()
    off = {name: _off(function, logits, losses) for name, function in functions.items()}
    found = [name for name, most in off.items() if most < CLOSE]
    path = torch.tensor(SHOWN)
    first, second = (torch.exp(-_loss(lab, path, label)) for label in (1.0, 0.0))
    rows: list[tuple[Atom, ...]] = [("e na minus gubitak", *rounded(first), "")]
    rows += [(name, *rounded(_alone(function, path)), gap(off[name])) for name, function in functions.items()]
    half = float(torch.exp(-_loss(lab, torch.zeros(1), 1.0))[0])
    off_far = abs(float(_loss(lab, torch.tensor([FAR]), 0.0)[0]) - FAR)
    outputs_there = {prod(shape) // shape[0] for shape in main_run(lab).outputs}
    off_one = float((first + second - 1).abs().max())
    return Evidence(
        cases=(Case(value=found[0] if found else "nijedna"),),
        claims=(
            Claim(
                "probabilities_of_both_sum_to_one",
                off_one < CLOSE,
                f"najveća razlika zbroja vjerojatnosti obaju razreda, e na minus gubitak, od 1 iznosi {gap(off_one)}",
            ),
            Claim(
                "half_at_zero",
                abs(half - 0.5) < CLOSE,
                f"uz logit 0 vjerojatnost razreda 1 iznosi {decimal(half, 4)}",
            ),
            Claim(
                "avoids_the_logarithm_of_zero",
                off_far < CLOSE,
                f"za logit {decimal(FAR, 0)} i razred 0, gdje se vjerojatnost zaokružuje na 0, gubitak iz "
                f"vježbe od {decimal(FAR, 0)} "
                f"odstupa za {gap(off_far)}",
            ),
            Claim(
                "one_logit_for_sentence",
                bool(outputs_there) and outputs_there <= {1},
                f"model koji vježba uči za svaku rečenicu daje brojeva: {listed(sorted(outputs_there)) or '–'}",
            ),
        ),
        blocks=(
            Table(
                ("funkcija", *(f"z = {decimal(z, 0)}" for z in SHOWN), "najveća razlika"),
                tuple(rows),
                title="Vjerojatnost razreda 1 prema gubitku iz vježbe i vrijednosti funkcija",
                marked=tuple(at for at, name in enumerate(off, 1) if name in found),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch.nn.functional import binary_cross_entropy, binary_cross_entropy_with_logits

z, y = torch.tensor({list(LOGITS)}), torch.tensor({list(LABELS)})
print(round(binary_cross_entropy_with_logits(z, y).item(), 4))
print(round(binary_cross_entropy(torch.sigmoid(z), y).item(), 4))
""",
            "\n".join([str(round(_few(), 4))] * 2),
        ),
    )


def _functions() -> dict[str, Probability]:
    """What could make probabilities of the logits of an example, (B, outputs) → (B, outputs)."""
    return {
        "sigmoida": lambda logits: logits.sigmoid(),
        "softmax": lambda logits: logits.softmax(dim=1),
        "tanh": lambda logits: logits.tanh(),
        "ReLU": lambda logits: logits.relu(),
    }


def _alone(function: Probability, logits: Tensor) -> Tensor:
    """The function's values for examples of one logit each."""
    return function(logits.unsqueeze(1)).squeeze(1)


def _loss(lab: Lab3, logits: Tensor, label: float) -> Tensor:
    """The lab's loss of each example alone, were it of this class."""
    import torch

    measure = lab.make_criterion()
    return torch.stack([measure(z.view(1), torch.tensor([label])).mean() for z in logits]).detach()


def _losses_of_lab(lab: Lab3) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Random logits (B, 1), and the lab's losses (B,) for class 0 and for class 1."""
    import torch

    logits = 3 * torch.randn(80, generator=torch.Generator().manual_seed(0))
    return logits.unsqueeze(1), (_loss(lab, logits, 0.0), _loss(lab, logits, 1.0))


def _losses_of_two() -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Random logits (B, 2), and torch's losses (B,) for class 0 and for class 1."""
    import torch
    from torch.nn.functional import cross_entropy

    logits = 3 * torch.randn(80, 2, generator=torch.Generator().manual_seed(0))
    zero, one = (cross_entropy(logits, torch.full((80,), label), reduction="none") for label in (0, 1))
    return logits, (zero, one)


def _off(function: Probability, logits: Tensor, losses: tuple[Tensor, Tensor]) -> float:
    """The largest gap between −ln p and the loss; infinite where the function gives no probability."""
    import torch

    found = function(logits.double())
    zero, one = (1 - found[:, 0], found[:, 0]) if logits.shape[1] == 1 else (found[:, 0], found[:, 1])
    off = torch.cat([(-zero.log() - losses[0]).abs(), (-one.log() - losses[1]).abs()])
    return float(torch.nan_to_num(off, nan=torch.inf, posinf=torch.inf).max())


def _few() -> float:
    """The loss that the snippet prints."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    return float(binary_cross_entropy_with_logits(torch.tensor(LOGITS), torch.tensor(LABELS)))
