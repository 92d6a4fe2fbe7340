"""The optimiser: the lab's own, and others that are not it."""

import subprocess
import sys

import pytest
import torch

import labs.lab3 as lab
from quizlab.hooks.lab3.optimiser import OPTIMISERS, optimiser
from tests.broken.sources import replaced
from tests.hooks.claims import held


def with_optimiser(kind, **settings):
    def make(model, config):
        return kind(model.parameters(), **{"lr": config.learning_rate, **settings})

    return replaced("lab3", {"make_optimizer": make})


def test_the_optimiser_is_adam_at_the_labs_rate():
    assert held(optimiser(lab)) == {"adam", "first_step_is_rate", "rate_as_told"}


KINDS = {
    "adam": torch.optim.Adam,
    "sgd": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
}


@pytest.mark.parametrize("name", KINDS)
def test_each_rule_is_torchs_and_no_other(name):
    assert held(optimiser(with_optimiser(KINDS[name]))) & set(OPTIMISERS) == {name}


@pytest.mark.parametrize(
    ("kind", "settings"),
    [(torch.optim.AdamW, {}), (torch.optim.Adam, {"lr": 1e-3}), (torch.optim.SGD, {"momentum": 0.9})],
)
def test_a_near_relative_is_none_of_them(kind, settings):
    assert not held(optimiser(with_optimiser(kind, **settings))) & set(OPTIMISERS)


@pytest.mark.stress
def test_torchs_compiler_stays_out():
    code = (
        "import sys, labs.lab3 as lab; from quizlab.hooks.lab3.optimiser import optimiser; optimiser(lab); "
        "from torch.optim import Optimizer; "
        "print('torch._dynamo' in sys.modules, hasattr(Optimizer.add_param_group, '__wrapped__'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["False", "True"]
