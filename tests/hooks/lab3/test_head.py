"""The head of the recurrent classifier: the lab's, and heads that read or return something else."""

import pytest
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.head import output_layer
from tests.broken.sources import replaced
from tests.hooks.claims import refuted


def altered(forward):
    class Model(lab.RecurrentClassifier):
        pass

    Model.forward = forward
    return replaced("lab3", {"RecurrentClassifier": Model})


def pooled(model, texts, lengths):
    return lab.last_state(model.states(model.embedding(texts.T), lengths), lengths, model.rnn)


def padding_read(model, texts, lengths):
    return model.fc2(model.fc1(model.rnn(model.embedding(texts.T))[0][-1]).relu())


def first_layer(model, texts, lengths):
    packed = nn.utils.rnn.pack_padded_sequence(model.embedding(texts.T), lengths, enforce_sorted=False)
    state = model.rnn(packed)[1]
    return model.fc2(model.fc1((state[0] if isinstance(state, tuple) else state)[0]).relu())


def without_relu(model, texts, lengths):
    return model.fc2(model.fc1(pooled(model, texts, lengths)))


def probabilities(model, texts, lengths):
    return model.fc2(model.fc1(pooled(model, texts, lengths)).relu()).sigmoid()


def squeezed(model, texts, lengths):
    return model.fc2(model.fc1(pooled(model, texts, lengths)).relu()).squeeze(1)


def at_every_step(model, texts, lengths):
    return model.fc2(model.fc1(model.states(model.embedding(texts.T), lengths)).relu())


def without_head(model, texts, lengths):
    return pooled(model, texts, lengths)


BROKEN = {
    padding_read: {"fed_with_last_state", "padding_not_read"},
    first_layer: {"fed_with_last_state", "both_ways_double_the_input"},
    without_relu: {"two_layers_with_relu"},
    probabilities: {"logits_and_no_probabilities"},
    squeezed: {"one_logit_for_sentence"},
    at_every_step: {"fed_with_last_state", "padding_not_read", "one_logit_for_sentence"},
    without_head: {"two_layers_with_relu", "one_logit_for_sentence", "both_ways_double_the_input"},
}


def test_the_labs_head_is_as_asked():
    assert refuted(output_layer(lab)) == set()


@pytest.mark.parametrize(("forward", "wrong"), BROKEN.items())
def test_another_head_is_measured_as_it_is(forward, wrong):
    assert refuted(output_layer(altered(forward))) == wrong


def test_the_padding_may_be_skipped_in_another_way():
    class Model(lab.RecurrentClassifier):
        def __init__(self, *args, **settings):
            super().__init__(*args, **{**settings, "packing": False})

    assert not refuted(output_layer(replaced("lab3", {"RecurrentClassifier": Model})))
