"""Proofs about triplets: where a positive and a negative are drawn from, and what the sampler gives."""

from __future__ import annotations

from collections import Counter
from numbers import Integral
from operator import index as as_index
from typing import TYPE_CHECKING, Literal, NamedTuple

from quizlab.hooks.common import decimal, listed, made_dataset, seeded, shape_of
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.model import Case, Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor

GRID = tuple((classes, examples) for classes in (3, 4, 6) for examples in (2, 3, 5))
"""Classes and examples per class of the data sets enumerated; one example alone may have no positive."""

DRAWS = 30
"""Draws for every candidate: a given candidate then stays unseen once in e^30."""

ANCHORS = range(0, 1200, 4)
"""The images of the lab's training set for which triplets are drawn."""


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
    items: list[Item]


class Item(NamedTuple):
    """One item of the training set; the labels are those of all images that look like the returned one."""

    place: int
    size: int
    shapes: str
    target: int
    anchor_is_image: bool
    positive_labels: list[int]
    negative_labels: list[int]


def triplet_candidates(
    lab: Lab4,
    *,
    count_anchor: bool = False,
    negatives: Literal["other-classes", "one-class", "all-others"] = "other-classes",
    swapped: bool = False,
) -> Evidence:
    """Enumerate the positives and negatives of one anchor in data sets of K classes with M examples each.

    Done twice: every label compared with the anchor's, and the lab's sampler drawn from until it has shown
    all that it can give. ``count_anchor``, ``negatives`` and ``swapped`` make the usual mistakes.
    """
    pools = _pools(lab)
    cases, rows = [], []
    for pool in pools:
        positive = pool.same() if count_anchor else pool.same() - {pool.anchor}
        negative = pool.others()
        if negatives == "one-class":
            negative = {each for each in negative if pool.labels[each] == pool.labels[min(negative)]}
        if negatives == "all-others":
            negative = set(range(len(pool.labels))) - {pool.anchor}
        value = (len(negative), len(positive)) if swapped else (len(positive), len(negative))
        cases.append(Case(value=value, given={"K": pool.classes, "M": pool.examples}))
        rows.append((pool.classes, pool.examples, len(pool.labels), *value, len(pool.positives)))
    agree = [
        set(pool.positives) | {pool.anchor} == pool.same() and set(pool.negatives) == pool.others() for pool in pools
    ]
    largest = pools[-1]
    hits, draws = largest.positives[largest.anchor], largest.positives.total()
    return Evidence(
        cases=tuple(cases),
        claims=(
            Claim(
                "sampler_draws_the_same",
                all(agree),
                f"u {sum(agree)} od {len(agree)} skupova uzorkovanje iz vježbe dalo je upravo one slike koje "
                "dopuštaju oznake",
            ),
            Claim(
                "anchor_among_drawn",
                all(pool.positives[pool.anchor] for pool in pools),
                f"uz M = {largest.examples} sidro je samo sebi pozitiv u {hits} od {draws} izvlačenja, "
                f"što je udio {decimal(hits / draws)}",
            ),
        ),
        blocks=(
            Table(
                ("K", "M", "slika", "pozitiva", "negativa", "različitih izvučenih pozitiva"),
                tuple(rows),
                title="Skupovi s K razreda po M primjera, prebrojeno za jedno sidro",
            ),
        ),
        snippet=Snippet(
            f"""\
K, M = {largest.classes}, {largest.examples}
oznake = [razred for razred in range(K) for _ in range(M)]
sidro = 0
pozitivi = [i for i, o in enumerate(oznake) if o == oznake[sidro] and i != sidro]
negativi = [i for i, o in enumerate(oznake) if o != oznake[sidro]]
print(len(pozitivi), len(negativi))
""",
            f"{len(largest.same()) - 1} {len(largest.others())}",
        ),
    )


def one_triplet(lab: Lab4) -> Evidence:
    """Draw triplets from the lab's training set, take whole items, and let the loss move one triplet."""
    sample = _sample(lab)
    total = len(ANCHORS)
    same, other = _same(sample, sample.positives), total - _same(sample, sample.negatives)
    repeats = sum(anchor == drawn for anchor, drawn in zip(ANCHORS, sample.positives, strict=True))
    whole = [
        item.size == 4
        and set(item.positive_labels) == {item.target}
        and item.target not in item.negative_labels
        and bool(item.negative_labels)
        for item in sample.items
    ]
    starts = [item.anchor_is_image and item.target == sample.labels[item.place] for item in sample.items]
    first = sample.items[0]
    (near_before, far_before), (near_after, far_after) = _moved(lab)
    return Evidence(
        claims=(
            Claim(
                "anchor_is_the_item",
                all(starts),
                f"sidro je slika s traženim indeksom u {sum(starts)} od {len(starts)} provjerenih elemenata",
            ),
            Claim(
                "positive_same_class",
                same == total,
                f"oznaku sidra ima {same} od {total} izvučenih pozitiva",
            ),
            Claim(
                "negative_other_class",
                other == total,
                f"oznaku različitu od sidra ima {other} od {total} izvučenih negativa",
            ),
            Claim(
                "item_is_triplet",
                all(whole),
                "sidro, pozitiv istog razreda, negativ drugog razreda i oznaku sadrži "
                f"{sum(whole)} od {len(whole)} provjerenih elemenata skupa za učenje",
            ),
            Claim(
                "usually_three_images",
                repeats < total / 20,
                f"pozitiv je bio baš sidro u {repeats} od {total} trojki",
            ),
            Claim(
                "loss_pulls_and_pushes",
                near_after < near_before and far_after > far_before,
                f"nakon koraka gradijenta d(a,p) ide s {decimal(near_before)} na {decimal(near_after)}, "
                f"a d(a,n) s {decimal(far_before)} na {decimal(far_after)}",
            ),
        ),
        blocks=(
            Table(
                ("uloga", "indeks", "oznaka"),
                (
                    ("sidro", ANCHORS[0], sample.labels[ANCHORS[0]]),
                    ("pozitiv", str(sample.positives[0]), _label(sample, sample.positives[0])),
                    ("negativ", str(sample.negatives[0]), _label(sample, sample.negatives[0])),
                ),
                title="Jedna izvučena trojka",
            ),
            Table(
                ("indeks", "oznaka", "oznake pozitiva", "oznake negativa", "oblici slika"),
                tuple(
                    (
                        item.place,
                        item.target,
                        str(item.positive_labels),
                        str(item.negative_labels),
                        item.shapes,
                    )
                    for item in sample.items
                ),
                title=f"Elementi skupa za učenje (članova u elementu: {first.size})",
            ),
        ),
        snippet=_sampling_snippet(same == total, other == total),
    )


def sampled_index(lab: Lab4) -> Evidence:
    """Look at what _sample_positive returns: its type, and whether it is an index of the anchor's class."""
    import numpy as np

    sample = _sample(lab)
    total = len(sample.positives)
    kinds = Counter(type(drawn).__name__ for drawn in sample.positives)
    same = _same(sample, sample.positives)
    by_numpy = np.random.default_rng(0).choice([3, 8, 21])
    pool = _pools(lab)[0]
    value = _kind(sample.positives)
    return Evidence(
        cases=(Case(value=value),),
        claims=(
            Claim(
                "index_of_same_class",
                same == total,
                f"indeks slike iz razreda sidra vraćen je u {same} od {total} poziva",
            ),
            Claim(
                "another_type",
                value == "drugo",
                f"izmjereni tipovi u {total} poziva: " + listed(f"{name} ({times})" for name, times in kinds.items()),
            ),
            Claim(
                "numpy_gives_its_own_integer",
                not isinstance(by_numpy, int),
                f"numpy.random.choice vraća numpy.{type(by_numpy).__name__}, a random.choice int",
            ),
            Claim(
                "anchor_among_drawn",
                bool(pool.positives[pool.anchor]),
                f"u skupu s M = {pool.examples} sidro je vraćeno u {pool.positives[pool.anchor]} od "
                f"{pool.positives.total()} poziva",
            ),
        ),
        blocks=(
            Table(
                ("poziv", "vraća", "tip", "oznaka sidra", "oznaka vraćene slike"),
                tuple(
                    (
                        f"_sample_positive({anchor})",
                        str(drawn),
                        type(drawn).__name__,
                        sample.labels[anchor],
                        _label(sample, drawn),
                    )
                    for anchor, drawn in list(zip(ANCHORS, sample.positives, strict=True))[:5]
                ),
            ),
        ),
        snippet=Snippet(
            """\
import random

import numpy as np

indeksi = [3, 8, 21]
print(type(random.choice(indeksi)).__name__, type(np.random.choice(indeksi)).__name__)
""",
            f"{type(sample.positives[0]).__name__} {type(by_numpy).__name__}",
        ),
    )


def sampled_labels(lab: Lab4) -> Evidence:
    """Check the labels of many positives and negatives against every rule that was offered."""
    sample = _sample(lab)
    total = len(ANCHORS)
    positive, negative = _same(sample, sample.positives), _same(sample, sample.negatives)
    pairs = Counter(
        (sample.labels[anchor], _label(sample, drawn)) for anchor, drawn in zip(ANCHORS, sample.negatives, strict=True)
    )
    classes = sorted(set(sample.labels))
    return Evidence(
        claims=(
            Claim(
                "positive_same_negative_other",
                positive == total and negative == 0,
                f"oznaku sidra ima {positive} od {total} pozitiva, a drugu oznaku {total - negative} od {total} "
                "negativa",
            ),
            Claim(
                "positive_other_negative_same",
                positive == 0 and negative == total,
                f"drugu oznaku ima {total - positive} od {total} pozitiva, a oznaku sidra {negative} od {total} "
                "negativa",
            ),
            Claim(
                "both_same_class",
                positive == total and negative == total,
                f"oznaku sidra ima {positive} od {total} pozitiva i {negative} od {total} negativa",
            ),
            Claim(
                "labels_play_no_part",
                0 < positive < total and 0 < negative < total,
                f"udio slika s oznakom sidra među pozitivima je {decimal(positive / total)}, a među negativima "
                f"{decimal(negative / total)}; bez obzira na oznaku bio bi oko {decimal(1 / len(classes))}",
            ),
        ),
        blocks=(
            Table(
                ("izvučeno", "ista oznaka kao sidro", "druga oznaka"),
                (
                    ("pozitiv", positive, total - positive),
                    ("negativ", negative, total - negative),
                ),
                title=f"{total} sidara iz svih {len(classes)} razreda",
            ),
            Table(
                ("razred sidra c", *(f"n: {label}" for label in classes)),
                tuple((anchor, *(pairs[anchor, label] for label in classes)) for anchor in classes),
                title="Koliko je puta iz kojeg razreda izvučen negativ: dijagonala ostaje prazna",
            ),
        ),
        snippet=_sampling_snippet(positive == total, negative == 0),
    )


@once_per_lab
def _pools(lab: Lab4) -> tuple[Pool, ...]:
    """Enumerate the data sets of the grid and draw from the lab's sampler in each."""
    pools = []
    for classes, examples in GRID:
        data = made_dataset(lab, classes, examples)
        labels = data.targets.tolist()
        anchor = len(labels) // 2
        with seeded(100 * classes + examples):
            positives = Counter(_index(data._sample_positive(anchor)) for _ in range(DRAWS * examples))
            negatives = Counter(_index(data._sample_negative(anchor)) for _ in range(DRAWS * examples * (classes - 1)))
        pools.append(Pool(classes, examples, labels, anchor, positives, negatives))
    return tuple(pools)


@once_per_lab
def _sample(lab: Lab4) -> Sample:
    """Draw a positive and a negative for many anchors of the lab's own training set, and take three items."""
    with seeded(0):
        data = lab.MNISTMetricDataset(split="train", seed=0)
        positives = [data._sample_positive(anchor) for anchor in ANCHORS]
        negatives = [data._sample_negative(anchor) for anchor in ANCHORS]
        items = [(index, data[index]) for index in (0, 500, 1000)]
    labels = data.targets.tolist()
    return Sample(labels, positives, negatives, [_item(index, item, data.images, labels) for index, item in items])


def _item(index: int, item: tuple[object, ...], images: Tensor, labels: list[int]) -> Item:
    """Find out which images of the set an item holds by comparing every pixel."""
    pictures: list[Tensor] = [each for each in item if getattr(each, "ndim", 0) == images.ndim]  # type: ignore[misc]
    found = [(images == picture).flatten(start_dim=1).all(dim=1).nonzero().flatten().tolist() for picture in pictures]
    looks = [[labels[each] for each in alike] for alike in found] + [[], []]
    target = item[-1]
    return Item(
        place=index,
        size=len(item),
        shapes=listed(shape_of(picture) for picture in pictures),
        target=int(target) if isinstance(target, Integral) else -1,
        anchor_is_image=index in found[0],
        positive_labels=looks[1],
        negative_labels=looks[2],
    )


def _label(sample: Sample, drawn: object) -> int:
    """The label of a drawn index; −1 if what was drawn is no index of an image."""
    place = _index(drawn)
    return sample.labels[place] if 0 <= place < len(sample.labels) else -1


def _index(drawn: object) -> int:
    """What was drawn as a Python integer; −1 if it cannot index anything."""
    return as_index(drawn) if hasattr(drawn, "__index__") else -1


def _same(sample: Sample, drawn: list[object]) -> int:
    """How many of the drawn images have the label of their anchor."""
    return sum(_label(sample, each) == sample.labels[anchor] for anchor, each in zip(ANCHORS, drawn, strict=True))


def _kind(values: list[object]) -> str:
    """The one type of all values, numpy's integers counting as integers; else ``drugo``."""
    for name, kind in (("int", Integral), ("str", str), ("list", list)):
        if all(isinstance(value, kind) and not isinstance(value, bool) for value in values):
            return name
    return "drugo"


def _moved(lab: Lab4) -> tuple[tuple[float, float], tuple[float, float]]:
    """The distances d(a,p) and d(a,n) before and after one gradient step on the lab's loss."""
    import torch

    anchor = torch.zeros(1, 2)
    positive = torch.tensor([[1.0, 0.0]], requires_grad=True)
    negative = torch.tensor([[0.0, 1.2]], requires_grad=True)
    near, far = torch.autograd.grad(lab.TripletMarginLoss(margin=1.0)(anchor, positive, negative), (positive, negative))
    with torch.no_grad():
        before = (float(positive.norm()), float(negative.norm()))
        after = (float((positive - 0.1 * near).norm()), float((negative - 0.1 * far).norm()))
    return before, after


def _sampling_snippet(positive_same: bool, negative_other: bool) -> Snippet:
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
