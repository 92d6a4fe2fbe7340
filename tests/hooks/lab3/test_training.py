"""Criterion, optimiser and clipping: the lab's own, and others that are not it."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.training import CRITERIA, OPTIMISERS, clipping, criterion, loss_value, optimiser


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


def all_of(evidence):
    return {claim.name for claim in evidence.claims}


def with_criterion(loss):
    return SimpleNamespace(make_criterion=lambda: loss)


def with_optimiser(kind, **settings):
    def make(model, config):
        return kind(model.parameters(), **{"lr": config.learning_rate, **settings})

    return SimpleNamespace(Config=lab.Config, make_optimizer=make)


def test_the_criterion_is_cross_entropy_and_nothing_else():
    assert held(criterion(lab)) == {"cross_entropy", "binary_on_logits"}
    assert held(loss_value(lab)) == all_of(loss_value(lab))


LOSSES = {
    "squared_error": lambda z, y: (z.sigmoid() - y).square().mean(),
    "hinge": lambda z, y: (1 - (2 * y - 1) * z).relu().mean(),
    "absolute_error": lambda z, y: (z.sigmoid() - y).abs().mean(),
}


@pytest.mark.parametrize("name", LOSSES)
def test_another_loss_is_recognised(name):
    assert held(criterion(with_criterion(LOSSES[name]))) & set(CRITERIA) == {name}


@pytest.mark.parametrize(
    ("loss", "wrong"),
    [
        (nn.BCEWithLogitsLoss(reduction="none"), {"zero_dimensional_float", "gradient_starts_here"}),
        (nn.BCEWithLogitsLoss(reduction="sum"), {"mean_of_examples"}),
        (lambda z, y: -nn.functional.binary_cross_entropy_with_logits(z, y), {"larger_for_worse"}),
        (lambda z, y: nn.functional.softplus(z).mean(), {"compares_with_class", "larger_for_worse"}),
    ],
)
def test_what_a_criterion_returns_is_measured(loss, wrong):
    evidence = loss_value(with_criterion(loss))
    assert all_of(evidence) - held(evidence) == wrong


def test_the_optimiser_is_adam_at_the_labs_rate():
    assert held(optimiser(lab)) == {"adam", "first_step_is_rate"}


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


def test_torchs_compiler_stays_out():
    code = (
        "import sys, labs.lab3 as lab; from quizlab.hooks.lab3.training import optimiser; optimiser(lab); "
        "from torch.optim import Optimizer; "
        "print('torch._dynamo' in sys.modules, hasattr(Optimizer.add_param_group, '__wrapped__'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["False", "True"]


def by_value(parameters, limit):
    nn.utils.clip_grad_value_(parameters, limit)


def always(parameters, limit):
    norm = torch.cat([p.grad.flatten() for p in parameters]).norm()
    for p in parameters:
        p.grad.mul_(limit / norm)


def one_by_one(parameters, limit):
    for p in parameters:
        nn.utils.clip_grad_norm_([p], limit)


def shrink(parameters, limit):
    nn.utils.clip_grad_norm_(parameters, limit)
    for p in parameters:
        p.data.mul_(0.9)


def drop(parameters, limit):
    for p in parameters:
        p.grad[p.grad.abs() < 0.01] = 0


SOUND = {"limits_norm", "direction_kept", "small_untouched"}
CLIPPINGS = {
    lambda parameters, limit: None: {"direction_kept", "small_untouched"},
    by_value: {"small_untouched"},
    always: {"limits_norm", "direction_kept", "raises_small"},
    one_by_one: {"small_untouched"},
    shrink: {*SOUND, "shrinks_weights"},
}


def test_clipping_limits_the_norm_and_does_nothing_else():
    assert held(clipping(lab)) == SOUND


@pytest.mark.parametrize(("clip", "holds"), CLIPPINGS.items())
def test_another_clipping_is_measured_as_it_is(clip, holds):
    assert held(clipping(SimpleNamespace(clip_gradients=clip))) == holds


def test_dropped_gradients_are_seen():
    assert "zeroes_small" in held(clipping(SimpleNamespace(clip_gradients=drop)))
