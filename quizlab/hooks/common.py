"""Small helpers that several proofs share: digits to feed, seeds, shapes layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.owned import is_own, material
from quizlab.model import Table

if TYPE_CHECKING:
    from torch import Tensor, nn


class Step(NamedTuple):
    """One layer as it ran: its name in the model, its class and what it returned."""

    name: str
    kind: str
    output: Tensor


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Fix every global random generator that a lab may use, and put them all back afterwards."""
    import random

    import numpy as np
    import torch

    python, numpy = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        random.seed(seed)
        np.random.seed(seed)
        try:
            yield
        finally:
            random.setstate(python)
            np.random.set_state(numpy)


@once_per_lab
def some_digits(lab: Lab4) -> Tensor:
    """64 images of the lab's own training set as one batch, (64, C, H, W)."""
    with seeded(0):
        # a student's one by one, for how it draws triplets is asked elsewhere
        split = "traineval" if is_own(lab) else "train"
        digits = material(lab, "dataset").MNISTMetricDataset(split=split, seed=0)
        return pictures([digits[index][0] for index in range(64)])


def pictures(items: Iterable[Tensor]) -> Tensor:
    """Images of a data set as one batch (N, C, H, W), whether or not each has its channel as a dimension."""
    import torch

    batch = torch.stack(list(items))
    return batch.unsqueeze(1) if batch.dim() == 3 else batch


def images_of(lab: Lab4, channels: int, side: int, number: int = 64) -> Tensor:
    """So many images of a size: the lab's own digits where that is theirs, otherwise random ones."""
    import torch

    digits = some_digits(lab)
    if tuple(digits.shape[1:]) == (channels, side, side) and number <= len(digits):
        return digits[:number]
    return torch.rand(number, channels, side, side, generator=torch.Generator().manual_seed(0))


def made_dataset(lab: Lab4, classes: int, examples: int, *, seed: int = 0) -> Any:
    """The lab's training set over ``classes`` classes of ``examples`` black images each, shuffled."""
    import torch

    order = torch.randperm(classes * examples, generator=torch.Generator().manual_seed(seed))
    labels = torch.arange(classes).repeat_interleave(examples)[order]
    images = torch.zeros(len(labels), 28, 28, dtype=torch.uint8)
    return lab.MNISTMetricDataset(split="train", seed=seed, digits=(images, labels))


class Ran(NamedTuple):
    """One layer as it was called: its name in the model, the layer itself, what came in and what went out."""

    name: str
    layer: Any
    came: tuple[Any, ...]
    went: Any


@contextmanager
def watching(model: Any, kinds: tuple[type, ...] = ()) -> Iterator[list[Ran]]:
    """The layers of some kinds, or all without layers of their own, in the order in which they run.

    Their ``forward`` is wrapped for the time being: torch's hooks do not see a layer that is called as
    ``layer.forward(x)``. What went out is copied, since a rectifier in place would overwrite it.
    """
    ran: list[Ran] = []
    layers = [
        (name, layer)
        for name, layer in model.named_modules()
        if (isinstance(layer, kinds) if kinds else not any(layer.children()))
    ]
    before = [layer.__dict__.get("forward") for _, layer in layers]
    for name, layer in layers:
        layer.__dict__["forward"] = _noting(ran, name, layer)
    try:
        yield ran
    finally:
        for (_, layer), forward in zip(layers, before, strict=True):
            layer.__dict__.pop("forward")
            if forward is not None:
                layer.__dict__["forward"] = forward


def _noting(ran: list[Ran], name: str, layer: Any) -> Callable[..., Any]:
    """A layer's ``forward`` that also writes down what it was given and what it gave."""
    forward = layer.forward

    def noted(*came: Any, **more: Any) -> Any:
        kept = tuple(_copy(each) for each in came)
        went = forward(*came, **more)
        ran.append(Ran(name, layer, kept, _copy(went)))
        return went

    return noted


def _copy(value: Any) -> Any:
    """A tensor that nothing overwrites; anything else as it is."""
    import torch

    return value.clone() if isinstance(value, torch.Tensor) else value


def set_mode(model: Any, *, training: bool) -> None:
    """Put every layer into one mode, also where a model's own method ``train`` hides torch's."""
    for layer in model.modules():
        layer.training = training


def steps(model: Any, images: Tensor) -> tuple[Step, ...]:
    """The layers that ``get_features`` runs, in the order in which they run.

    Looked at from outside, so it tells what was computed and not what was declared.
    """
    import torch

    set_mode(model, training=False)
    with torch.no_grad(), watching(model) as ran:
        features = model.get_features(images)
    return (
        *(Step(each.name, type(each.layer).__name__, each.went) for each in ran if isinstance(each.went, torch.Tensor)),
        Step("get_features", "", features),
    )


def shapes_table(ran: tuple[Step, ...], title: str) -> Table:
    """Layer by layer, what shape came out."""
    return Table(
        ("sloj", "vrsta", "izlaz"),
        tuple((step.name, step.kind, shape_of(step.output)) for step in ran),
        title=title,
        marked=(len(ran) - 1,),
    )


def shape_of(tensor: Tensor) -> str:
    """The shape as Python writes a tuple: (64, 32)."""
    return str(tuple(tensor.shape))


def parameter_shapes(module: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter of a module, by its name."""
    return {name: tuple(tensor.shape) for name, tensor in module.named_parameters()}


def rounded(numbers: Tensor, places: int = 4) -> list[float]:
    """The numbers of a vector, rounded, as a snippet prints them."""
    return [round(number, places) for number in numbers.tolist()]


def rises(numbers: Iterable[float]) -> bool:
    """Whether every number is larger than the one before."""
    return all(low < high for low, high in pairwise(numbers))


def listed(items: Iterable[object]) -> str:
    """``a, b i c``."""
    words = [str(item) for item in items]
    return " i ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def commas(items: Iterable[object]) -> str:
    """``a, b, c``: a list that may go on."""
    return ", ".join(map(str, items))


def apart(measured: Tensor, expected: Tensor) -> float:
    """The largest difference; infinite where the shapes differ or something is not a number."""
    if measured.shape != expected.shape:
        return float("inf")
    return float((measured - expected).detach().abs().nan_to_num(nan=float("inf")).max())
