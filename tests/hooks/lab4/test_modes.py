"""train() and eval(): what changes on the lab's layers, and the other options when they are made true."""

import torch

import labs.lab4 as lab
from quizlab.hooks.lab4.modes import modes
from tests.hooks.claims import held
from tests.hooks.lab4.broken import WithoutNorm, altered


def test_of_the_options_only_normalisation_holds():
    assert held(modes(lab)) == {"changes_normalisation", "others_alike", "dropout_differs", "sets_flag"}


def test_a_unit_without_normalisation_changes_nothing():
    found = held(modes(altered(BatchNormConvReLU=WithoutNorm)))
    assert "changes_normalisation" not in found
    assert "dropout_differs" in found


def test_an_activation_that_heeds_the_mode_is_found():
    class Noisy(lab.BatchNormConvReLU):
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            self.relu = torch.nn.RReLU()

    assert "changes_activation" in held(modes(altered(BatchNormConvReLU=Noisy)))


def test_a_model_that_stops_gradients_in_eval_is_found():
    class Stopped(lab.SimpleMetricEmbedding):
        def get_features(self, img):
            with torch.set_grad_enabled(self.training):
                return super().get_features(img)

    assert "stops_gradients" in held(modes(altered(SimpleMetricEmbedding=Stopped)))


def test_a_data_set_that_heeds_the_mode_is_found_and_one_that_changes_images_by_chance_is_not():
    class Model(lab.SimpleMetricEmbedding):
        def train(self, mode=True):
            Heeding.training = mode
            return super().train(mode)

    class Heeding(lab.MNISTMetricDataset):
        training = True

        def __getitem__(self, index):
            return super().__getitem__(index if self.training else index + 1)

    class Augmented(lab.MNISTMetricDataset):
        def __getitem__(self, index):
            image, *rest = super().__getitem__(index)
            return image + 0.1 * torch.rand_like(image), *rest

    heeding = altered(SimpleMetricEmbedding=Model, MNISTMetricDataset=Heeding)
    assert "chooses_data" in held(modes(heeding))
    assert "chooses_data" not in held(modes(altered(MNISTMetricDataset=Augmented)))


def test_a_convolution_that_heeds_the_mode_is_found():
    class Masked(torch.nn.Conv2d):
        def forward(self, maps):
            return super().forward(maps) * (0.5 if self.training else 1)

    class Unit(lab.BatchNormConvReLU):
        def __init__(self, maps_in, maps_out, k=3, **settings):
            super().__init__(maps_in, maps_out, k, **settings)
            self.conv = Masked(maps_in, maps_out, k)

    assert "others_alike" not in held(modes(altered(BatchNormConvReLU=Unit)))
