"""Lists as a person reads them, and the little arithmetic that proofs share."""

import torch
from torch import nn

from quizlab.hooks.common import commas, listed, parameter_shapes, rises, rounded


def test_several_things_stand_one_after_another():
    assert commas([1, 10, "x"]) == "1, 10, x"
    assert listed([1, 10, "x"]) == "1, 10 i x"


def test_rising_is_strict():
    assert rises([])
    assert rises([1.0])
    assert rises({0: 1.0, 1: 2.0}.values())
    assert not rises([1.0, 1.0])
    assert not rises([1.0, 3.0, 2.0])


def test_tensors_as_plain_python():
    assert rounded(torch.tensor([0.123456, -2.0])) == [0.1235, -2.0]
    assert rounded(torch.tensor([0.126], dtype=torch.float64), 2) == [0.13]
    assert parameter_shapes(nn.Linear(3, 5)) == {"weight": (5, 3), "bias": (5,)}
