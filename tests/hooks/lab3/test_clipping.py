"""Clipping: the lab's own, and others that are not it."""

from math import hypot

import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.clipping import clipped_component, clipping
from tests.broken.lab3 import BROKEN
from tests.broken.sources import replaced
from tests.hooks.claims import held


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


TRAINING = {"clipped_before_the_step", "run_clips", "limit_as_told"}


def test_clipping_limits_the_norm_and_does_nothing_else():
    assert held(clipping(lab)) == SOUND | TRAINING


@pytest.mark.parametrize(("clip", "holds"), CLIPPINGS.items())
def test_another_clipping_is_measured_as_it_is(clip, holds):
    assert held(clipping(replaced("lab3", {"clip_gradients": clip}))) - TRAINING == holds


def test_dropped_gradients_are_seen():
    assert "zeroes_small" in held(clipping(replaced("lab3", {"clip_gradients": drop})))


@pytest.mark.parametrize(("first", "second", "limit"), [(6.0, 8.0, 1.0), (5.0, 12.0, 0.25), (3.0, 4.0, 4.9)])
def test_one_component_is_scaled_with_the_norm(first, second, limit):
    sizes = {"first": first, "second": second, "limit": limit}
    measured = {
        clip: clipped_component(lab, **sizes, clip=clip).cases[0].value for clip in ("lab", "nothing", "values", "sum")
    }
    assert measured["lab"] == pytest.approx(limit * first / hypot(first, second), rel=1e-6)
    assert measured["sum"] == pytest.approx(limit * first / (first + second), rel=1e-6)
    assert (measured["nothing"], measured["values"]) == (first, min(first, limit))
    second_one, norm = (clipped_component(lab, **sizes, look_at=each).cases[0].value for each in ("second", "norm"))
    assert (second_one, norm) == pytest.approx((limit * second / hypot(first, second), limit), rel=1e-6)
    assert held(clipped_component(lab, **sizes)) == {"norm_is_the_limit", "ratio_kept"}


@pytest.mark.parametrize("name", ["no clipping", "clipping by value"])
def test_other_clipping_of_a_component_is_noticed(name):
    assert len(held(clipped_component(BROKEN[name]))) < 2
