import itertools

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from labs.lab4 import BatchNormConvReLU

GRID = list(itertools.product([1, 3, 8], [1, 5, 16], [1, 3, 5], [True, False]))


def count(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


@pytest.mark.parametrize(("order", "norm_maps"), [("bn-relu-conv", 0), ("conv-bn-relu", 1)])
def test_parameters_follow_the_formula(order, norm_maps):
    for c_in, c_out, k, bias in GRID:
        unit = BatchNormConvReLU(c_in, c_out, k, bias, order=order)
        expected = k * k * c_in * c_out + (c_out if bias else 0) + 2 * (c_in, c_out)[norm_maps]
        assert count(unit) == expected, (c_in, c_out, k, bias)


@pytest.mark.parametrize("order", ["bn-relu-conv", "conv-bn-relu"])
def test_the_unit_of_the_quiz_has_9312_parameters(order):
    unit = BatchNormConvReLU(32, 32, order=order)
    assert count(unit) == 9312
    # running mean, running variance and the counter of batches
    assert sum(b.numel() for b in unit.buffers()) == 32 + 32 + 1


def test_children_and_their_order():
    assert isinstance(BatchNormConvReLU(1, 1), nn.Sequential)
    assert [n for n, _ in BatchNormConvReLU(2, 4).named_children()] == ["norm", "relu", "conv"]
    unit = BatchNormConvReLU(2, 4, order="conv-bn-relu")
    assert [n for n, _ in unit.named_children()] == ["conv", "norm", "relu"]
    assert unit.norm.num_features == 4


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("k", [1, 3, 5])
def test_output_is_that_of_the_single_operations(k, padding):
    x = torch.randn(4, 3, 9, 7)
    unit = BatchNormConvReLU(3, 6, k, padding=padding)
    conv = unit.conv
    by_hand = F.conv2d(F.relu(F.batch_norm(x, None, None, training=True)), conv.weight, conv.bias, padding=padding)
    result = unit(x)
    assert result.shape == (4, 6, 9 + 2 * padding - k + 1, 7 + 2 * padding - k + 1)
    torch.testing.assert_close(result, by_hand)


def test_hooks_see_the_normalised_maps_before_the_rectifier():
    unit = BatchNormConvReLU(2, 2)
    seen = []
    unit.norm.register_forward_hook(lambda module, args, output: seen.append(output))
    unit(torch.randn(2, 2, 5, 5))
    assert seen[0].min() < 0


@pytest.mark.parametrize(
    "arguments",
    [
        {"num_maps_in": 0},
        {"num_maps_out": -1},
        {"num_maps_in": 2.0},
        {"num_maps_in": True},
        {"k": 0},
        {"padding": -1},
        {"padding": "same"},
        {"order": "relu-bn-conv"},
        {"order": None},
    ],
)
def test_bad_arguments_are_named(arguments):
    name = next(iter(arguments))
    with pytest.raises(ValueError, match=name):
        BatchNormConvReLU(**{"num_maps_in": 2, "num_maps_out": 2, **arguments})
