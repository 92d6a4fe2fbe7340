import math

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader

from labs.lab4 import (
    Digits,
    IdentityModel,
    MNISTMetricDataset,
    SimpleMetricEmbedding,
    classify,
    compute_representations,
    evaluate,
    load_digits,
    make_predictions,
    train,
)

cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")


def naive_representations(features: list[list[float]], labels: list[int], classes: int) -> list[list[float]]:
    """Class means over their lengths, with lists and loops only."""
    rows = []
    for c in range(classes):
        members = [f for f, t in zip(features, labels, strict=True) if t == c]
        mean = [sum(column) / len(members) for column in zip(*members, strict=True)]
        length = math.sqrt(sum(v * v for v in mean))
        rows.append([v / length for v in mean])
    return rows


def naive_classify(rows: list[list[float]], feature: list[float]) -> int:
    """Nearest row, with lists and loops only."""
    length = math.sqrt(sum(v * v for v in feature))
    distances = [sum((v / length - w) ** 2 for v, w in zip(feature, row, strict=True)) for row in rows]
    return distances.index(min(distances))


@pytest.fixture(scope="module")
def some() -> Digits:
    """A hundred real digits."""
    images, labels = load_digits("test")
    return Digits(images[:100], labels[:100])


@pytest.fixture
def examples(some) -> MNISTMetricDataset:
    return MNISTMetricDataset(split="traineval", digits=some)


def drawn() -> SimpleMetricEmbedding:
    """The same network each time: another one may have a digit that is as near to one class as to another."""
    torch.manual_seed(0)
    return SimpleMetricEmbedding(1, 16)


@pytest.mark.parametrize("batch", [1, 7, 100])
@pytest.mark.parametrize(("model", "size"), [(drawn(), 16), (IdentityModel(), 784)])
def test_against_the_naive_second_implementation(examples, model, size, batch):
    loader = DataLoader(examples, batch)
    means = compute_representations(model, loader, 10, size)
    assert means.shape == (10, size)
    torch.testing.assert_close(means.norm(dim=1), torch.ones(10))
    features = model.get_features(examples.images.unsqueeze(1)).tolist()
    labels = examples.targets.tolist()
    naive = naive_representations(features, labels, 10)
    torch.testing.assert_close(means, torch.tensor(naive), rtol=1e-4, atol=1e-5)
    right = sum(naive_classify(naive, f) == t for f, t in zip(features, labels, strict=True))
    assert evaluate(model, means, loader) == right / 100


def test_predictions_are_squared_distances():
    rows, r = torch.randn(10, 32), torch.randn(5, 32)
    distances = make_predictions(rows, r)
    torch.testing.assert_close(distances, torch.cdist(r, rows) ** 2)
    assert make_predictions(rows, r[0]).equal(distances[0])
    assert make_predictions(rows, r[:1]).shape == (1, 10)


def test_classify_normalises_the_query():
    rows = torch.tensor([[1.0, 0], [0, 3]])
    image = torch.tensor([10.0, 9]).reshape(1, 1, 1, 2)
    assert make_predictions(rows, image.flatten()).argmin() == 1
    assert classify(IdentityModel(), rows, image).tolist() == [0]


def test_representations_do_not_depend_on_the_order(examples):
    model = SimpleMetricEmbedding(1)
    reversed_examples = MNISTMetricDataset(
        split="traineval",
        digits=Digits((examples.images.flip(0) * 255).round().byte(), examples.targets.flip(0)),
    )
    one = compute_representations(model, DataLoader(examples, 9), 10, 32)
    other = compute_representations(model, DataLoader(reversed_examples, 31), 10, 32)
    torch.testing.assert_close(one, other)


def test_modes_and_statistics(examples, some):
    model = SimpleMetricEmbedding(1)
    before = {k: v.clone() for k, v in model.state_dict().items()}
    loader = DataLoader(examples, 10)
    means = compute_representations(model, loader, 10, 32)
    assert not model.training
    evaluate(model.train(), means, loader)
    assert not model.training
    assert all(v.equal(before[k]) for k, v in model.state_dict().items())
    optimizer = torch.optim.SGD(model.parameters(), lr=0)
    train(model, optimizer, DataLoader(MNISTMetricDataset(digits=some), 50))
    assert model.training
    assert int(model.unit1.norm.num_batches_tracked) == 2 * 3
    assert not model.unit1.norm.running_mean.equal(before["unit1.norm.running_mean"])


def test_train_returns_the_mean_of_the_losses_and_steps_once_a_batch():
    class Scripted(nn.Module):
        def __init__(self):
            super().__init__()
            self.w = nn.Parameter(torch.zeros(1))

        def loss(self, anchor, positive, negative):
            return (self.w * 0 + self.w + anchor.mean()).sum()

    model = Scripted()
    batches = [(torch.full((2, 1), v), None, None, None) for v in (1.0, 2.0, 6.0)]
    batches = [(a, a, a, None) for a, *_ in batches]
    result = train(model, torch.optim.SGD(model.parameters(), lr=1.0), batches)
    # Every step moves w by −1; a gradient that is not cleared would move it further.
    assert model.w.item() == -3
    assert result == pytest.approx((1 + (2 - 1) + (6 - 2)) / 3)


def test_training_is_repeatable(some):
    def losses():
        torch.manual_seed(5)
        model = SimpleMetricEmbedding(1, 8)
        dataset = MNISTMetricDataset(digits=some, seed=5)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
        return [train(model, optimizer, DataLoader(dataset, 25)) for _ in range(2)]

    assert losses() == losses()


def test_training_separates_real_digits_better_than_pixels_do():
    torch.manual_seed(0)
    model, pixels = SimpleMetricEmbedding(1), IdentityModel()
    loader = DataLoader(MNISTMetricDataset(seed=0), 32, shuffle=True, generator=torch.Generator().manual_seed(0))
    train(model, torch.optim.Adam(model.parameters(), lr=4e-3), loader)
    examples, tests = (DataLoader(MNISTMetricDataset(split=s), 256) for s in ("traineval", "test"))
    of_model = evaluate(model, compute_representations(model, examples, 10, 32), tests)
    of_pixels = evaluate(pixels, compute_representations(pixels, examples, 10, 784), tests)
    assert of_pixels == pytest.approx(0.806, abs=0.005)
    assert of_model > of_pixels


def test_refused(examples, some):
    model = SimpleMetricEmbedding(1)
    optimizer = torch.optim.Adam(model.parameters())
    loader = DataLoader(examples, 50)
    with pytest.raises(ValueError, match="no batch"):
        train(model, optimizer, [])
    with pytest.raises(ValueError, match="no image"):
        evaluate(model, torch.zeros(10, 32), [])
    with pytest.raises(ValueError, match="from 0 to 4"):
        compute_representations(model, loader, 5, 32)
    with pytest.raises(ValueError, match=r"classes \[10, 11\]"):
        compute_representations(model, loader, 12, 32)
    with pytest.raises(ValueError, match="embeddings"):
        compute_representations(model, loader, 10, 31)
    without = MNISTMetricDataset(split="traineval", digits=some, remove_class=3)
    with pytest.raises(ValueError, match=r"\[3\]"):
        compute_representations(model, DataLoader(without, 50), 10, 32)


def test_collapsed_embedding_gives_zeros_not_nan(examples):
    class Collapsed(IdentityModel):
        def get_features(self, img):
            return super().get_features(img) * 0

    means = compute_representations(Collapsed(), DataLoader(examples, 50), 10, 784)
    assert means.equal(torch.zeros(10, 784))
    assert evaluate(Collapsed(), means, DataLoader(examples, 50)) <= 0.2


@cuda
def test_gpu_agrees_with_cpu(examples, some):
    model = SimpleMetricEmbedding(1)
    loader = DataLoader(examples, 50)
    expected = compute_representations(model, loader, 10, 32)
    on_gpu = compute_representations(model.cuda(), loader, 10, 32, "cuda")
    torch.testing.assert_close(on_gpu.cpu(), expected, rtol=1e-3, atol=1e-3)
    assert 0 <= evaluate(model, expected, loader, "cuda") <= 1
    optimizer = torch.optim.Adam(model.parameters())
    assert train(model, optimizer, DataLoader(MNISTMetricDataset(digits=some), 50), "cuda") > 0
