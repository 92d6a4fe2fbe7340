from collections import Counter

import pytest
import torch
from torch.utils.data import DataLoader

from labs.lab4 import Digits, MNISTMetricDataset, load_digits
from tests.labs.lab4.conftest import write_mnist


def digits(*labels: int) -> Digits:
    """Images of one brightness each, so that an image tells its index."""
    n = len(labels)
    images = torch.arange(n, dtype=torch.uint8).reshape(n, 1, 1).expand(n, 28, 28)
    return Digits(images, torch.tensor(labels))


def index_of(image: torch.Tensor) -> int:
    return round(image[0, 0, 0].item() * 255)


def test_contents():
    dataset = MNISTMetricDataset()
    source = load_digits("train")
    assert dataset.images.dtype == torch.float32
    assert dataset.images.min() == 0
    assert dataset.images.max() == 1
    assert dataset.images.mul(255).round().equal(source.images.float())
    assert dataset.targets.equal(source.labels)
    assert len(dataset) == 1500
    for target, indices in dataset.target2indices.items():
        assert type(target) is int
        assert indices == [i for i, t in enumerate(source.labels.tolist()) if t == target]


def test_splits():
    assert len(MNISTMetricDataset(split="test")) == 500
    assert MNISTMetricDataset(split="traineval").images.equal(MNISTMetricDataset().images)
    for split, length in (("train", 4), ("traineval", 2), ("test", 2)):
        item = MNISTMetricDataset(split=split)[7]
        assert len(item) == length
        assert all(x.shape == (1, 28, 28) for x in item[:-1])
        assert type(item[-1]) is int
    with pytest.raises(ValueError, match="valid"):
        MNISTMetricDataset(split="valid")


@pytest.mark.parametrize("labels", [(0, 0, 0, 1, 1, 2), (5, 3, 5, 3), (9, 1, 1)])
def test_samples_are_right_and_every_candidate_comes(labels):
    dataset = MNISTMetricDataset(digits=digits(*labels), seed=3)
    for anchor, target in enumerate(labels):
        positives = Counter(dataset._sample_positive(anchor) for _ in range(400))
        negatives = Counter(dataset._sample_negative(anchor) for _ in range(400))
        assert all(type(i) is int for i in [*positives, *negatives])
        # The anchor itself is a positive, as in the lab's text.
        assert set(positives) == {i for i, t in enumerate(labels) if t == target}
        assert set(negatives) == {i for i, t in enumerate(labels) if t != target}


def test_negatives_are_uniform_over_images_not_classes():
    dataset = MNISTMetricDataset(digits=digits(0, 1, 2, 2, 2), seed=0)
    drawn = Counter(dataset._sample_negative(0) for _ in range(8000))
    assert all(abs(drawn[i] / 8000 - 1 / 4) < 0.03 for i in (1, 2, 3, 4))


def test_item_holds_the_images_of_its_samples():
    dataset = MNISTMetricDataset(digits=digits(0, 1, 0, 1, 2, 2), seed=0)
    for _ in range(20):
        for index in range(6):
            anchor, positive, negative, target = dataset[index]
            assert index_of(anchor) == index
            assert dataset.targets[index_of(positive)] == target == dataset.targets[index]
            assert dataset.targets[index_of(negative)] != target


def triplets(seed: int) -> list[tuple[int, int]]:
    dataset = MNISTMetricDataset(seed=seed)
    return [(dataset._sample_positive(i), dataset._sample_negative(i)) for i in range(50)]


def test_seed_repeats_the_sampling():
    assert triplets(1) == triplets(1)
    assert triplets(1) != triplets(2)


@pytest.mark.parametrize("split", ["train", "traineval", "test"])
def test_removed_class_is_gone_and_the_rest_stays(split):
    whole, rest = MNISTMetricDataset(split=split), MNISTMetricDataset(split=split, remove_class=0)
    keep = whole.targets != 0
    assert rest.images.equal(whole.images[keep])
    assert rest.targets.equal(whole.targets[keep])
    assert sorted(rest.target2indices) == list(range(1, 10))
    assert all(rest.targets[i] == t for t, indices in rest.target2indices.items() for i in indices)
    if split == "train":
        assert all(rest.targets[rest._sample_negative(i)] != 0 for i in range(100))


def test_refused():
    with pytest.raises(ValueError, match="no class 7"):
        MNISTMetricDataset(digits=digits(1, 2), remove_class=7)
    with pytest.raises(ValueError, match="not both"):
        MNISTMetricDataset("somewhere", digits=digits(1))
    with pytest.raises(ValueError, match="uint8"):
        MNISTMetricDataset(digits=Digits(torch.zeros(2, 28, 28), torch.zeros(2)))
    with pytest.raises(ValueError, match="labels"):
        MNISTMetricDataset(digits=Digits(torch.zeros(2, 28, 28, dtype=torch.uint8), torch.zeros(3)))
    alone = MNISTMetricDataset(digits=digits(4, 4))
    with pytest.raises(ValueError, match="class 4"):
        alone._sample_negative(0)
    with pytest.raises(IndexError):
        alone[2]


def test_root(tmp_path, small_digits):
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        MNISTMetricDataset(tmp_path)
    write_mnist(tmp_path / "MNIST" / "raw", *small_digits)
    assert len(MNISTMetricDataset(tmp_path, "test")) == 20
    damaged = tmp_path / "MNIST" / "raw" / "train-images-idx3-ubyte"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(ValueError, match=str(damaged)):
        MNISTMetricDataset(tmp_path)


def test_loader_makes_batches_of_triplets():
    anchor, positive, negative, target = next(iter(DataLoader(MNISTMetricDataset(seed=0), 8)))
    assert anchor.shape == positive.shape == negative.shape == (8, 1, 28, 28)
    assert target.shape == (8,)
