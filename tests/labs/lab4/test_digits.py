import gzip
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.lab4 import load_digits, read_idx
from labs.lab4.digits import BUNDLED
from tests.labs.lab4.conftest import idx_bytes, write_mnist


@pytest.mark.parametrize(("part", "per_class"), [("train", 150), ("test", 50)])
def test_bundled_digits(part, per_class):
    images, labels = load_digits(part)
    assert images.shape == (10 * per_class, 28, 28)
    assert images.dtype == torch.uint8
    assert labels.dtype == torch.int64
    assert torch.bincount(labels).tolist() == [per_class] * 10
    assert images.flatten(1).any(dim=1).all()
    assert labels[:50].unique().numel() > 5  # shuffled, not class after class


def test_bundled_parts_share_no_image_and_are_small():
    images = torch.cat([load_digits("train").images, load_digits("test").images])
    assert len({x.numpy().tobytes() for x in images}) == 2000
    assert sum(f.stat().st_size for f in BUNDLED.iterdir()) < 500_000
    for file in BUNDLED.glob("*.gz"):
        header = file.read_bytes()[:10]
        assert header[3:8] == bytes(5), "no name and no time in the gzip header"
    assert {"README.md", "LICENSE-MNIST.txt"} <= {f.name for f in BUNDLED.iterdir()}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.booleans(), st.integers(0, 99))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_round_trip(tmp_path_factory, shape, gz, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randint(0, 256, shape, dtype=torch.uint8, generator=generator)
    path = tmp_path_factory.mktemp("idx") / ("x.gz" if gz else "x")
    path.write_bytes(gzip.compress(idx_bytes(x)) if gz else idx_bytes(x))
    assert read_idx(path).equal(x)


@pytest.mark.parametrize("gz", [False, True])
def test_every_truncation_and_extension_is_refused(tmp_path, gz):
    data = idx_bytes(torch.arange(6, dtype=torch.uint8).reshape(1, 2, 3))
    path = tmp_path / ("x.gz" if gz else "x")
    for wrong in [data[:n] for n in range(len(data))] + [data + b"\0"]:
        path.write_bytes(gzip.compress(wrong) if gz else wrong)
        with pytest.raises(ValueError, match=str(path)):
            read_idx(path)
    whole = gzip.compress(data)
    if gz:
        for n in range(len(whole)):
            path.write_bytes(whole[:n])
            with pytest.raises(ValueError, match=str(path)):
                read_idx(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG" + bytes(20), "not an IDX file"),
        (bytes([0, 0, 0x0D, 1, 0, 0, 0, 0]), "not unsigned bytes"),
        (bytes([0, 0, 8, 0]), "header"),
        (bytes([0, 0, 8, 3]) + b"\xff" * 12, "promises"),
    ],
)
def test_other_contents_are_refused(tmp_path, data, reason):
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(ValueError, match=reason):
        read_idx(tmp_path / "x")


def test_damaged_gzip_is_refused(tmp_path):
    data = bytearray(gzip.compress(idx_bytes(torch.zeros(1000, dtype=torch.uint8)), mtime=0))
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "x.gz").write_bytes(data)
    with pytest.raises(ValueError, match="corrupted gzip"):
        read_idx(tmp_path / "x.gz")


@pytest.mark.parametrize("gz", [False, True])
@pytest.mark.parametrize("folder", [".", "MNIST/raw", "raw"])
def test_files_are_found_in_every_place(tmp_path, small_digits, folder, gz):
    write_mnist(tmp_path / folder, *small_digits, gz=gz)
    for part in ("train", "test"):
        images, labels = load_digits(part, tmp_path)
        assert images.equal(small_digits[0])
        assert labels.equal(small_digits[1].long())
    assert load_digits("test", str(tmp_path)).images.equal(images)


def test_root_of_the_bundled_files_gives_the_bundled_digits():
    assert all(a.equal(b) for a, b in zip(load_digits("train", BUNDLED), load_digits("train"), strict=True))


def test_missing_file_is_named(tmp_path, small_digits):
    with pytest.raises(FileNotFoundError, match=r"train-images-idx3-ubyte.*" + str(tmp_path)):
        load_digits("train", tmp_path)
    write_mnist(tmp_path, *small_digits, prefixes=["train"])
    load_digits("train", tmp_path)
    with pytest.raises(FileNotFoundError, match="t10k-images"):
        load_digits("test", tmp_path)
    with pytest.raises(ValueError, match="part"):
        load_digits("valid", tmp_path)


@pytest.mark.parametrize(
    ("images", "labels", "reason"),
    [
        ((3, 28, 28), torch.tensor([1, 2]), "2 labels"),
        ((3, 27, 28), torch.tensor([1, 2, 3]), "28"),
        ((3, 784), torch.tensor([1, 2, 3]), "28"),
        ((3, 28, 28), torch.tensor([[1, 2, 3]]), "labels"),
        ((3, 28, 28), torch.tensor([1, 2, 10]), "not a digit"),
        ((0, 28, 28), torch.tensor([]), "no images"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path, images, labels, reason):
    write_mnist(tmp_path, torch.zeros(images, dtype=torch.uint8), labels.to(torch.uint8))
    with pytest.raises(ValueError, match=reason):
        load_digits("train", tmp_path)


def test_header_of_the_bundled_images():
    data = gzip.decompress((BUNDLED / "t10k-images-idx3-ubyte.gz").read_bytes())
    assert data[:16] == bytes([0, 0, 8, 3, 0, 0, 1, 244, 0, 0, 0, 28, 0, 0, 0, 28])
    assert len(data) == 16 + math.prod((500, 28, 28))
