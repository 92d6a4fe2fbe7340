"""The nine hyperparameters, each found by its own name, and configurations that lack one."""

import dataclasses

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.hyperparameters import NAMES, SHAPING, hyperparameters
from tests.hooks.claims import held
from tests.hooks.lab3.broken import altered

ALL = {*(f"has_{name}" for name in NAMES), "only_some_shape_the_model", "limits_besides"}


def test_the_lab_has_the_nine():
    assert len(NAMES) == 9
    assert held(hyperparameters(lab)) == ALL


@pytest.mark.parametrize("name", NAMES)
def test_one_that_is_not_listed_is_missed(name):
    listed = {word: fields for word, fields in lab.HYPERPARAMETERS.items() if word != NAMES[name]}
    lost = {f"has_{name}"} | ({"only_some_shape_the_model"} if name in SHAPING else set())
    assert held(hyperparameters(altered(HYPERPARAMETERS=listed))) == ALL - lost


def test_a_field_that_does_not_exist_is_missed():
    listed = {**lab.HYPERPARAMETERS, "dropout": ("drop",), "veličina grupe": ("train_batch_size", "batch")}
    assert ALL - held(hyperparameters(altered(HYPERPARAMETERS=listed))) == {"has_dropout", "has_batch_size"}


def test_a_model_that_ignores_a_size_is_found():
    def ignoring(config, embedding):
        return lab.make_model(dataclasses.replace(config, hidden_size=150), embedding)

    found = ALL - held(hyperparameters(altered(make_model=ignoring)))
    assert found == {"has_hidden_size", "only_some_shape_the_model"}


def test_the_snippet_counts_what_the_lab_builds():
    config = lab.Config()
    embedding, hidden = config.embedding_size, config.hidden_size
    first, second = (3 * hidden * (inputs + hidden + 2) for inputs in (embedding, hidden))
    assert hyperparameters(lab).snippet.prints == str(first + second + hidden * (hidden + 1) + hidden + 1)
