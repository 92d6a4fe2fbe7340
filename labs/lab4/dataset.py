"""MNIST as triplets: anchor, positive, negative."""

import random
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor
from torch.utils.data import Dataset

from .digits import Digits, load_digits

Split = Literal["train", "test", "traineval"]
Triplet = tuple[Tensor, Tensor, Tensor, int]
Example = tuple[Tensor, int]


class MNISTMetricDataset(Dataset[Triplet | Example]):
    """MNIST for metric learning.

    Attributes:
        images: float32 in [0, 1], (N, 28, 28).
        targets: Classes, int64, (N,).
        target2indices: Class → list of the indices of its images, in rising order.
        split: ``"train"`` gives triplets; ``"traineval"`` gives the same training images one by one, and
            ``"test"`` the test images.

    Args:
        root: Folder with MNIST's files, see `load_digits`; without it the selection that comes with the lab.
        split: Which images, and whether triplets.
        remove_class: A class whose images are left out; the others keep their labels.
        seed: Makes the sampling of positives and negatives repeatable. A DataLoader with workers copies the
            generator into each of them, so sample in the main process (num_workers=0).
        digits: Images and labels to use, whatever the split, in place of reading them from files.

    Raises:
        FileNotFoundError: A file of the data set is missing.
        ValueError: A file is corrupted, the split is unknown, the class to remove does not occur, or the
            digits are malformed or given together with a root.

    Source: the course's lab on metric embedding.
    """

    def __init__(
        self,
        root: str | Path | None = None,
        split: Split = "train",
        remove_class: int | None = None,
        seed: int | None = None,
        digits: Digits | None = None,
    ) -> None:
        if split not in ("train", "test", "traineval"):
            raise ValueError(f"split must be 'train', 'test' or 'traineval', got {split!r}")
        if digits is None:
            digits = load_digits("test" if split == "test" else "train", root)
        elif root is not None:
            raise ValueError("give either a root or the digits, not both")
        images, targets = _checked(digits)
        if remove_class is not None:
            keep = targets != remove_class
            if bool(keep.all()):
                raise ValueError(f"there is no class {remove_class} to remove")
            images, targets = images[keep], targets[keep]
        self.images = images.float() / 255
        self.targets = targets
        self.split = split
        self.target2indices: dict[int, list[int]] = {
            target: torch.nonzero(targets == target).flatten().tolist() for target in torch.unique(targets).tolist()
        }
        self._others: dict[int, list[int]] = {}
        self._random = random.Random(seed)

    def _sample_positive(self, index: int) -> int:
        """Return the index of any image of the anchor's class.

        As in the lab's text, every image of the class is equally likely and the anchor itself is one of them.

        Args:
            index: Index of the anchor.
        """
        return self._random.choice(self.target2indices[int(self.targets[index])])

    def _sample_negative(self, index: int) -> int:
        """Return the index of any image of another class, every one equally likely.

        Args:
            index: Index of the anchor.

        Raises:
            ValueError: All images are of one class.
        """
        target = int(self.targets[index])
        if target not in self._others:
            self._others[target] = torch.nonzero(self.targets != target).flatten().tolist()
        others = self._others[target]
        if not others:
            raise ValueError(f"no negative for image {index}: all images are of class {target}")
        return self._random.choice(others)

    def __getitem__(self, index: int) -> Triplet | Example:
        """Return one item, its images (1, H, W) and its class as int.

        Returns:
            ``(anchor, positive, negative, target)`` in the split ``"train"``, otherwise ``(anchor, target)``.

        Raises:
            IndexError: There is no such image.
            ValueError: In ``"train"``, when all images are of one class.
        """
        anchor = self.images[index].unsqueeze(0)
        target = int(self.targets[index])
        if self.split != "train":
            return anchor, target
        positive = self.images[self._sample_positive(index)].unsqueeze(0)
        negative = self.images[self._sample_negative(index)].unsqueeze(0)
        return anchor, positive, negative, target

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.images)


def _checked(digits: Digits) -> Digits:
    """Return the digits, or raise ValueError if they are not uint8 images with a label each."""
    images, labels = digits
    if images.dtype != torch.uint8 or images.dim() != 3 or labels.shape != images.shape[:1]:
        found = f"{images.dtype} {tuple(images.shape)} and {tuple(labels.shape)}"
        raise ValueError(f"expected uint8 images (N, H, W) and labels (N,), got {found}")
    return Digits(images, labels.long())
