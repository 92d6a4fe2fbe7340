"""What is sampled: its type and its labels, and samplers that break the rules."""

import numpy as np
import pytest
import torch

import labs.lab4 as lab
from quizlab.hooks.lab4.sampling import sampled_index, sampled_labels
from tests.hooks.claims import held
from tests.hooks.lab4.samplers import Careless, Crossed, Excluding, SameClass, with_dataset

RULES = {"positive_same_negative_other", "positive_other_negative_same", "both_same_class", "labels_play_no_part"}


def giving(wrap):
    class Wrapped(lab.MNISTMetricDataset):
        def _sample_positive(self, index):
            return wrap(super()._sample_positive(index))

        def __getitem__(self, index):
            anchor, target = self.images[index].unsqueeze(0), int(self.targets[index])
            return anchor, anchor, self.images[self._sample_negative(index)].unsqueeze(0), target

    return Wrapped


@pytest.mark.parametrize(
    ("dataset", "rule"),
    [
        (lab.MNISTMetricDataset, "positive_same_negative_other"),
        (Excluding, "positive_same_negative_other"),
        (Crossed, "positive_other_negative_same"),
        (SameClass, "both_same_class"),
        (Careless, "labels_play_no_part"),
    ],
)
def test_exactly_the_rule_that_was_followed_holds(dataset, rule):
    assert held(sampled_labels(with_dataset(dataset))) & RULES == {rule}


@pytest.mark.parametrize(
    ("wrap", "kind"),
    [
        (int, "int"),
        (np.int64, "int"),
        (str, "str"),
        (lambda index: [index], "list"),
        (torch.tensor, "drugo"),
        (float, "drugo"),
    ],
)
def test_the_type_that_is_returned(wrap, kind):
    evidence = sampled_index(with_dataset(giving(wrap)))
    assert evidence.cases[0].value == kind
    assert ("another_type" in held(evidence)) == (kind == "drugo")


def test_an_index_of_another_class_is_found():
    assert "index_of_same_class" in held(sampled_index(lab))
    assert "index_of_same_class" not in held(sampled_index(with_dataset(Crossed)))


def test_excluding_the_anchor_is_seen():
    assert "anchor_among_drawn" not in held(sampled_index(with_dataset(Excluding)))
