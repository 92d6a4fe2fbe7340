"""pca_lowrank: its shapes by a closed formula, U and the projection by another route, layers with two outputs."""

import pytest
import torch
from torch import nn

import labs.lab4 as lab
from quizlab.hooks.lab4.pca import pca_return, pca_shapes
from quizlab.hooks.lab4.projection import two_dimensions
from tests.hooks.claims import held
from tests.hooks.lab4.broken import TwoNeurons, altered

FORMULAS = {
    "lowrank": lambda n, m, q: ((n, q), (q,), (m, q)),
    "full-svd": lambda n, m, q: ((n, n), (q,), (m, m)),
    "transposed-v": lambda n, m, q: ((n, q), (q,), (q, m)),
    "diagonal-s": lambda n, m, q: ((n, q), (q, q), (m, q)),
}


@pytest.mark.parametrize("method", FORMULAS)
def test_shapes_follow_the_formula(method):
    cases = pca_shapes(lab, method=method).cases
    assert len(cases) >= 4
    assert {case.given["n"] < case.given["m"] for case in cases} == {True, False}
    for case in cases:
        assert case.value == FORMULAS[method](**case.given)


@pytest.mark.parametrize("method", FORMULAS)
@pytest.mark.parametrize("size", [{"n": 12, "m": 7, "q": 3}, {"n": 9, "m": 40, "q": 4}, {"m": 784}, {"q": 6}])
def test_shapes_of_a_matrix_of_any_size(method, size):
    cases = pca_shapes(lab, method=method, **size).cases
    assert cases
    for case in cases:
        assert case.given.items() >= size.items()
        assert case.value == FORMULAS[method](**case.given)


def test_the_projection_is_u_times_s_and_not_u():
    assert held(pca_shapes(lab)) == {"projection_is_u_times_s", "u_is_projection_up_to_scale"}


def test_a_tuple_of_three_tensors(monkeypatch):
    assert pca_return(lab).cases[0].value == "tuple"
    assert held(pca_return(lab)) == {"three_tensors"}
    monkeypatch.setattr(torch, "pca_lowrank", lambda X, q: X[:, :q])
    assert pca_return(lab).cases[0].value == "Tensor"
    assert not held(pca_return(lab))


def test_only_pca_gives_two_dimensions():
    assert held(two_dimensions(lab)) == {"by_pca"}


def test_a_layer_with_two_neurons_is_found():
    found = held(two_dimensions(altered(SimpleMetricEmbedding=TwoNeurons)))
    assert "linear_with_two" in found
    assert "by_pca" not in found


def test_a_convolution_and_a_pooling_to_two_are_found():
    class Two(lab.SimpleMetricEmbedding):
        def __init__(self, channels, emb_size):
            super().__init__(channels, 2)

    found = held(two_dimensions(altered(SimpleMetricEmbedding=Two)))
    assert found == {"convolution_with_two", "pooling_to_two"}


def test_a_pooling_over_features_is_found():
    class Pooled(lab.SimpleMetricEmbedding):
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            self.last_pool = nn.AdaptiveAvgPool1d(2)

        def get_features(self, img):
            return self.last_pool(super().get_features(img).unsqueeze(1)).squeeze(1)

    assert held(two_dimensions(altered(SimpleMetricEmbedding=Pooled))) == {"pooling_to_two"}
