"""A student's data set as hooks look at it, and digits as files for a data set that reads them itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quizlab.own.binding import called

TRIPLET = 3
SAMPLING = {"_sample_positive": "pos|poz", "_sample_negative": "neg"}
"""What a method that draws is called, where it has another name."""

ROLES = ("anch|sidro|^a|ima?ge?|slik|^x", "^p", "^n", "targ|lab|class|oznak|razred|^y|^t")
"""What the keys of an item are called, in the order of the lab's text."""


def keys_of(item: Mapping[str, Any]) -> list[str]:
    """The keys of an item that is a dictionary, in the order of the lab's text."""
    left = list(item)
    found = []
    for pattern in ROLES:
        key = next((each for each in left if called(each, pattern)), None)
        if key is not None:
            left.remove(key)
            found.append(key)
    return found


class Keyed:
    """A loader whose batches are dictionaries again, for code whose data set gives such."""

    def __init__(self, loader: Any, item: Mapping[str, Any]) -> None:
        self.loader = loader
        self.keys = keys_of(item)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for batch in self.loader:
            keys = self.keys if len(batch) == len(self.keys) else [self.keys[0], self.keys[-1]]
            yield dict(zip(keys, batch, strict=True))

    def __len__(self) -> int:
        return len(self.loader)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.loader, name)


class Digits:
    """A student's data set: items and sampling are its own; ``images`` and ``targets`` are tensors.

    A method that it lacks stays missing.
    """

    def __init__(self, raw: Any, *, single: bool = False) -> None:
        self.raw = raw
        self.single = single
        """Whether only an image and its class are wanted, whatever the data set gives."""

    def __getitem__(self, index: int) -> Any:
        item = self.raw[index]
        if isinstance(item, Mapping):
            item = tuple(item[key] for key in keys_of(item))
        return (item[0], item[-1]) if self.single and len(item) == TRIPLET + 1 else item

    def __len__(self) -> int:
        return len(self.raw)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in ("raw", "single"):
            raise AttributeError(name)
        if name == "images":
            return self._tensor(("images", "data", "imgs", "slike"), dtype=None)
        if name == "targets":
            return self._tensor(("targets", "labels", "oznake", "classes", "y"), dtype=int)
        for prefix in ("", "_"):
            if (found := getattr(self.raw, prefix + name.lstrip("_"), None)) is not None:
                return found
        pattern = SAMPLING.get(name, "")
        named = [
            each for each in dir(type(self.raw)) if pattern and not each.startswith("__") and called(each, pattern)
        ]
        if len(named) == 1 and callable(method := getattr(self.raw, named[0])):
            return method
        return getattr(self.raw, name)

    def _tensor(self, names: tuple[str, ...], dtype: Any) -> Any:
        import torch

        for name in names:
            if (value := getattr(self.raw, name, None)) is not None:
                tensor = (
                    torch.stack(list(value)) if dtype is None and isinstance(value, list) else torch.as_tensor(value)
                )
                return tensor.long() if dtype else tensor
        if dtype:
            return torch.tensor([int(self[index][-1]) for index in range(len(self.raw))])
        return torch.stack([self[index][0] for index in range(len(self.raw))])


def idx_folder(reference: Any, digits: Any, scratch: Path) -> str:
    """A folder with the digits as IDX files, for those who do not ask torchvision."""
    if digits is None:
        return str(Path(reference.__file__).parent / "data")
    images, labels = digits
    folder = scratch / "MNIST" / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("train", "t10k"):
        head = struct.pack(">HBBIII", 0, 8, 3, *images.shape)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(head + bytes(images.flatten().tolist()))
        head = struct.pack(">HBBI", 0, 8, 1, len(labels))
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(head + bytes(labels.tolist()))
    return str(scratch)
