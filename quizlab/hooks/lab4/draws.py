"""What the lab's sampler draws, once for all proofs about triplets: indices as they came, and whole items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import index as as_index
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import listed, made_dataset, seeded, shape_of
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.lab4.digits import labels_of, singles
from quizlab.hooks.owned import is_own, needs
from quizlab.model import Snippet

if TYPE_CHECKING:
    from torch import Tensor

GRID = tuple((classes, examples) for classes in (3, 4, 6) for examples in (2, 3, 5))
"""Classes and examples per class of the data sets enumerated; one example alone may have no positive."""

OWN_GRID = tuple((10, examples) for examples in (2, 3, 5))
"""The same for a student's data set: ten classes, as MNIST has them, may be written into it."""

DRAWS = 30
"""Draws for every candidate: a given candidate then stays unseen once in e^30."""

ANCHORS = range(0, 1200, 4)
"""The images of the lab's training set for which triplets are drawn."""

MORE = 300
"""Draws of a negative for each class, at most, until every other class has come."""


class Pool(NamedTuple):
    """All candidates of one anchor, by their labels and by what the lab's sampler drew."""

    classes: int
    examples: int
    labels: list[int]
    anchor: int
    positives: Counter[int]
    negatives: Counter[int]

    def same(self) -> set[int]:
        """The images of the anchor's class, the anchor itself among them."""
        return {index for index, label in enumerate(self.labels) if label == self.labels[self.anchor]}

    def others(self) -> set[int]:
        """The images of every other class."""
        return set(range(len(self.labels))) - self.same()


class Sample(NamedTuple):
    """What the lab's training set gave: indices drawn as they came, and a few whole items."""

    labels: list[int]
    positives: list[object]
    negatives: list[object]
    items: list[Drawn]
    pairs: Counter[tuple[int, int]]
    """How often a negative of the second class was drawn for an anchor of the first."""


class Drawn(NamedTuple):
    """One item of the training set; the labels are those of all images that look like the returned one."""

    place: int
    size: int
    shapes: str
    target: int
    anchor_is_image: bool
    positive_labels: list[int]
    negative_labels: list[int]


def pools(lab: Lab4, classes: int | None = None, examples: int | None = None) -> tuple[Pool, ...]:
    """Enumerate the data sets of the grid, or those with so many classes or examples, and draw from the sampler."""
    sizes = dict.fromkeys((classes or each[0], examples or each[1]) for each in (OWN_GRID if is_own(lab) else GRID))
    kept = _drawn_pools(lab)
    for size in sizes:
        if size not in kept:
            kept[size] = _pool(lab, *size)
    return tuple(kept[size] for size in sizes)


@once_per_lab
def _drawn_pools(lab: Lab4) -> dict[tuple[int, int], Pool]:  # noqa: ARG001 (once for each lab)
    """The pools drawn so far: every mistake about them asks for the same ones."""
    return {}


def _pool(lab: Lab4, classes: int, examples: int) -> Pool:
    """One data set, and what the lab's sampler draws from it for its middle image."""
    needs(lab, "dataset")
    data = made_dataset(lab, classes, examples)
    labels = labels_of(data)
    anchor = len(labels) // 2
    with seeded(100 * classes + examples):
        positives = Counter(index_of(data._sample_positive(anchor)) for _ in range(DRAWS * examples))
        negatives = Counter(index_of(data._sample_negative(anchor)) for _ in range(DRAWS * examples * (classes - 1)))
    return Pool(classes, examples, labels, anchor, positives, negatives)


@once_per_lab
def sample_of(lab: Lab4) -> Sample:
    """Draw a positive and a negative for many anchors of the lab's own training set, and take three items."""
    import torch

    needs(lab, "dataset")
    with seeded(0):
        data = lab.MNISTMetricDataset(split="train", seed=0)
        positives = [data._sample_positive(anchor) for anchor in ANCHORS]
        negatives = [data._sample_negative(anchor) for anchor in ANCHORS]
        items = [(index, data[index]) for index in (0, 500, 1000)]
        alone = singles(lab)
        images = torch.stack([alone[index][0].flatten() for index in range(len(alone))])
        labels = labels_of(data)
        pairs = _pairs(data, labels, negatives)
    drawn = [_item(index, item, images, labels) for index, item in items]
    return Sample(labels, positives, negatives, drawn, pairs)


def _pairs(data: Any, labels: list[int], negatives: list[object]) -> Counter[tuple[int, int]]:
    """The classes of anchors and their negatives; where one is missing, more are drawn until it came or never will."""
    pairs = Counter((labels[anchor], _label(labels, drawn)) for anchor, drawn in zip(ANCHORS, negatives, strict=True))
    for label in sorted(set(labels)):
        anchors = [anchor for anchor in ANCHORS if labels[anchor] == label]
        wanted = set(labels) - {label}
        for draw in range(MORE if anchors else 0):
            if all(pairs[label, other] for other in wanted):
                break
            pairs[label, _label(labels, data._sample_negative(anchors[draw % len(anchors)]))] += 1
    return pairs


def _item(index: int, item: Sequence[object], images: Tensor, labels: list[int]) -> Drawn:
    """Find out which images of the set, one a row, an item holds: the nearest ones, for it may have added noise."""
    pictures: list[Tensor] = [each for each in item if getattr(each, "ndim", 0) > 1]  # type: ignore[misc]
    found = [_nearest(images, picture.flatten()) for picture in pictures]
    looks = [[labels[each] for each in alike] for alike in found] + [[], []]
    target = _number(item[-1])
    return Drawn(
        place=index,
        size=len(item),
        shapes=listed(shape_of(picture) for picture in pictures),
        target=target,
        anchor_is_image=bool(found) and index in found[0],
        positive_labels=looks[1],
        negative_labels=looks[2],
    )


def _nearest(images: Tensor, picture: Tensor) -> list[int]:
    """The images nearest to a picture, more than one where they are alike; none where it has another size."""
    if picture.numel() != images.shape[1]:
        return []
    away = (images - picture).square().sum(dim=1)
    return (away <= away.min() + 1e-6).nonzero().flatten().tolist()


def _number(label: object) -> int:
    """A label as a Python integer, a tensor without dimensions too; −1 if it is none."""
    whole = getattr(label, "ndim", 0) == 0 and not isinstance(label, str | float | bool)
    return index_of(label) if whole else -1


def label_of(sample: Sample, drawn: object) -> int:
    """The label of a drawn index; −1 if what was drawn is no index of an image."""
    return _label(sample.labels, drawn)


def _label(labels: list[int], drawn: object) -> int:
    place = index_of(drawn)
    return labels[place] if 0 <= place < len(labels) else -1


def index_of(drawn: object) -> int:
    """What was drawn as a Python integer; −1 if it cannot index anything."""
    try:
        return as_index(drawn)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return -1


def same_class(sample: Sample, drawn: list[object]) -> int:
    """How many of the drawn images have the label of their anchor."""
    return sum(label_of(sample, each) == sample.labels[anchor] for anchor, each in zip(ANCHORS, drawn, strict=True))


def sampling_snippet(positive_same: bool, negative_other: bool) -> Snippet:
    """How one triplet is drawn, in plain Python."""
    return Snippet(
        """\
import random

oznake = [0, 0, 0, 1, 1, 1, 2, 2, 2]
sidro = 4
isti = [i for i, o in enumerate(oznake) if o == oznake[sidro]]
drugi = [i for i, o in enumerate(oznake) if o != oznake[sidro]]
pozitiv, negativ = random.choice(isti), random.choice(drugi)
print(oznake[pozitiv] == oznake[sidro], oznake[negativ] != oznake[sidro])
""",
        f"{positive_same} {negative_other}",
    )
