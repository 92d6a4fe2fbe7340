"""Lab 4 broken in one place at a time; which questions must notice stands in tests/coverage/."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import nn

import labs.lab4 as sound


def lab(**replaced: Any) -> Any:
    """Lab 4 with some names replaced; a model or a dataset takes its own replacement only."""
    return SimpleNamespace(**{name: getattr(sound, name) for name in sound.__all__} | replaced)


def with_unit(unit: Any) -> Any:
    """A lab whose unit, and the model built of it, are broken in the same way."""

    class Model(sound.SimpleMetricEmbedding):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{"unit": unit, **kwargs})

    return lab(BatchNormConvReLU=unit, SimpleMetricEmbedding=Model)


class NoBias(sound.BatchNormConvReLU):
    """The bias of the convolution is off."""

    def __init__(self, num_maps_in: int, num_maps_out: int, k: int = 3, bias: bool = True, **kwargs: Any) -> None:
        super().__init__(num_maps_in, num_maps_out, k, False, **kwargs)


class NoNorm(sound.BatchNormConvReLU):
    """Batch normalisation is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norm = nn.Identity()


class Swapped(sound.BatchNormConvReLU):
    """The layers stand in the other order than asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        asked = kwargs.pop("order", "bn-relu-conv")
        other = "conv-bn-relu" if asked == "bn-relu-conv" else "bn-relu-conv"
        super().__init__(*args, order=other, **kwargs)


class WrongInput(sound.SimpleMetricEmbedding):
    """The first convolution expects two channels more, which are empty."""

    def __init__(self, input_channels: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(input_channels + 2, *args, **kwargs)

    def feature_maps(self, img: torch.Tensor) -> torch.Tensor:
        empty = torch.zeros_like(img[:, :1])
        return super().feature_maps(torch.cat([img, empty, empty], dim=1))


class MaxPooled(sound.SimpleMetricEmbedding):
    """Global pooling takes the maximum instead of the mean."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.global_pool = nn.AdaptiveMaxPool2d(1)

    def get_features(self, img: torch.Tensor) -> torch.Tensor:
        return self.global_pool(self.feature_maps(img)).flatten(1)


class Squeezed(sound.SimpleMetricEmbedding):
    """The batch dimension is lost for a batch of one."""

    def get_features(self, img: torch.Tensor) -> torch.Tensor:
        return super().get_features(img).squeeze(0)


class Rows(sound.IdentityModel):
    """The identity flattens only the channels."""

    def get_features(self, img: torch.Tensor) -> torch.Tensor:
        return img.flatten(1, 2)


class PositiveOfAnotherClass(sound.MNISTMetricDataset):
    """The positive is drawn from another class."""

    def _sample_positive(self, index: int) -> int:
        return self._sample_negative(index)


class NegativeOfTheSameClass(sound.MNISTMetricDataset):
    """The negative is drawn from the anchor's class."""

    def _sample_negative(self, index: int) -> int:
        return self._sample_positive(index)


class ItemsAsLists(sound.MNISTMetricDataset):
    """The elements are lists."""

    def __getitem__(self, index: int) -> Any:
        return list(super().__getitem__(index))


class ListOfPositives(sound.MNISTMetricDataset):
    """The positive comes in a list."""

    def _sample_positive(self, index: int) -> Any:
        return [super()._sample_positive(index)]

    def __getitem__(self, index: int) -> Any:
        chosen = self._sample_positive
        self._sample_positive = lambda at: chosen(at)[0]  # type: ignore[method-assign]
        try:
            return super().__getitem__(index)
        finally:
            del self._sample_positive


def not_normalised(model: Any, loader: Any, identities_count: int, emb_size: int, device: Any = "cpu") -> torch.Tensor:
    """Class means that keep their length."""
    model.eval()
    total = torch.zeros(identities_count, emb_size)
    count = torch.zeros(identities_count, 1)
    with torch.no_grad():
        for images, targets in loader:
            total.index_add_(0, targets, model.get_features(images))
            count.index_add_(0, targets, torch.ones(len(targets), 1))
    return total / count


def medians(model: Any, loader: Any, identities_count: int, emb_size: int, device: Any = "cpu") -> torch.Tensor:
    """Class medians, normalised, in place of class means."""
    model.eval()
    with torch.no_grad():
        batches = [(model.get_features(images), targets) for images, targets in loader]
    features = torch.cat([one for one, _ in batches])
    targets = torch.cat([one for _, one in batches])
    rows = torch.stack([features[targets == each].median(0).values for each in range(identities_count)])
    return rows / rows.norm(dim=1, keepdim=True)


def to_the_farthest(model: Any, representations: torch.Tensor, loader: Any, device: Any = "cpu") -> float:
    """Accuracy of a classifier that takes the farthest class mean."""
    model.eval()
    right = total = 0
    with torch.no_grad():
        for images, targets in loader:
            r = model.get_features(images)
            r = r / r.norm(dim=1, keepdim=True)
            right += int((torch.cdist(r, representations).argmax(1) == targets).sum())
            total += len(targets)
    return right / total


class LossAgainstPositive(sound.TripletMarginLoss):
    """The loss measures d(p, n) instead of d(a, n)."""

    def forward(self, anchor: torch.Tensor, positive: torch.Tensor, negative: torch.Tensor) -> torch.Tensor:
        to_positive = (anchor - positive).norm(dim=1)
        to_negative = (positive - negative).norm(dim=1)
        return (to_positive - to_negative + self.margin).clamp_min(0).mean()


# Some breakages have consequences of their own: what was trained on wrong triplets separates nothing (q7), a
# batch of one without its dimension cannot be evaluated (q13, q14), pixels in rows are no vectors (q7, q14).
BROKEN: dict[str, Any] = {
    "bias off": with_unit(NoBias),
    "normalisation left out": with_unit(NoNorm),
    "order swapped": with_unit(Swapped),
    "two input channels too many": lab(SimpleMetricEmbedding=WrongInput),
    "global max-pooling": lab(SimpleMetricEmbedding=MaxPooled),
    "batch of one squeezed": lab(SimpleMetricEmbedding=Squeezed),
    "identity keeps rows": lab(IdentityModel=Rows),
    "positive of another class": lab(MNISTMetricDataset=PositiveOfAnotherClass),
    "negative of the same class": lab(MNISTMetricDataset=NegativeOfTheSameClass),
    "positives in a list": lab(MNISTMetricDataset=ListOfPositives),
    "elements as lists": lab(MNISTMetricDataset=ItemsAsLists),
    "class means not normalised": lab(compute_representations=not_normalised),
    "class medians": lab(compute_representations=medians),
    "farthest class mean": lab(evaluate=to_the_farthest),
    "loss with d(p, n)": lab(TripletMarginLoss=LossAgainstPositive),
}
