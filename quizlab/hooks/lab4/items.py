"""Proof of what one element of the lab's data set is: its type, and what it holds."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

from quizlab.hooks.common import listed, seeded, shape_of
from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.digits import labels_of
from quizlab.hooks.lab4.draws import index_of
from quizlab.hooks.owned import needs
from quizlab.model import Case, Claim, Evidence, Snippet, Table

LOOKED_AT = 10
"""Elements of each split."""

Split = Literal["train", "traineval", "test"]


def item_type(
    lab: Lab4, *, split: Split = "train", holding: Literal["images", "indices", "images-only"] = "images"
) -> Evidence:
    """Take elements of the lab's data set and name the type of each with all that it holds.

    ``split`` takes them from another split. ``holding`` puts together what is often meant instead: the indices that
    the lab draws, or the images without the label.
    """
    needs(lab, "dataset")
    kinds = {each: [_named(item) for _, item in _items(lab, each)] for each in ("train", "traineval", "test")}
    items = _items(lab, "train")
    value = Counter(kinds[split]).most_common(1)[0][0]
    if holding == "indices":
        value = _named(_indices(lab))
    elif holding == "images-only":
        value = _named(items[0][1][:-1])
    labels = [(_plain(item[-1]), target) for target, item in items]
    images = {shape_of(part) for _, item in items for part in item[:-1]}
    return Evidence(
        cases=(Case(value=value),),
        claims=(
            Claim(
                "same_type_everywhere",
                len(set(kinds["train"])) == 1,
                f"u skupu za učenje {LOOKED_AT} je elemenata imalo tip {listed(sorted(set(kinds['train'])))}",
            ),
            Claim(
                "label_is_last",
                all(found == target for found, target in labels),
                f"posljednji je član oznaka sidra u {sum(found == target for found, target in labels)} od "
                f"{len(labels)} elemenata",
            ),
            Claim(
                "images_of_one_shape",
                len(images) == 1,
                f"slike u tim elementima imaju oblik {listed(sorted(images))}",
            ),
        ),
        blocks=(
            Table(
                ("skup", "tip elementa"),
                tuple((each, listed(sorted(set(found)))) for each, found in kinds.items()),
                title=f"Po {LOOKED_AT} elemenata svakog skupa",
                marked=(list(kinds).index(split),),
            ),
        ),
        snippet=Snippet(
            """\
import torch

slike, oznake = torch.rand(4, 28, 28), [3, 7, 3, 7]
sidro, pozitiv, negativ = 0, 2, 1
element = (*(slike[i].unsqueeze(0) for i in (sidro, pozitiv, negativ)), oznake[sidro])
print(type(element).__name__, [type(član).__name__ for član in element])
""",
            "tuple ['Tensor', 'Tensor', 'Tensor', 'int']",
        ),
    )


def _items(lab: Lab4, split: Split) -> list[tuple[int, Any]]:
    """Some elements from all over a split, each with the class of its anchor."""
    with seeded(0):
        data = lab.MNISTMetricDataset(split=split, seed=0)
        step, labels = max(1, len(data) // LOOKED_AT), labels_of(data)
        return [(labels[place], data[place]) for place in range(0, len(data), step)[:LOOKED_AT]]


def _indices(lab: Lab4) -> tuple[Any, ...]:
    """The indices of one triplet, and its label."""
    with seeded(0):
        data = lab.MNISTMetricDataset(split="train", seed=0)
        drawn = (0, data._sample_positive(0), data._sample_negative(0))
        # An index is a whole number, whatever counts it: numpy's, or a tensor without dimensions.
        return *(each if index_of(each) < 0 else index_of(each) for each in drawn), int(data.targets[0])


def _plain(label: Any) -> Any:
    """A label as a number, whether or not it comes as a tensor."""
    return label.item() if getattr(label, "ndim", None) == 0 else label


def _named(value: Any) -> str:
    """A type as Python's annotations write it: ``tuple[torch.Tensor, int]``."""
    kind = type(value)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    return f"{name}[{', '.join(map(_named, value))}]" if isinstance(value, tuple | list) else name
