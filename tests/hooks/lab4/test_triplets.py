"""Candidates of a triplet against the closed formula, and samplers that break the rules."""

from types import SimpleNamespace

import numpy as np
import pytest
import torch

import labs.lab4 as lab
from quizlab.hooks.lab4.triplets import one_triplet, sampled_index, sampled_labels, triplet_candidates

RULES = {"positive_same_negative_other", "positive_other_negative_same", "both_same_class", "labels_play_no_part"}


def altered(dataset):
    return SimpleNamespace(**{**vars(lab), "MNISTMetricDataset": dataset})


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


class Crossed(lab.MNISTMetricDataset):
    """Positives come from another class, negatives from the anchor's."""

    def _sample_positive(self, index):
        return super()._sample_negative(index)

    def _sample_negative(self, index):
        return super()._sample_positive(index)


class SameClass(lab.MNISTMetricDataset):
    def _sample_negative(self, index):
        return self._sample_positive(index)


class Careless(lab.MNISTMetricDataset):
    def _sample_positive(self, index):
        return self._random.randrange(len(self))

    def _sample_negative(self, index):
        return self._random.randrange(len(self))


class Excluding(lab.MNISTMetricDataset):
    """Never draws the anchor as its own positive."""

    def _sample_positive(self, index):
        rest = [other for other in self.target2indices[int(self.targets[index])] if other != index]
        return self._random.choice(rest)


def giving(wrap):
    class Wrapped(lab.MNISTMetricDataset):
        def _sample_positive(self, index):
            return wrap(super()._sample_positive(index))

        def __getitem__(self, index):
            anchor, target = self.images[index].unsqueeze(0), int(self.targets[index])
            return anchor, anchor, self.images[self._sample_negative(index)].unsqueeze(0), target

    return Wrapped


@pytest.mark.parametrize(
    ("mutation", "formula"),
    [
        ({}, lambda K, M: (M - 1, (K - 1) * M)),
        ({"count_anchor": True}, lambda K, M: (M, (K - 1) * M)),
        ({"negatives": "one-class"}, lambda K, M: (M - 1, M)),
        ({"negatives": "all-others"}, lambda K, M: (M - 1, K * M - 1)),
        ({"swapped": True}, lambda K, M: ((K - 1) * M, M - 1)),
    ],
)
def test_candidates_are_counted_as_the_formula_says(mutation, formula):
    cases = triplet_candidates(lab, **mutation).cases
    assert len(cases) >= 9
    assert all(case.value == formula(**case.given) for case in cases)


def test_the_lab_draws_every_candidate_and_the_anchor_too():
    assert held(triplet_candidates(lab)) == {"sampler_draws_the_same", "anchor_among_drawn"}


def test_excluding_the_anchor_is_as_good_and_is_seen():
    assert held(triplet_candidates(altered(Excluding))) == {"sampler_draws_the_same"}
    assert "anchor_among_drawn" not in held(sampled_index(altered(Excluding)))


@pytest.mark.parametrize("dataset", [Crossed, SameClass, Careless])
def test_a_sampler_that_breaks_the_rules_draws_other_candidates(dataset):
    assert "sampler_draws_the_same" not in held(triplet_candidates(altered(dataset)))
    assert "item_is_triplet" not in held(one_triplet(altered(dataset)))


def test_a_sound_triplet():
    assert all(claim.holds for claim in one_triplet(lab).claims)


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
    assert held(sampled_labels(altered(dataset))) & RULES == {rule}


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
    evidence = sampled_index(altered(giving(wrap)))
    assert evidence.cases[0].value == kind
    assert ("another_type" in held(evidence)) == (kind == "drugo")


def test_an_index_of_another_class_is_found():
    assert "index_of_same_class" in held(sampled_index(lab))
    assert "index_of_same_class" not in held(sampled_index(altered(Crossed)))


def test_the_same_evidence_every_time():
    fresh = [altered(lab.MNISTMetricDataset) for _ in range(2)]
    assert one_triplet(fresh[0]) == one_triplet(fresh[1])
    assert triplet_candidates(fresh[0]) == triplet_candidates(fresh[1])
