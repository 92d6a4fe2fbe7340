"""Real digits and models trained live on them, shared by the proofs that need a learned embedding.

Everything here is computed once for each lab, with the lab's own dataset, model and training loop. Two short
trainings (under half a second together) are enough: what the proofs ask is not how good the model can get.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Lab4, once_per_lab

if TYPE_CHECKING:
    from torch import Tensor

CLASSES = 10
EMB_SIZE = 32
REMOVED = 0
"""The class that the lab leaves out of one training."""

SEED = 0
BATCH = 32
BATCHES = 20
RATE = 5e-3
"""Five times the lab's rate, because the training is much shorter."""

KNOWN = 20
UNSEEN = 20
"""Images of each class: for the class means, and for asking and measuring."""

EXACT = 1e-4
"""Tolerance of float32 sums of unit length."""

TOY = (((3.0, 4.0), (5.0, 4.0)), ((0.0, 1.0), (0.0, 3.0)), ((2.0, -1.0), (2.0, 1.0)))
TOY_QUERY = (4.0, 1.6)
"""Three classes of two examples and one query, in the plane, for the snippets."""


class Sample(NamedTuple):
    """Images (N, 1, 28, 28) and their classes (N,), the same number of each class."""

    images: Tensor
    labels: Tensor


class Learned(NamedTuple):
    """A model and what it makes of the digits: (N, D) each, in evaluation mode.

    ``known`` are the embeddings of the `known` training digits, ``unseen`` those of the `unseen` test digits.
    """

    model: Any
    loss: float
    known: Tensor
    unseen: Tensor


@once_per_lab
def singles(lab: Lab4) -> Any:
    """The lab's training digits one by one: items (image, class)."""
    return lab.MNISTMetricDataset(split="traineval", seed=SEED)


@once_per_lab
def known(lab: Lab4) -> Sample:
    """Training digits, `KNOWN` of each class."""
    return _sample(singles(lab), KNOWN)


@once_per_lab
def unseen(lab: Lab4) -> Sample:
    """Test digits, `UNSEEN` of each class."""
    return _sample(lab.MNISTMetricDataset(split="test", seed=SEED), UNSEEN)


@once_per_lab
def learned(lab: Lab4) -> Learned:
    """The lab's model, trained on all classes."""
    return learn(lab, lab.MNISTMetricDataset(split="train", seed=SEED), BATCHES)


@once_per_lab
def learned_without_class(lab: Lab4) -> Learned:
    """The lab's model, trained without the class `REMOVED`."""
    return learn(lab, lab.MNISTMetricDataset(split="train", remove_class=REMOVED, seed=SEED), BATCHES // 2)


@once_per_lab
def untrained(lab: Lab4) -> Tensor:
    """Embeddings of the `unseen` digits by the model of `learned` as it was before its training."""
    with seeded(SEED):
        return features(lab.SimpleMetricEmbedding(1, EMB_SIZE), unseen(lab).images)


def learn(lab: Lab4, triplets: Any, steps: int) -> Learned:
    """Build the lab's model and train it with the lab's own `train` on a few hundred triplets."""
    import torch
    from torch.utils.data import DataLoader, Subset

    with seeded(SEED):
        model = lab.SimpleMetricEmbedding(1, EMB_SIZE)
        chosen = torch.randperm(len(triplets))[: BATCH * steps].tolist()
        loader = DataLoader(Subset(triplets, chosen), BATCH)
        optimizer = Adam(model.parameters(), RATE)
        loss = lab.train(model, optimizer, loader, "cpu")
    on_known, on_unseen = (features(model, digits.images) for digits in (known(lab), unseen(lab)))
    return Learned(model, float(loss), on_known, on_unseen)


def features(model: Any, images: Tensor) -> Tensor:
    """Embeddings of a batch of images in evaluation mode, without gradients."""
    import torch

    with torch.no_grad():
        embeddings: Tensor = model.eval().get_features(images)
    return embeddings


def class_means(embeddings: Tensor, labels: Tensor) -> Tensor:
    """The mean of each class's embeddings, by hand: (N, D), (N,) → (classes, D)."""
    import torch

    return torch.stack([embeddings[labels == label].mean(dim=0) for label in sorted(set(labels.tolist()))])


def unit_rows(rows: Tensor) -> Tensor:
    """Rows divided by their L2 norms."""
    from torch.nn.functional import normalize

    return normalize(rows, dim=-1)


def toy_examples() -> tuple[Tensor, Tensor]:
    """The examples of the toy classes and their labels."""
    import torch

    return torch.tensor(TOY).flatten(0, 1), torch.arange(len(TOY)).repeat_interleave(len(TOY[0]))


def batches(inputs: Tensor, labels: Tensor, size: int) -> list[tuple[Tensor, Tensor]]:
    """A loader of ``(inputs, labels)`` in batches of ``size``; a list is one that nothing shuffles."""
    starts = range(0, len(labels), size)
    return [(inputs[start : start + size], labels[start : start + size]) for start in starts]


class Precomputed:
    """A model whose images are embeddings already, to ask the lab's functions about embeddings alone."""

    def get_features(self, img: Tensor) -> Tensor:
        """Return the embeddings as they came."""
        return img

    def eval(self) -> Precomputed:
        """There is no mode to change."""
        return self


def _sample(digits: Any, per_class: int) -> Sample:
    """The first images of each class, class after class."""
    import torch

    chosen = torch.cat([torch.nonzero(digits.targets == c).flatten()[:per_class] for c in range(CLASSES)])
    return Sample(digits.images[chosen].unsqueeze(1), digits.targets[chosen])
