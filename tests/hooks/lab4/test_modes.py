"""train() and eval(): what changes on the lab's layers, and the other options when they are made true."""

import torch

import labs.lab4 as lab
from quizlab.hooks.lab4.modes import modes
from tests.hooks.claims import held
from tests.hooks.lab4.broken import WithoutNorm, altered


def test_of_the_options_only_normalisation_holds():
    assert held(modes(lab)) == {"changes_normalisation", "dropout_differs", "sets_flag"}


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


def test_a_data_set_that_gives_other_images_the_second_time_is_found():
    class Forgetful(lab.MNISTMetricDataset):
        reads = 0

        def __getitem__(self, index):
            self.reads += 1
            return super().__getitem__(self.reads)

    assert "chooses_data" in held(modes(altered(MNISTMetricDataset=Forgetful)))
