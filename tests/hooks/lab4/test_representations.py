"""Class representations: their shape over a grid, and each way of computing them wrongly."""

import pytest

import labs.lab4 as lab
from quizlab.hooks.lab4.representations import class_representations, representations
from tests.hooks.claims import held, refuted
from tests.hooks.lab4.broken import altered, mean, mean_of_normalised, median, represent


@pytest.mark.parametrize("classes", [2, 5, 10])
@pytest.mark.parametrize("emb_size", [1, 8, 32])
def test_the_shape_is_classes_by_embedding(classes, emb_size):
    sizes = {"classes": classes, "emb_size": emb_size}
    assert representations(lab, **sizes).cases[0].value == (classes, emb_size)
    assert representations(lab, **sizes, result="transposed").cases[0].value == (emb_size, classes)
    assert representations(lab, **sizes, result="batch").cases[0].value == (64, emb_size)
    assert representations(lab, **sizes, model="identity").cases[0].value == (classes, 784)


def test_everything_holds_for_the_lab():
    assert not refuted(representations(lab))
    assert not refuted(class_representations(lab))


@pytest.mark.parametrize(
    ("way", "wrong"), [(mean, "unit_norm"), (median, "class_mean"), (mean_of_normalised, "class_mean")]
)
def test_a_wrong_way_of_computing_them_is_found_and_nothing_else(way, wrong):
    broken = altered(compute_representations=represent(way))
    assert refuted(class_representations(broken)) == {wrong}
    assert ("unit_norm" in held(representations(broken))) == (wrong != "unit_norm")
