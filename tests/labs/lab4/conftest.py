import gzip
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor


@pytest.fixture(autouse=True)
def one_thread_and_seed() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(threads)


def idx_bytes(x: Tensor) -> bytes:
    head = bytes([0, 0, 8, x.dim()]) + struct.pack(f">{x.dim()}I", *x.shape)
    return head + bytes(x.flatten().tolist())


def write_mnist(folder: Path, images: Tensor, labels: Tensor, *, prefixes=("train", "t10k"), gz=False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for prefix in prefixes:
        for name, x in ((f"{prefix}-images-idx3-ubyte", images), (f"{prefix}-labels-idx1-ubyte", labels)):
            data = idx_bytes(x)
            (folder / (f"{name}.gz" if gz else name)).write_bytes(gzip.compress(data) if gz else data)


@pytest.fixture
def small_digits() -> tuple[Tensor, Tensor]:
    """Twenty noise images, two of each class."""
    generator = torch.Generator().manual_seed(1)
    images = torch.randint(0, 256, (20, 28, 28), dtype=torch.uint8, generator=generator)
    return images, torch.arange(20, dtype=torch.uint8) % 10
