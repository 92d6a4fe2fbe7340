"""Real digits and models trained live on them, shared by the proofs that need a learned embedding.

Everything here is computed once for each lab, with the lab's own dataset, model and training loop. Two short
trainings (under half a second together) are enough: what the proofs ask is not how good the model can get.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import pictures, seeded, set_mode
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.owned import MissingPartError, is_own, material, reference_of

if TYPE_CHECKING:
    from torch import Tensor

CLASSES = 10
EMB_SIZE = 32
REMOVED = 0
"""The class that the lab leaves out of one training."""

SEED = 0
BATCH = 32
BATCHES = 20
LONGER = (2, 6)
"""So many times longer a student's model is trained before anything is said against it."""

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
    ``failed`` is what a student's own training said when it stopped; another loop then took its place.
    """

    model: Any
    loss: float
    known: Tensor
    unseen: Tensor
    failed: str = ""


@once_per_lab
def singles(lab: Lab4) -> Any:
    """The lab's training digits one by one: items (image, class)."""
    return material(lab, "dataset").MNISTMetricDataset(split="traineval", seed=SEED)


@once_per_lab
def known(lab: Lab4) -> Sample:
    """Training digits, `KNOWN` of each class."""
    return _sample(singles(lab), KNOWN)


@once_per_lab
def unseen(lab: Lab4) -> Sample:
    """Test digits, `UNSEEN` of each class."""
    return _sample(material(lab, "dataset").MNISTMetricDataset(split="test", seed=SEED), UNSEEN)


def learned(lab: Lab4, longer: int = 1) -> Learned:
    """The lab's model, trained on all classes."""
    kept = _kept(lab)
    if (False, longer) not in kept:
        kept[False, longer] = learn(lab, _triplets(lab), BATCHES * longer)
    return kept[False, longer]


def learned_without_class(lab: Lab4, longer: int = 1) -> Learned:
    """The lab's model, trained without the class `REMOVED`."""
    kept = _kept(lab)
    if (True, longer) not in kept:
        kept[True, longer] = learn(lab, _triplets(lab, remove_class=REMOVED), BATCHES // 2 * longer)
    return kept[True, longer]


@once_per_lab
def _kept(lab: Lab4) -> dict[tuple[bool, int], Learned]:  # noqa: ARG001 (once for each lab)
    """The models trained so far, by whether a class was left out and how long."""
    return {}


def _triplets(lab: Lab4, **options: int) -> Any:
    return material(lab, "dataset").MNISTMetricDataset(split="train", seed=SEED, **options)


@once_per_lab
def untrained(lab: Lab4) -> Tensor:
    """Embeddings of the `unseen` digits by the model of `learned` as it was before its training."""
    with seeded(SEED):
        return features(new_model(lab), unseen(lab).images)


@once_per_lab
def unlearned(lab: Lab4) -> Learned:
    """The model as its training starts, with what it makes of the stored images: training and items have no say."""
    sets = (singles(lab), material(lab, "dataset").MNISTMetricDataset(split="test", seed=SEED))
    with seeded(SEED):
        model = new_model(lab)
        on_known, on_unseen = (
            features(model, pictures(each.images[at].unsqueeze(0) for at in _chosen(labels_of(each), number)))
            for each, number in zip(sets, (KNOWN, UNSEEN), strict=True)
        )
    return Learned(model, float("nan"), on_known, on_unseen)


def new_model(lab: Lab4) -> Any:
    """The lab's model as its training starts."""
    return material(lab, "model").SimpleMetricEmbedding(1, EMB_SIZE)


def learn(lab: Lab4, triplets: Any, steps: int) -> Learned:
    """Build the lab's model and train it with the lab's own `train` on a few hundred triplets.

    Where a student's own training stops with an error, our loop is tried, and else the model stays as it was.
    """
    import torch
    from torch.utils.data import DataLoader, Subset

    with seeded(SEED):
        model = new_model(lab)
        chosen: list[int] = []
        while len(chosen) < BATCH * steps:
            chosen += torch.randperm(len(triplets)).tolist()
            if not is_own(lab):
                break
        loader = DataLoader(Subset(triplets, chosen[: BATCH * steps]), BATCH)
        model, loss, failed = _trained(lab, model, loader)
    on_known, on_unseen = (features(model, digits.images) for digits in (known(lab), unseen(lab)))
    return Learned(model, loss, on_known, on_unseen, failed)


def _trained(lab: Lab4, model: Any, loader: Any) -> tuple[Any, float, str]:
    """The model after one pass over the loader, its loss, and why the student's own loop did not get there."""
    if not is_own(lab):
        return model, float(lab.train(model, Adam(model.parameters(), RATE), loader, "cpu")), ""
    failed = ""
    for loop in dict.fromkeys((material(lab, "train").train, reference_of(lab).train)):
        try:
            loop(model, Adam(model.parameters(), RATE), loader, "cpu")
        except MissingPartError:  # a student's loss that is not written yet is no training that fails
            raise
        except Exception as error:
            failed = failed or f"{type(error).__name__}: {error}"
            with seeded(SEED):
                model = new_model(lab)
        else:
            break
    return model, float("nan"), failed


def features(model: Any, images: Tensor) -> Tensor:
    """Embeddings of a batch of images in evaluation mode, without gradients."""
    import torch

    with torch.no_grad():
        set_mode(model, training=False)
        embeddings: Tensor = model.get_features(images)
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


class Loader(list[tuple["Tensor", "Tensor"]]):
    """Batches in a list, which nothing shuffles, with what a student's code may ask a loader for."""

    batch_size = 1

    @property
    def dataset(self) -> list[int]:
        """As many elements as there are examples."""
        return [0] * sum(len(labels) for _, labels in self)


def batches(inputs: Tensor, labels: Tensor, size: int) -> Loader:
    """A loader of ``(inputs, labels)`` in batches of ``size``."""
    starts = range(0, len(labels), size)
    loader = Loader((inputs[start : start + size], labels[start : start + size]) for start in starts)
    loader.batch_size = size
    return loader


class Precomputed:
    """A model whose images are embeddings already, to ask the lab's functions about embeddings alone."""

    training = False

    def get_features(self, img: Tensor) -> Tensor:
        """Return the embeddings as they came."""
        return img

    __call__ = forward = get_features

    def eval(self) -> Precomputed:
        """There is no mode to change."""
        return self

    def parameters(self) -> Iterator[Tensor]:
        """One number, for code that asks where its model is."""
        import torch

        return iter((torch.zeros(1),))

    def modules(self) -> tuple[()]:
        """There are no layers."""
        return ()

    def train(self, mode: bool = True) -> Precomputed:  # noqa: ARG002
        """There is no mode to change."""
        return self

    def to(self, *where: Any) -> Precomputed:  # noqa: ARG002
        """There is nothing to move."""
        return self


def squared_distances(lab: Lab4, representations: Tensor, query: Tensor) -> Tensor:
    """What the lab's make_predictions gives for one query, (classes,).

    A student's may give the distances themselves, or either with its sign turned; the nearest class is the same one,
    so they are taken for what they stand for.
    """
    given: Tensor = material(lab, "predictions").make_predictions(representations, query).flatten()
    if not is_own(lab):
        return given
    square = (representations - query).square().sum(dim=1)
    for meant in (square.sqrt(), -square, -square.sqrt()):
        if given.shape == meant.shape and float((given - meant).abs().max()) < EXACT:
            return square
    return given


def labels_of(digits: Any) -> list[int]:
    """The class of every image of a data set."""
    return [int(label) for label in digits.targets]


def _sample(digits: Any, per_class: int) -> Sample:
    """The first images of each class, class after class."""
    import torch

    labels = labels_of(digits)
    chosen = _chosen(labels, per_class)
    return Sample(pictures(digits[index][0] for index in chosen), torch.tensor([labels[index] for index in chosen]))


def _chosen(labels: list[int], per_class: int) -> list[int]:
    """The places of the first images of each class, class after class."""
    return [
        index
        for c in range(CLASSES)
        for index in [place for place, label in enumerate(labels) if label == c][:per_class]
    ]
