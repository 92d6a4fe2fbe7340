"""Reading MNIST from IDX files."""

import gzip
import math
import zlib
from pathlib import Path
from typing import Literal, NamedTuple

import torch
from torch import Tensor

BUNDLED = Path(__file__).parent / "data"

_PREFIXES = {"train": "train", "test": "t10k"}
_UNSIGNED_BYTE = 0x08


class Digits(NamedTuple):
    """Images and their labels.

    Attributes:
        images: Pixels from 0 to 255, uint8, (N, 28, 28).
        labels: Digits from 0 to 9, int64, (N,).
    """

    images: Tensor
    labels: Tensor


def load_digits(part: Literal["train", "test"] = "train", root: str | Path | None = None) -> Digits:
    """Return one part of MNIST.

    Args:
        part: Training or test part.
        root: Folder with the files ``train-images-idx3-ubyte`` and so on, each plain or with ``.gz``, itself
            or in its ``MNIST/raw`` (where torchvision puts them) or ``raw``. Without a root, the small
            selection that comes with the lab is read: 1 500 and 500 digits.

    Raises:
        FileNotFoundError: A file is missing; the message names it and where it was sought.
        ValueError: The part is unknown, or a file is corrupted or holds something else.
    """
    if part not in _PREFIXES:
        raise ValueError(f"part must be 'train' or 'test', got {part!r}")
    folder = BUNDLED if root is None else Path(root)
    images_path = _find(folder, f"{_PREFIXES[part]}-images-idx3-ubyte")
    labels_path = _find(folder, f"{_PREFIXES[part]}-labels-idx1-ubyte")
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.shape[1:] != (28, 28):
        raise ValueError(f"{images_path}: expected images (N, 28, 28), found {tuple(images.shape)}")
    if labels.dim() != 1:
        raise ValueError(f"{labels_path}: expected labels (N,), found {tuple(labels.shape)}")
    if len(images) != len(labels):
        raise ValueError(f"{labels_path}: {len(labels)} labels for the {len(images)} images of {images_path}")
    if len(labels) == 0:
        raise ValueError(f"{images_path}: holds no images")
    if int(labels.max()) > 9:
        raise ValueError(f"{labels_path}: label {int(labels.max())} is not a digit")
    return Digits(images, labels.long())


def read_idx(path: str | Path) -> Tensor:
    """Return the contents of an IDX file of unsigned bytes, plain or gzipped, as a uint8 tensor.

    The format: two zero bytes, the type of the elements, the number of dimensions, each dimension as a
    big-endian 32-bit number, then the elements.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: The file is not a complete IDX file of unsigned bytes.
    """
    path = Path(path)
    data = path.read_bytes()
    if path.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"{path}: corrupted gzip file: {error}") from error
    if len(data) < 4 or data[:2] != b"\0\0":
        raise ValueError(f"{path}: not an IDX file")
    if data[2] != _UNSIGNED_BYTE:
        raise ValueError(f"{path}: elements are not unsigned bytes (type 0x{data[2]:02x})")
    start = 4 + 4 * data[3]
    if data[3] == 0 or len(data) < start:
        raise ValueError(f"{path}: incomplete IDX header")
    shape = [int.from_bytes(data[at : at + 4], "big") for at in range(4, start, 4)]
    expected, found = math.prod(shape), len(data) - start
    if expected != found:
        raise ValueError(f"{path}: the header promises {expected} bytes of data, the file holds {found}")
    if expected == 0:
        return torch.empty(shape, dtype=torch.uint8)
    # A bytearray, because a tensor must not share memory that cannot be written.
    return torch.frombuffer(bytearray(data[start:]), dtype=torch.uint8).reshape(shape)


def _find(folder: Path, name: str) -> Path:
    """Return the path of the named file, plain or gzipped, in the folder or where torchvision puts it."""
    places = [folder, folder / "MNIST" / "raw", folder / "raw"]
    for place in places:
        for candidate in (place / name, place / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    sought = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"no file {name} or {name}.gz in {sought}")
