"""Proof about the gradient that reaches the softmax's input in one step of the plain RNN."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import apart
from quizlab.hooks.faces import Lab3
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor

SEEDS = 5
CLASSES = 4
CLOSE = 1e-6
"""A difference quotient in float64 is good to some nine digits."""

FORMULAS = {
    "prediction_minus_truth": "ŷ − y",
    "truth_minus_prediction": "y − ŷ",
    "truth_over_prediction": "−y/ŷ",
    "slope_of_prediction": "ŷ ⊙ (1 − ŷ)",
}
"""The formulas on offer, by the claim that puts each to the test."""


class Step(NamedTuple):
    """One step of one network: its output o, ŷ and y, and ∂L/∂o found in three independent ways."""

    logits: Tensor
    predicted: Tensor
    truth: Tensor
    backward: Tensor
    autograd: Tensor
    nudged: Tensor


def softmax_gradient(lab: Lab3) -> Evidence:
    """Take one step of the lab's NumPy network and compare ∂L/∂o with every formula on offer.

    The gradient comes from the lab's own backward pass, from torch's autograd on the same outputs, and from
    nudging b_y, which moves o one to one, and asking the lab's loss.
    """
    steps = [_step(lab, seed) for seed in range(SEEDS)]
    off = {
        name: max(apart(found, formula(step)) for step in steps for found in step[3:])
        for name, formula in _formulas().items()
    }
    off_autograd = max(apart(step.backward, step.autograd) for step in steps)
    off_nudged = max(apart(step.backward, step.nudged) for step in steps)
    off_mean, off_binary, off_output = _mean(steps), _binary(), max(_at_the_output(step) for step in steps)
    first = steps[0]
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    off[name] < CLOSE,
                    f"{FORMULAS[name]}: u {SEEDS} mreža najveća razlika od izmjerenog gradijenta iznosi "
                    f"{gap(off[name])}",
                )
                for name in off
            ),
            Claim(
                "lab_agrees",
                max(off_autograd, off_nudged) < CLOSE,
                f"najveća razlika gradijenta iz vježbe od autograda iznosi {gap(off_autograd)}, a od "
                f"pomicanja izlaza za mali korak {gap(off_nudged)}",
            ),
            Claim(
                "other_at_the_output",
                off_output < CLOSE,
                f"činjenica o unakrsnoj entropiji, ista u svakoj vježbi: po izlazu softmaxa ŷ gradijent je −y/ŷ "
                f"(najveća razlika od autograda iznosi {gap(off_output)})",
            ),
            Claim(
                "mean_divides_by_batch",
                off_mean < CLOSE,
                f"činjenica o PyTorchu, a ne o vježbi: usrednjeni cross_entropy grupe od {SEEDS} primjera ima "
                "gradijent "
                f"(ŷ − y)/{SEEDS} (najveća razlika {gap(off_mean)})",
            ),
            Claim(
                "binary_alike",
                off_binary < CLOSE,
                f"činjenica o PyTorchu, a ne o vježbi: za binarnu unakrsnu entropiju na logitima vrijedi σ(o) − y "
                f"(najveća razlika {gap(off_binary)})",
            ),
        ),
        blocks=(
            Table(
                ("razred", "o", "ŷ", "y", "∂L/∂o vježba", "∂L/∂o autograd"),
                tuple((place, *(round(float(column[place]), 4) for column in first[:5])) for place in range(CLASSES)),
                title="Jedan korak jedne mreže",
                marked=tuple(place for place in range(CLASSES) if float(first.truth[place]) == 1),
            ),
            Table(
                ("formula", "najveća razlika"),
                tuple((FORMULAS[name], round(difference, 4)) for name, difference in off.items()),
            ),
        ),
        snippet=_snippet(first),
    )


def _formulas() -> dict[str, Callable[[Step], Tensor]]:
    """The formulas on offer, written out."""
    return {
        "prediction_minus_truth": lambda step: step.predicted - step.truth,
        "truth_minus_prediction": lambda step: step.truth - step.predicted,
        "truth_over_prediction": lambda step: -step.truth / step.predicted,
        "slope_of_prediction": lambda step: step.predicted * (1 - step.predicted),
    }


def _step(lab: Lab3, seed: int) -> Step:
    """One network of the lab, one input, one true class."""
    import numpy as np
    import torch
    from torch.nn.functional import cross_entropy, one_hot

    chance = np.random.default_rng(seed)
    network = lab.PlainRNN(3, 5, CLASSES, chance, scale=1.0)
    inputs, target = chance.normal(size=(1, 1, 3)), int(chance.integers(CLASSES))
    targets = np.array([[target]])
    trace = network.forward(inputs)
    logits = torch.from_numpy(trace.logits[0, 0]).requires_grad_()
    (autograd,) = torch.autograd.grad(cross_entropy(logits, torch.tensor(target)), logits)
    return Step(
        logits=logits.detach(),
        predicted=logits.detach().softmax(dim=0),
        truth=one_hot(torch.tensor(target), CLASSES).double(),
        backward=torch.from_numpy(network.backward(trace, targets).logits[0, 0]),
        autograd=autograd,
        nudged=torch.tensor([_nudged(lab, network, inputs, targets, place) for place in range(CLASSES)]).double(),
    )


def _nudged(lab: Lab3, network: Any, inputs: Any, targets: Any, place: int, step: float = 1e-5) -> float:
    """The slope of the lab's loss along one output, by a central difference."""
    bias = network.parameters.b_y

    def loss_at(offset: float) -> float:
        bias[place] += offset
        value = float(lab.loss(network.forward(inputs), targets))
        bias[place] -= offset
        return value

    return (loss_at(step) - loss_at(-step)) / (2 * step)


def _mean(steps: list[Step]) -> float:
    """How far the gradient of torch's default mean over a batch is from (ŷ − y)/B."""
    import torch
    from torch.nn.functional import cross_entropy

    logits = torch.stack([step.logits for step in steps]).requires_grad_()
    truth = torch.stack([step.truth for step in steps])
    (gradient,) = torch.autograd.grad(cross_entropy(logits, truth.argmax(dim=1)), logits)
    return apart(gradient, (logits.detach().softmax(dim=1) - truth) / len(steps))


def _binary() -> float:
    """How far the gradient of binary cross-entropy on logits is from σ(o) − y."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    logits = torch.linspace(-3, 3, 8, dtype=torch.float64, requires_grad=True)
    truth = torch.tensor([0.0, 1.0], dtype=torch.float64).repeat(4)
    loss = binary_cross_entropy_with_logits(logits, truth, reduction="sum")
    return apart(torch.autograd.grad(loss, logits)[0], logits.detach().sigmoid() - truth)


def _at_the_output(step: Step) -> float:
    """How far the gradient with respect to ŷ is from −y/ŷ."""
    import torch

    predicted = step.predicted.clone().requires_grad_()
    loss = -(step.truth * predicted.log()).sum()
    return apart(torch.autograd.grad(loss, predicted)[0], -step.truth / step.predicted)


def _snippet(step: Step) -> Snippet:
    """The same output, rounded, in plain torch."""
    import torch
    from torch.nn.functional import cross_entropy

    outputs = [round(float(logit), 2) for logit in step.logits]
    target = int(step.truth.argmax())
    logits = torch.tensor(outputs, requires_grad=True)
    (gradient,) = torch.autograd.grad(cross_entropy(logits, torch.tensor(target)), logits)
    shown = [round(each, 4) for each in gradient.tolist()]
    expected = [round(each, 4) for each in (logits.detach().softmax(dim=0) - step.truth.float()).tolist()]
    return Snippet(
        f"""\
import torch
from torch.nn.functional import cross_entropy, one_hot

o = torch.tensor({outputs}, requires_grad=True)
razred = torch.tensor({target})
cross_entropy(o, razred).backward()
razlika = o.detach().softmax(dim=0) - one_hot(razred, {CLASSES})
print([round(g, 4) for g in o.grad.tolist()])
print([round(g, 4) for g in razlika.tolist()])
""",
        f"{shown}\n{expected}",
    )
