"""The shared digits and trainings: repeatable, balanced, leaving no trace; and the optimiser they use."""

import contextlib
import io
import random

import numpy as np
import pytest
import torch
from torch import nn

import labs.lab4 as lab
from quizlab.hooks.adam import Adam
from quizlab.hooks.lab4 import HOOKS, digits
from tests.hooks.lab4.broken import altered

MINE = (
    "separation",
    "modes",
    "pca_return",
    "classification_method",
    "representations",
    "saving",
    "classification_kind",
    "two_dimensions",
    "class_representations",
    "nearest_mean",
    "elongated_class",
    "pca_shapes",
)


def test_adam_is_torchs_adam():
    torch.manual_seed(0)
    ours, theirs = nn.Linear(5, 3), nn.Linear(5, 3)
    theirs.load_state_dict(ours.state_dict())
    optimizers = Adam(ours.parameters(), 0.01), torch.optim.Adam(theirs.parameters(), lr=0.01)
    for _ in range(20):
        data = torch.randn(8, 5)
        for model, optimizer in zip((ours, theirs), optimizers, strict=True):
            optimizer.zero_grad()
            model(data).square().mean().backward()
            optimizer.step()
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(ours.parameters(), theirs.parameters(), strict=True))


def test_samples_are_balanced():
    for sample, size in ((digits.known(lab), digits.KNOWN), (digits.unseen(lab), digits.UNSEEN)):
        assert sample.labels.bincount().tolist() == [size] * digits.CLASSES
        assert sample.images.shape == (size * digits.CLASSES, 1, 28, 28)


def test_training_is_repeatable_and_leaves_the_generators_alone():
    before = torch.get_rng_state(), random.getstate(), str(np.random.get_state())
    first, second = (digits.learned_without_class(altered()) for _ in range(2))
    assert torch.equal(first.unseen, second.unseen)
    assert first.unseen is not second.unseen
    after = torch.get_rng_state(), random.getstate(), str(np.random.get_state())
    assert torch.equal(before[0], after[0])
    assert before[1:] == after[1:]


def test_batches_lose_nothing():
    sample = digits.unseen(lab)
    parts = digits.batches(*sample, 7)
    assert torch.equal(torch.cat([images for images, _ in parts]), sample.images)
    assert torch.equal(torch.cat([labels for _, labels in parts]), sample.labels)


@pytest.mark.parametrize("name", MINE)
def test_the_snippet_prints_what_was_measured(name):
    snippet = HOOKS[f"lab4.{name}"](lab).snippet
    printed = io.StringIO()
    with torch.random.fork_rng(), contextlib.redirect_stdout(printed):
        exec(snippet.code, {})
    assert printed.getvalue().strip() == snippet.prints
    assert len(snippet.code.splitlines()) <= 15
