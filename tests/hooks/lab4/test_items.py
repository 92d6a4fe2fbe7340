"""The type of an element: of the lab's own data set, and of others that hold something else."""

from types import SimpleNamespace

import pytest

import labs.lab4 as lab
from quizlab.hooks.lab4.items import item_type
from tests.hooks.claims import all_of, held

TRIPLET = "tuple[torch.Tensor, torch.Tensor, torch.Tensor, int]"


def value(evidence):
    (case,) = evidence.cases
    return case.value


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ({}, TRIPLET),
        ({"split": "test"}, "tuple[torch.Tensor, int]"),
        ({"split": "traineval"}, "tuple[torch.Tensor, int]"),
        ({"holding": "images-only"}, "tuple[torch.Tensor, torch.Tensor, torch.Tensor]"),
        ({"holding": "indices"}, "tuple[int, int, int, int]"),
    ],
)
def test_the_type_of_an_element(parameters, kind):
    evidence = item_type(lab, **parameters)
    assert value(evidence) == kind
    assert held(evidence) == all_of(evidence)


class Changed(lab.MNISTMetricDataset):
    """Gives ``changed(item, index)`` in place of each item."""

    def __getitem__(self, index):
        return type(self).changed(super().__getitem__(index), index)


CHANGES = {
    "a list": (lambda item, _: list(item), f"list{TRIPLET.removeprefix('tuple')}", set()),
    "the label as a tensor": (
        lambda item, _: (*item[:-1], lab_tensor(item[-1])),
        TRIPLET.replace("int", "torch.Tensor"),
        set(),
    ),
    "another label": (lambda item, _: (*item[:-1], item[-1] + 1), TRIPLET, {"label_is_last"}),
    "no channel": (lambda item, _: (item[0][0], *item[1:]), TRIPLET, {"images_of_one_shape"}),
    "now and then a list": (lambda item, index: item if index else list(item), TRIPLET, {"same_type_everywhere"}),
}


def lab_tensor(label):
    import torch

    return torch.tensor(label)


@pytest.mark.parametrize("name", CHANGES)
def test_an_element_is_named_as_it_is(name):
    change, kind, wrong = CHANGES[name]
    data = type("Data", (Changed,), {"changed": staticmethod(change)})
    evidence = item_type(SimpleNamespace(MNISTMetricDataset=data))
    assert value(evidence) == kind
    assert all_of(evidence) - held(evidence) == wrong
