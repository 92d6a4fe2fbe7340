"""A student's data set as hooks look at it, and digits as files for a data set that reads them itself."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any


class Digits:
    """A student's data set: items and sampling are its own; ``images`` and ``targets`` are tensors.

    A method that it lacks stays missing.
    """

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def __getitem__(self, index: int) -> Any:
        return self.raw[index]

    def __len__(self) -> int:
        return len(self.raw)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "raw":
            raise AttributeError(name)
        if name == "images":
            return self._tensor(("images", "data", "imgs"), dtype=None)
        if name == "targets":
            return self._tensor(("targets", "labels", "classes", "y"), dtype=int)
        for prefix in ("", "_"):
            if (found := getattr(self.raw, prefix + name.lstrip("_"), None)) is not None:
                return found
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
            return torch.tensor([int(self.raw[index][-1]) for index in range(len(self.raw))])
        return torch.stack([self.raw[index][0] for index in range(len(self.raw))])


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
