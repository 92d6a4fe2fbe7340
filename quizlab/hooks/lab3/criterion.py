"""Proofs about lab 3's criterion: which loss it is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from quizlab.hooks.common import listed, rises, rounded, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.run import main_run, off_loss
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap, row

if TYPE_CHECKING:
    from torch import Tensor

CLOSE = 1e-5
"""How far apart two float32 computations of the same loss may come out."""

LOGITS, LABELS = (-2.0, -0.5, 1.0, 3.0), (0, 1, 1, 0)
"""Four examples for tables and snippets: two right, two wrong."""

FAR = 200.0
"""A logit whose sigmoid every float rounds: the loss of the logit itself is 200 there, or nothing."""

CRITERIA = {
    "cross_entropy": "unakrsna entropija",
    "squared_error": "srednja kvadratna pogreška",
    "hinge": "zglobni gubitak",
    "absolute_error": "srednja apsolutna pogreška",
}
"""The losses on offer, by the claim that puts each to the test."""

Losses = Callable[["Tensor", "Tensor"], "Tensor"]


def criterion(lab: Lab3) -> Evidence:
    """Compare the lab's criterion with every loss on offer, on random examples.

    Two-class cross-entropy is computed by softmax over the logits (0, z) of an example with the logit z:
    σ(z) is the softmax of that pair, so it is the same loss as binary cross-entropy.
    """
    import torch
    from torch.nn.functional import binary_cross_entropy

    measure, watched = lab.make_criterion(), main_run(lab)
    examples = [(z.view(1), y.view(1)) for logits, labels in _batches() for z, y in zip(logits, labels, strict=True)]
    lab_says = [_mean(measure(z, y.float())) for z, y in examples]
    losses = _losses()
    off = {
        name: max(abs(float(loss(*example)) - said) for example, said in zip(examples, lab_says, strict=True))
        for name, loss in losses.items()
    }
    off_binary = max(
        # in float64, where σ(z) keeps the digits that 1 − σ(z) needs
        abs(float(binary_cross_entropy(z.double().sigmoid(), y.double())) - said)
        for (z, y), said in zip(examples, lab_says, strict=True)
    )
    off_run = {name: off_loss(watched, loss, torch.long) for name, loss in losses.items()}
    worst = [(sign * FAR, label) for sign in (-1.0, 1.0) for label in (0.0, 1.0)]
    off_far = max(
        abs(_mean(measure(torch.tensor([z]), torch.tensor([y]))) - max(0.0, (1 - 2 * y) * z)) for z, y in worst
    )
    few = torch.tensor(LOGITS), torch.tensor(LABELS)
    on_few = _mean(measure(few[0], few[1].float()))
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    max(off[name], off_run[name]) < CLOSE,
                    f"{CRITERIA[name]}: na {len(examples)} nasumičnih primjera najveća je razlika od gubitka iz vježbe "
                    f"{gap(off[name])}, a u {len(watched.steps)} koraka učenja modela razlika derivacije po logitima "
                    f"{gap(off_run[name])}",
                )
                for name in CRITERIA
            ),
            Claim(
                "binary_on_logits",
                max(off_binary, off_far) < CLOSE,
                "binarna unakrsna entropija vjerojatnosti σ(z) i gubitak iz vježbe, kojemu se daju logiti z: "
                f"najveća razlika iznosi {gap(off_binary)}; za logite {row([-FAR, FAR])}, gdje se σ(z) zaokružuje, "
                f"najveća razlika od egzaktne vrijednosti iznosi {gap(off_far)}",
            ),
        ),
        blocks=(
            Table(
                ("gubitak", "na četiri primjera", "najveća razlika od vježbe"),
                tuple((CRITERIA[name], round(float(losses[name](*few)), 4), round(off[name], 4)) for name in CRITERIA),
                title=f"Logiti {row(LOGITS)}, oznake {row(LABELS)}; gubitak iz vježbe ({type(measure).__name__}) "
                f"iznosi {decimal(on_few, 4)}",
                marked=tuple(at for at, name in enumerate(CRITERIA) if off[name] < CLOSE),
            ),
        ),
        snippet=_criterion_snippet(losses, on_few),
    )


def loss_value(lab: Lab3) -> Evidence:
    """Look at what the lab's criterion returns, how that moves with prediction and class, and whether it is trained."""
    import torch
    from torch.nn.functional import binary_cross_entropy

    measure, watched = lab.make_criterion(), main_run(lab)
    off_run = off_loss(watched, measure, torch.float, summed=False)
    results = {size: measure(torch.zeros(size), torch.zeros(size)) for size in (1, 10, 32)}
    kinds = {(shape_of(each), str(each.dtype)) for each in results.values()}
    path = torch.linspace(-6, 6, 25)
    curves = {label: [_mean(measure(z.view(1), torch.tensor([float(label)]))) for z in path] for label in (0, 1)}
    (logits, labels), *_ = _batches()
    whole, other = _mean(measure(logits, labels.float())), _mean(measure(logits, 1 - labels.float()))
    of_probabilities = _mean(measure(logits.sigmoid(), labels.float()))
    off_probabilities = abs(float(binary_cross_entropy(logits.sigmoid(), labels.float())) - whole)
    singly = [_mean(measure(z.view(1), y.view(1).float())) for z, y in zip(logits, labels, strict=True)]
    off_mean = abs(whole - sum(singly) / len(singly))
    of_few = [round(_mean(measure(torch.tensor([z]), torch.tensor([1.0]))), 4) for z in LOGITS]
    weight = torch.zeros(3, requires_grad=True)
    start = measure(weight, torch.ones(3))
    gradient = torch.autograd.grad(start, weight)[0] if start.dim() == 0 else torch.zeros(0)
    return Evidence(
        claims=(
            Claim(
                "compares_with_class",
                abs(other - whole) > CLOSE,
                f"za ista predviđanja gubitak je {decimal(whole, 4)} uz točne oznake, a "
                f"{decimal(other, 4)} kad se oznake zamijene",
            ),
            Claim(
                "zero_dimensional_float",
                len(kinds) == 1 and all(shape == "()" and kind.startswith("torch.float") for shape, kind in kinds),
                f"za grupe od {listed(results)} primjera rezultat ima oblik i tip: "
                + "; ".join(f"{shape} {kind}" for shape, kind in sorted(kinds)),
            ),
            Claim(
                "larger_for_worse",
                rises(curves[0]) and rises(curves[1][::-1]),
                f"za primjer razreda 1 gubitak uz logite {row(LOGITS)} iznosi redom {row(of_few)}; za razred 0 obrnuto",
            ),
            Claim(
                "takes_logits",
                off_probabilities < CLOSE < abs(of_probabilities - whole),
                f"gubitak iz vježbe za logite iznosi {decimal(whole, 4)}, jednako kao binarna unakrsna entropija "
                f"vjerojatnosti σ(z) (razlika {gap(off_probabilities)}); za same vjerojatnosti vratio bi "
                f"{decimal(of_probabilities, 4)}",
            ),
            Claim(
                "mean_of_examples",
                off_mean < CLOSE,
                f"gubitak grupe od {len(singly)} primjera i prosjek njihovih pojedinačnih gubitaka razlikuju se "
                f"za {gap(off_mean)}",
            ),
            Claim(
                "gradient_starts_here",
                len(gradient) == 3 and bool((gradient != 0).all()),
                "derivacija gubitka po logitima triju primjera iznosi "
                + (row(rounded(gradient, 3)) or "– (rezultat nije jedan broj)"),
            ),
            Claim(
                "training_follows_it",
                off_run < CLOSE,
                f"derivacija po logitima u {len(watched.steps)} koraka učenja modela iz vježbe i derivacija tog "
                "gubitka: "
                f"najveća razlika iznosi {gap(off_run)}",
            ),
        ),
        blocks=(
            _curves_table(path, curves),
            Table(
                ("veličina grupe", "oblik", "tip", "vrijednost za logite 0"),
                tuple((size, shape_of(each), str(each.dtype), round(_mean(each), 4)) for size, each in results.items()),
            ),
        ),
        snippet=_value_snippet(results[10], of_few),
    )


def _batches() -> list[tuple[Tensor, Tensor]]:
    """Ten batches of eight random logits with their labels."""
    import torch

    chance = torch.Generator().manual_seed(0)
    return [(3 * torch.randn(8, generator=chance), torch.randint(2, (8,), generator=chance)) for _ in range(10)]


def _losses() -> dict[str, Losses]:
    """The losses on offer, written for a logit of class 1 and a label 0 or 1."""
    import torch

    def two_class_cross_entropy(z: Tensor, y: Tensor) -> Tensor:
        logits = torch.stack([torch.zeros_like(z), z], dim=1)
        return -logits.log_softmax(dim=1).gather(1, y.unsqueeze(1)).mean()

    return {
        "cross_entropy": two_class_cross_entropy,
        "squared_error": lambda z, y: (z.sigmoid() - y).square().mean(),
        "hinge": lambda z, y: (1 - (2 * y - 1) * z).clamp(min=0).mean(),
        "absolute_error": lambda z, y: (z.sigmoid() - y).abs().mean(),
    }


def _mean(loss: Tensor) -> float:
    """The loss as one number, the mean if the criterion returned several."""
    return float(loss.detach().mean())


def _curves_table(path: Tensor, curves: Mapping[int, Sequence[float]]) -> Table:
    """The loss of one example of either class along a path of logits."""
    import torch

    return Table(
        ("logit z", "σ(z)", "gubitak za razred 0", "gubitak za razred 1"),
        tuple(
            (z, round(float(torch.tensor(z).sigmoid()), 4), *(round(curves[label][at], 4) for label in (0, 1)))
            for at, z in enumerate(path.tolist())
            if at % 4 == 0
        ),
        title="Što je predviđanje lošije, gubitak je veći",
    )


def _criterion_snippet(losses: Mapping[str, Losses], on_few: float) -> Snippet:
    """Both cross-entropies of torch on the four examples, on one logit and on two."""
    import torch

    few = torch.tensor(LOGITS), torch.tensor(LABELS)
    return Snippet(
        f"""\
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

z, y = torch.tensor({list(LOGITS)}), torch.tensor({list(LABELS)})
dva_logita = torch.stack([torch.zeros_like(z), z], dim=1)  # razred 0 ima logit 0
print(round(binary_cross_entropy_with_logits(z, y.float()).item(), 4))
print(round(cross_entropy(dva_logita, y).item(), 4))
""",
        f"{round(on_few, 4)}\n{round(float(losses['cross_entropy'](*few)), 4)}",
    )


def _value_snippet(of_ten: Tensor, of_few: Sequence[float]) -> Snippet:
    """The loss of a batch of ten, and of the four logits in class 1."""
    return Snippet(
        f"""\
import torch
from torch import nn

kriterij = nn.BCEWithLogitsLoss()
gubitak = kriterij(torch.zeros(10), torch.zeros(10))
print(tuple(gubitak.shape), gubitak.dtype)
print([round(kriterij(torch.tensor([z]), torch.tensor([1.0])).item(), 4) for z in {list(LOGITS)}])
""",
        f"{shape_of(of_ten)} {of_ten.dtype}\n{of_few}",
    )
