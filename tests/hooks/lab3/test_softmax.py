"""The gradient at the softmax's input: ŷ − y and no other formula, and networks that get it wrong."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.softmax import FORMULAS, softmax_gradient
from tests.broken.lab3_cells import BROKEN
from tests.hooks.claims import held


def test_of_the_formulas_only_the_right_one_is_the_gradient():
    assert held(softmax_gradient(lab)) == {
        "prediction_minus_truth",
        "lab_agrees",
        "other_at_the_output",
        "mean_divides_by_batch",
        "binary_alike",
    }


@pytest.mark.parametrize("name", ["NumPy: ∂L/∂o without y", "NumPy: ∂L/∂o halved"])
def test_another_gradient_is_noticed(name):
    assert not held(softmax_gradient(BROKEN[name])) & {*FORMULAS, "lab_agrees"}


def test_the_table_shows_probabilities_and_gradients_that_sum_to_zero():
    table = softmax_gradient(lab).blocks[0]
    _, _, predicted, truth, *gradients = zip(*table.rows, strict=True)
    assert sum(predicted) == pytest.approx(1, abs=1e-3)
    assert sum(truth) == 1
    assert all(sum(column) == pytest.approx(0, abs=1e-3) for column in gradients)
