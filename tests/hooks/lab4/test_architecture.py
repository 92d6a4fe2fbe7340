"""Base classes, the first convolution and the last operation, on sound and on altered models."""

import pytest
import torch
from torch import nn

import labs.lab4 as lab
from quizlab.hooks.lab4.architecture import last_operation, module_and_sequential
from quizlab.hooks.lab4.first_convolution import first_convolution
from tests.hooks.claims import held
from tests.hooks.lab4.broken import altered

CANDIDATES = {"output_is_mean", "output_is_maximum", "ends_fully_connected", "output_is_softmax"}


def test_exactly_one_relation_of_module_and_sequential_holds():
    assert held(module_and_sequential(lab)) == {"sequential_inherits_module", "unit_is_sequential"}


def test_a_unit_that_is_no_sequential_is_seen():
    assert "unit_is_sequential" not in held(module_and_sequential(altered(BatchNormConvReLU=nn.Module)))


@pytest.mark.parametrize(
    ("mutation", "channels"), [({}, 1), ({"colour": True}, 3), ({"side": "out"}, 32), ({"channel_axis": 2}, 28)]
)
def test_the_channels_of_the_first_convolution(mutation, channels):
    assert first_convolution(lab, **mutation).cases[0].value == channels


@pytest.mark.parametrize(
    ("mutation", "expected"), [({}, 5), ({"colour": True}, 3), ({"side": "out"}, 16), ({"channel_axis": 1}, 36)]
)
def test_the_channels_of_images_of_any_size(mutation, expected):
    evidence = first_convolution(lab, channels=5, size=36, emb_size=16, **mutation)
    assert evidence.cases[0].value == expected


def test_the_first_convolution_is_the_first_that_runs():
    class Reversed(lab.SimpleMetricEmbedding):
        """The same network, with its last layers registered before its first."""

        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            self._modules = dict(reversed(self._modules.items()))

    assert first_convolution(altered(SimpleMetricEmbedding=Reversed)).cases[0].value == 1


class MeanByFunction(lab.SimpleMetricEmbedding):
    def get_features(self, img):
        return self.feature_maps(img).mean(dim=(2, 3))


class Maximum(lab.SimpleMetricEmbedding):
    def get_features(self, img):
        return self.feature_maps(img).amax(dim=(2, 3))


class Softmax(lab.SimpleMetricEmbedding):
    def get_features(self, img):
        return super().get_features(img).softmax(dim=1)


class FullyConnected(lab.SimpleMetricEmbedding):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.out = nn.Linear(self.emb_size, self.emb_size)

    def get_features(self, img):
        return self.out(super().get_features(img))


class Unpooled(lab.SimpleMetricEmbedding):
    def get_features(self, img):
        return self.feature_maps(img).flatten(start_dim=1)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (lab.SimpleMetricEmbedding, {"output_is_mean"}),
        (MeanByFunction, {"output_is_mean"}),
        (Maximum, {"output_is_maximum"}),
        (Softmax, {"output_is_softmax"}),
        (FullyConnected, {"ends_fully_connected"}),
        (Unpooled, set()),
    ],
)
def test_the_last_operation_is_told_by_what_it_does(model, expected):
    assert held(last_operation(altered(SimpleMetricEmbedding=model))) & CANDIDATES == expected


def test_the_random_state_is_left_as_it_was():
    before = torch.get_rng_state()
    last_operation(lab)
    assert torch.equal(before, torch.get_rng_state())
