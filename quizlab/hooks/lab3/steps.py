"""Clipping where it happens: in the lab's step of training, and in its run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.run import Run, main_run, run
from quizlab.model import Claim
from quizlab.numbers import decimal, row, scientific

if TYPE_CHECKING:
    from torch import Tensor

CLOSE = 1e-4
"""Relative difference up to which two norms in float32 are equal; some clip to 1/(1 + 10⁻⁶) of the limit."""

LOUD = 1e3
"""The loss is multiplied by so much that the gradient of every step is above the limit."""

LIMIT = 0.25
"""What the question says of the lab's limit."""

QUIET = 1e-12
"""A limit so low that a clipped gradient moves hardly anything: Adam adds 10⁻⁸ to the root it divides by."""

STILL = 1e-2
"""In rates: two runs that end nearer than that are the same."""


class Used(NamedTuple):
    """The gradient of one step: as the loss gave it, and as the optimiser found it."""

    raw: Tensor
    found: Tensor


class Watcher:
    """Stands in for an optimiser: it notes the gradients when it is told to step, and moves nothing."""

    def __init__(self, model: Any) -> None:
        self.parameters = [p for p in model.parameters() if p.requires_grad]
        self.raw: dict[int, Tensor] = {}
        self.used: list[Used] = []
        for place, p in enumerate(self.parameters):
            p.register_post_accumulate_grad_hook(lambda each, place=place: self.raw.update({place: each.grad.clone()}))

    def zero_grad(self, set_to_none: bool = True) -> None:  # noqa: ARG002 (a loop may say it)
        """Forget the gradients."""
        for p in self.parameters:
            p.grad = None

    def step(self) -> None:
        """Note what is there."""
        import torch

        raw = [self.raw.get(place, torch.zeros_like(p)).flatten() for place, p in enumerate(self.parameters)]
        found = [(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in self.parameters]
        self.used.append(Used(torch.cat(raw), torch.cat(found).clone()))
        self.raw = {}


@once_per_lab
def used_in_training(lab: Lab3) -> list[Used]:
    """The gradients of the lab's own epoch over three batches, the limit being the lab's."""
    import torch
    from torch import nn

    with seeded(0):
        model = corpus.build(lab, "gru", corpus.made(lab, len(corpus.reviews(lab)["train"].text_vocab), 16), 16)
        watcher = Watcher(model)
        loader = [corpus.collate(lab, corpus.items(lab)[start : start + 8]) for start in (0, 8, 16)]
        loss = nn.BCEWithLogitsLoss()
        lab.train_epoch(
            model, loader, watcher, lambda z, y: LOUD * loss(z, y), clip=lab.Config().clip, device=torch.device("cpu")
        )
    return watcher.used


def training_claims(lab: Lab3) -> tuple[Claim, Claim, Claim]:
    """That the lab's training clips between backward and step, to the limit it is configured with, which is told."""
    import torch

    limit = float(lab.Config().clip)
    used = used_in_training(lab)
    before, after = ([float(gradient.norm()) for gradient in each] for each in zip(*used, strict=True))
    cosines = [float(torch.cosine_similarity(each.raw.double(), each.found.double(), dim=0)) for each in used]
    moved = _apart(main_run(lab), run(lab, epochs=1, clip=QUIET))
    return (
        Claim(
            "clipped_before_the_step",
            all(one > limit and abs(other - limit) < CLOSE * limit for one, other in zip(before, after, strict=True))
            and min(cosines) > 1 - 1e-6,
            "u koracima učenja iz vježbe gradijent nakon backward() ima normu redom "
            f"{row(round(n, 1) for n in before)}, "
            f"a kad ga optimizator upotrijebi {row(round(n, 4) for n in after)}",
        ),
        Claim(
            "run_clips",
            moved > STILL,
            f"ista epoha učenja s granicom {scientific(QUIET, 0)} u postavkama i ona zapravo bez granice: "
            f"najveća razlika težina na kraju, u stopama učenja, iznosi {decimal(moved)}",
        ),
        Claim("limit_as_told", limit == LIMIT, f"granica norme u postavkama vježbe iznosi {row([limit])}"),
    )


def _apart(one: Run, other: Run) -> float:
    """How far apart two runs from the same start leave the weights, in rates; 0 where one of them took no step."""
    if not one.steps or not other.steps:
        return 0.0
    return float((one.steps[-1].after - other.steps[-1].after).abs().max()) / float(one.config.learning_rate)
