"""What is in a saved file, for the lab's model and for models that hold something else."""

import torch

import labs.lab4 as lab
from quizlab.hooks.lab4.saving import saving
from tests.hooks.claims import held
from tests.hooks.lab4.broken import WithoutNorm, WithoutNormModel, altered

OPTIONS = {"parameters_only", "parameters_and_buffers", "whole_model", "optimizer_state"}


def test_parameters_and_buffers_and_no_other_option():
    found = held(saving(lab))
    assert found & OPTIONS == {"parameters_and_buffers"}
    assert {"parameters_saved", "buffers_saved", "parameters_alone_differ", "any_object"} <= found


def test_without_batch_norm_the_parameters_are_all():
    found = held(saving(altered(SimpleMetricEmbedding=WithoutNormModel, BatchNormConvReLU=WithoutNorm)))
    assert found & OPTIONS == {"parameters_only"}
    assert "parameters_alone_differ" not in found


def test_a_model_that_saves_something_more_is_found():
    class Greedy(lab.SimpleMetricEmbedding):
        def state_dict(self, **settings):
            state = super().state_dict(**settings)
            state["gradijent"] = torch.zeros(1)
            return state

    found = held(saving(altered(SimpleMetricEmbedding=Greedy)))
    assert found & OPTIONS == {"optimizer_state"}
