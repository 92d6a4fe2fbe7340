"""A stand-in for torchvision: its MNIST hands out quizlab's digits, or those that a proof asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizlab.own.standins import Rooms


def mnist_of(rooms: Rooms) -> type:
    """The class ``MNIST`` over the digits that the rooms hold when it is called."""

    class MNIST:
        """MNIST as torchvision has it: ``data`` (N, 28, 28) uint8, ``targets`` (N,) int64, items (image, int)."""

        def __init__(
            self,
            root: Any = None,
            train: bool = True,
            transform: Any = None,
            target_transform: Any = None,
            download: bool = False,  # noqa: ARG002
        ) -> None:
            self.root, self.train = root, train
            self.transform, self.target_transform = transform, target_transform
            images, targets = rooms.digits or _shipped(train)
            self.data, self.targets = images.clone(), targets.clone()
            self.train_data = self.test_data = self.data
            self.train_labels = self.test_labels = self.targets

        def __len__(self) -> int:
            return len(self.data)

        def __getitem__(self, index: int) -> tuple[Any, Any]:
            image, target = self.data[index], int(self.targets[index])
            shown = self.transform(image) if self.transform else image
            return shown, self.target_transform(target) if self.target_transform else target

        def __iter__(self) -> Any:
            return (self[index] for index in range(len(self)))

    return MNIST


def _shipped(train: bool) -> tuple[Any, Any]:
    from quizlab.own.reference import lab4

    images, labels = lab4().load_digits("train" if train else "test")
    return images, labels


def _to_tensor(image: Any) -> Any:
    import torch

    image = torch.as_tensor(image)
    image = image.unsqueeze(0) if image.dim() == 2 else image
    return image.float() / 255 if image.dtype == torch.uint8 else image


class Compose:
    """One transform behind another."""

    def __init__(self, transforms: Any) -> None:
        self.transforms = transforms

    def __call__(self, image: Any) -> Any:  # noqa: D102
        for each in self.transforms:
            image = each(image)
        return image


class Normalize:
    """(x − mean) / std, channel by channel."""

    def __init__(self, mean: Any, std: Any, inplace: bool = False) -> None:  # noqa: ARG002
        self.mean, self.std = mean, std

    def __call__(self, image: Any) -> Any:  # noqa: D102
        import torch

        mean, std = (torch.as_tensor(each, dtype=image.dtype).reshape(-1, 1, 1) for each in (self.mean, self.std))
        return (image - mean) / std


def _maker(function: Callable[[Any], Any]) -> Callable[..., Callable[[Any], Any]]:
    return lambda *_, **__: function


TRANSFORMS: dict[str, Any] = {
    "Compose": Compose,
    "Normalize": Normalize,
    "ToTensor": _maker(_to_tensor),
    "PILToTensor": _maker(lambda image: image),
    "Lambda": lambda function: function,
}
