"""The lab's own run, seen from outside: what its loop reads, which loss it follows and how it moves the weights.

Nothing of the lab is asked what it does. Every pass of the model is watched, and with it the gradient that the loss
sends to the logits, the gradients that the step finds, and where the weights are before the next pass.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import seeded
from quizlab.hooks.compiler import without_compiler
from quizlab.hooks.faces import Config, Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus

if TYPE_CHECKING:
    import torch
    from torch import Tensor

PARTS = {"train": (0, 23), "valid": (23, 30), "test": (30, 33)}
"""Which sentences of training are each split of a watched run: no word is unknown, and the last of three batches is
smaller."""

NO_LIMIT = 1e6
"""A norm that no gradient of these runs has."""

Shapes = tuple[int, int]


class Step(NamedTuple):
    """One step of training: its logits (B,), ∂L/∂logits (B,), and, each in one vector, gradients and weights."""

    logits: Tensor
    slopes: Tensor
    gradients: Tensor
    before: Tensor
    after: Tensor


class Run(NamedTuple):
    """A watched run.

    Attributes:
        config: what it was told.
        model: its model, trained.
        steps: its steps of training.
        trained: the shapes of the batches of training.
        evaluated: those of evaluation.
        outputs: the shape of the logits of each batch of training.
        sentences: how many sentences an epoch has.
        failed: the error with which the run ended, "" where it went to its end.
    """

    config: Config
    model: Any
    steps: tuple[Step, ...]
    trained: tuple[Shapes, ...]
    evaluated: tuple[Shapes, ...]
    outputs: tuple[tuple[int, ...], ...]
    sentences: int
    failed: str


@once_per_lab
def main_run(lab: Lab3) -> Run:
    """One epoch as the lab is configured, on few sentences and without a limit of the gradient's norm."""
    return run(lab, epochs=1, clip=NO_LIMIT)


def run(lab: Lab3, **settings: Any) -> Run:
    """Run the lab from start to end, its configuration with these settings, and watch it.

    A lab whose run fails is not watched further: what was not seen proves nothing.
    """
    import torch

    config = lab.Config(**settings)
    train = corpus.reviews(lab)["train"]
    splits = {
        name: lab.NLPDataset(train.instances[start:end], train.text_vocab) for name, (start, end) in PARTS.items()
    }
    watch, failed = _Watch(), ""
    with seeded(0), without_compiler(), watch:
        try:
            lab.run_seed(splits, config, device=torch.device("cpu"))
        except Exception as error:
            failed = type(error).__name__
    return watch.of(config, failed)


class _Watch:
    """Notes every pass of the first model that gets sentences: torch calls it before and after each module."""

    def __init__(self) -> None:
        self.model: Any = None
        self.steps: list[Step] = []
        self.trained: list[Shapes] = []
        self.evaluated: list[Shapes] = []
        self.outputs: list[tuple[int, ...]] = []
        self._begun: tuple[Tensor, Tensor] | None = None
        self._slopes: Tensor | None = None
        self._gradients: dict[int, Tensor] = {}
        self._hooks = ExitStack()

    def __enter__(self) -> _Watch:
        from torch.nn.modules import module

        before = module.register_module_forward_pre_hook(self._before)
        after = module.register_module_forward_hook(self._after)
        self._hooks.callback(before.remove)
        self._hooks.callback(after.remove)
        return self

    def __exit__(self, *_: object) -> None:
        self._finish()
        self._hooks.close()

    def of(self, config: Config, failed: str) -> Run:
        """What was seen."""
        return Run(
            config,
            self.model,
            tuple(self.steps),
            tuple(self.trained),
            tuple(self.evaluated),
            tuple(self.outputs),
            PARTS["train"][1],
            failed,
        )

    def _before(self, module: Any, inputs: Any) -> None:
        if self.model is None and len(inputs) > 1 and _is_text(inputs[0]):
            self.model = module
            for place, p in enumerate(module.parameters()):
                if p.requires_grad:
                    self._hooks.callback(p.register_post_accumulate_grad_hook(self._keep(place)).remove)
        if module is self.model:
            self._finish()

    def _after(self, module: Any, inputs: Any, logits: Any) -> None:
        if module is not self.model:
            return
        if not logits.requires_grad:
            self.evaluated.append(tuple(inputs[0].shape))
            return
        self.trained.append(tuple(inputs[0].shape))
        self.outputs.append(tuple(logits.shape))
        self._begun = logits.detach().flatten().clone(), weights_of(self.model)
        logits.register_hook(self._note)

    def _note(self, slopes: Tensor) -> None:
        self._slopes = slopes.detach().flatten().clone()

    def _keep(self, place: int) -> Callable[[Tensor], None]:
        def kept(p: Tensor) -> None:
            assert p.grad is not None
            self._gradients[place] = p.grad.detach().clone()

        return kept

    def _finish(self) -> None:
        """The step that was begun ends where the weights are now; one without a gradient was none."""
        import torch

        if self._begun and self._slopes is not None:
            pieces = [
                self._gradients.get(place, torch.zeros_like(p)).flatten()
                for place, p in enumerate(self.model.parameters())
            ]
            self.steps.append(
                Step(self._begun[0], self._slopes, torch.cat(pieces), self._begun[1], weights_of(self.model))
            )
        self._begun = self._slopes = None
        self._gradients = {}


def _is_text(value: Any) -> bool:
    import torch

    return isinstance(value, torch.Tensor) and value.dim() == 2 and not value.is_floating_point()


def weights_of(model: Any) -> Tensor:
    """All weights of a model in one vector."""
    import torch

    return torch.cat([p.detach().flatten() for p in model.parameters()])


def slopes_of(loss: Callable[[Tensor, Tensor], Tensor], logits: Tensor, labels: Tensor) -> Tensor:
    """∂L/∂logits of a loss of a batch (B,)."""
    import torch

    z = logits.clone().requires_grad_()
    return torch.autograd.grad(loss(z, labels).sum(), z, allow_unused=True, materialize_grads=True)[0]


def off_loss(
    watched: Run, loss: Callable[[Tensor, Tensor], Tensor], kind: torch.dtype, *, summed: bool = True
) -> float:
    """How far ∂L/∂logits in the run is from that of a loss, the label of each example being what fits it better.

    ``kind`` is the type of the labels that the loss takes; with ``summed`` a loss that adds up its examples, instead
    of taking their mean, counts as the same. Infinite where nothing was seen.
    """
    import torch

    found = [
        (
            step.slopes,
            torch.stack(
                [slopes_of(loss, step.logits, torch.full_like(step.logits, label, dtype=kind)) for label in (0, 1)]
            ),
        )
        for step in watched.steps
    ]

    def off(scaled: bool) -> float:
        return max(
            (
                float(((slopes / (len(slopes) if scaled else 1)) - both).abs().amin(dim=0).max())
                for slopes, both in found
            ),
            default=float("inf"),
        )

    return min(off(scaled) for scaled in ((False, True) if summed else (False,)))
