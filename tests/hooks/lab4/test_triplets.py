"""Candidates of a triplet against the closed formula, and samplers that break the rules."""

import pytest

import labs.lab4 as lab
from quizlab.hooks.lab4.triplets import one_triplet, triplet_candidates
from tests.hooks.claims import held
from tests.hooks.lab4.samplers import Careless, Crossed, Excluding, SameClass, with_dataset


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


@pytest.mark.parametrize(("classes", "examples"), [(2, 4), (5, None), (None, 8), (10, 20)])
def test_a_set_of_any_size_is_enumerated_and_drawn_from(classes, examples):
    evidence = triplet_candidates(lab, K=classes, M=examples)
    assert {case.given["K"] for case in evidence.cases} == {classes} if classes else {3, 4, 6}
    assert {case.given["M"] for case in evidence.cases} == {examples} if examples else {2, 3, 5}
    assert all(case.value == (case.given["M"] - 1, (case.given["K"] - 1) * case.given["M"]) for case in evidence.cases)
    assert "sampler_draws_the_same" in held(evidence)
    assert "sampler_draws_the_same" not in held(triplet_candidates(with_dataset(Crossed), K=classes, M=examples))


def test_the_lab_draws_every_candidate_and_the_anchor_too():
    assert held(triplet_candidates(lab)) == {"sampler_draws_the_same", "anchor_among_drawn"}


def test_excluding_the_anchor_is_as_good_and_is_seen():
    assert held(triplet_candidates(with_dataset(Excluding))) == {"sampler_draws_the_same"}


@pytest.mark.parametrize("dataset", [Crossed, SameClass, Careless])
def test_a_sampler_that_breaks_the_rules_draws_other_candidates(dataset):
    assert "sampler_draws_the_same" not in held(triplet_candidates(with_dataset(dataset)))
    assert "item_is_triplet" not in held(one_triplet(with_dataset(dataset)))


def test_a_sound_triplet():
    assert all(claim.holds for claim in one_triplet(lab).claims)


def test_the_same_evidence_every_time():
    fresh = [with_dataset(lab.MNISTMetricDataset) for _ in range(2)]
    assert one_triplet(fresh[0]) == one_triplet(fresh[1])
    assert triplet_candidates(fresh[0]) == triplet_candidates(fresh[1])
