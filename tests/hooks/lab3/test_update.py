"""The plain RNN's step, in the lab and in labs that are wrong."""

from math import tanh

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.update import state_update
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held

PROVED = {"equals_torch_cell", "numpy_step_agrees", "right_if_bias_is_zero", "bias_matters"}


def formula(given, bias=True, carried=True, swapped=False):
    hh, xh = (given["W_xh"], given["W_hh"]) if swapped else (given["W_hh"], given["W_xh"])
    return tanh(hh * given["h"] * carried + xh * given["x"] + given["b_h"] * bias)


@pytest.mark.parametrize("change", [{}, {"bias": False}, {"carried": False}, {"swapped": True}])
def test_a_step_is_the_formula_and_each_mutation_the_mistaken_one(change):
    evidence = state_update(lab, **change)
    for case in evidence.cases:
        assert case.value == pytest.approx(formula(case.given, **change), rel=1e-12)
    assert held(evidence) == PROVED


@pytest.mark.parametrize("fixed", [{"W_hh": 2.0}, {"W_hh": 0.0, "b_h": 1.0}, {"W_hh": 0.5, "W_xh": 3.0, "b_h": 0.1}])
@pytest.mark.parametrize("change", [{}, {"bias": False}, {"swapped": True}])
def test_a_weight_can_be_fixed(fixed, change):
    evidence = state_update(lab, **fixed, **change)
    for case in evidence.cases:
        assert case.given.items() >= fixed.items()
        assert case.value == pytest.approx(formula(case.given, **change), rel=1e-12)


def test_a_transposed_matrix_is_seen_with_vectors_only():
    evidence = state_update(BROKEN["W_hh transposed"])
    assert all(case.value == pytest.approx(formula(case.given)) for case in evidence.cases)
    assert "equals_torch_cell" not in held(evidence)


def test_a_cell_without_bias_is_not_the_formula():
    evidence = state_update(BROKEN["plain RNN without bias"])
    assert not any(case.value == pytest.approx(formula(case.given)) for case in evidence.cases)
    assert "equals_torch_cell" not in held(evidence)


def test_two_bias_vectors_compute_the_same():
    assert held(state_update(BROKEN["plain RNN with two biases"])) == PROVED
