from functools import partial

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from labs.lab4 import BatchNormConvReLU, IdentityModel, SimpleMetricEmbedding

cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")


def unit_count(c_in: int, c_out: int, norm: int) -> int:
    return 9 * c_in * c_out + c_out + 2 * norm


@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize("size", [1, 8, 32, 64])
@pytest.mark.parametrize("channels", [1, 3])
def test_parameters_follow_the_formula(channels, size, padding):
    model = SimpleMetricEmbedding(channels, size, padding)
    expected = unit_count(channels, size, channels) + 2 * unit_count(size, size, size)
    assert sum(p.numel() for p in model.parameters()) == expected
    notes = SimpleMetricEmbedding(channels, size, unit=partial(BatchNormConvReLU, order="conv-bn-relu"))
    expected = unit_count(channels, size, size) + 2 * unit_count(size, size, size)
    assert sum(p.numel() for p in notes.parameters()) == expected


def test_the_model_of_the_lab_has_18946_parameters():
    assert sum(p.numel() for p in SimpleMetricEmbedding(1).parameters()) == 18946
    assert list(IdentityModel().parameters()) == []


@pytest.mark.parametrize(("padding", "side"), [(0, 2), (1, 6)])
@pytest.mark.parametrize("batch", [1, 2, 5])
@pytest.mark.parametrize("training", [True, False])
def test_shapes(padding, side, batch, training):
    model = SimpleMetricEmbedding(1, padding=padding).train(training)
    images = torch.rand(batch, 1, 28, 28)
    assert model.feature_maps(images).shape == (batch, 32, side, side)
    assert model.get_features(images).shape == (batch, 32)
    assert model(images).shape == (batch, 32)
    assert IdentityModel().get_features(images).equal(images.reshape(batch, 784))


def test_features_are_those_of_the_single_operations():
    model = SimpleMetricEmbedding(3, 8, padding=1).eval()
    x = images = torch.rand(2, 3, 30, 28)
    for number, unit in enumerate((model.unit1, model.unit2, model.unit3)):
        x = F.max_pool2d(x, 3, 2) if number else x
        x = F.conv2d(F.relu(unit.norm(x)), unit.conv.weight, unit.conv.bias, padding=1)
    torch.testing.assert_close(model.get_features(images), x.mean(dim=(2, 3)))


def test_global_pooling_is_the_last_step():
    model = SimpleMetricEmbedding(1)
    ran = []
    for name, child in model.named_children():
        child.register_forward_hook(lambda module, args, output, name=name: ran.append((name, output)))
    features = model.get_features(torch.rand(2, 1, 28, 28))
    assert [name for name, _ in ran] == ["unit1", "pool1", "unit2", "pool2", "unit3", "global_pool"]
    torch.testing.assert_close(ran[-1][1].flatten(1), features)
    torch.testing.assert_close(ran[-2][1].mean(dim=(2, 3)), features)


def test_one_image_alone_has_the_features_it_has_in_a_batch():
    model = SimpleMetricEmbedding(1).eval()
    images = torch.rand(4, 1, 28, 28)
    alone = torch.cat([model.get_features(image[None]) for image in images])
    torch.testing.assert_close(model.get_features(images), alone)


@pytest.mark.parametrize("margin", [0.2, 1.0, 3.0])
def test_loss_is_torchs_loss_of_three_separate_batches(margin):
    model = SimpleMetricEmbedding(1, margin=margin)
    triplet = [torch.rand(4, 1, 28, 28) for _ in range(3)]
    features = [model.get_features(x) for x in triplet]
    torch.testing.assert_close(model.loss(*triplet), F.triplet_margin_loss(*features, margin=margin))
    model.loss(*triplet).backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in model.parameters())


def test_state_dict_round_trip_keeps_the_features():
    model = SimpleMetricEmbedding(1)
    model(torch.rand(4, 1, 28, 28))
    other = SimpleMetricEmbedding(1)
    other.load_state_dict(model.state_dict())
    images = torch.rand(3, 1, 28, 28)
    assert other.eval()(images).equal(model.eval()(images))


def test_a_subclassed_unit_is_used():
    class WithoutBias(BatchNormConvReLU):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **{**kwargs, "bias": False})

    model = SimpleMetricEmbedding(1, unit=WithoutBias)
    assert sum(p.numel() for p in model.parameters()) == 18946 - 3 * 32


def test_constructors_are_silent(capfd):
    SimpleMetricEmbedding(1)
    IdentityModel()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("model", [SimpleMetricEmbedding(1), IdentityModel()])
def test_other_than_four_dimensions_are_refused(model):
    for shape in ((28, 28), (1, 28, 28), (1, 1, 1, 28, 28)):
        with pytest.raises(ValueError, match="B, C, H, W"):
            model.get_features(torch.zeros(shape))


def test_bad_arguments():
    with pytest.raises(ValueError, match="margin"):
        SimpleMetricEmbedding(1, margin=-0.1)
    with pytest.raises(ValueError, match="num_maps_in"):
        SimpleMetricEmbedding(0)
    with pytest.raises(ValueError, match="num_maps_out"):
        SimpleMetricEmbedding(1, 0)


@pytest.mark.parametrize("padding", [0, 1])
def test_smallest_image(padding):
    model = SimpleMetricEmbedding(1, 4, padding).eval()
    least = next(n for n in range(1, 40) if _runs(model, n))
    assert least == (7 if padding else 21)


def _runs(model: nn.Module, side: int) -> bool:
    try:
        model(torch.zeros(1, 1, side, side))
    except RuntimeError:
        return False
    return True


@cuda
def test_gpu_agrees_with_cpu():
    model = SimpleMetricEmbedding(1).eval()
    images = torch.rand(4, 1, 28, 28)
    expected = model.get_features(images)
    torch.testing.assert_close(model.cuda().get_features(images.cuda()).cpu(), expected, rtol=1e-3, atol=1e-3)
