"""Lab 4 as a student may have written it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import labs.lab4 as ours
from tests.manuscripts_mistakes.own import Own


def unit(mistake: str, structure: str) -> Any:
    """The class of the unit."""

    class _BNReluConv(nn.Sequential):
        def __init__(self, num_maps_in: int, num_maps_out: int, k: int = 3, bias: bool = True) -> None:
            super().__init__()
            bias = {"bias-ignored": True, "no-bias": False}.get(mistake, bias)
            k = 3 if mistake == "kernel-ignored" else k
            groups = nn.GroupNorm(1, num_maps_in) if mistake == "groupnorm" else nn.BatchNorm2d(num_maps_in)
            norm = nn.BatchNorm2d(num_maps_out) if mistake == "order" else groups
            relu = nn.ReLU(inplace=structure == "in-place")
            conv = nn.Conv2d(num_maps_in, num_maps_out, k, bias=bias, padding=k // 2 if structure == "padded" else 0)
            order = [conv, relu, norm] if mistake == "order" else [norm, relu, conv]
            order = {"no-norm": [relu, conv], "no-relu": [norm, conv]}.get(mistake, order)
            if structure == "nested":
                self.append(nn.Sequential(nn.Sequential(*order[:-1]), order[-1]))
            elif structure == "functional":
                self.norm, self.conv = norm, conv
            else:
                for each in order:
                    self.append(each)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if structure == "functional":
                return self.conv(F.relu(self.norm(x)))
            if structure == "forward-calls":
                for layer in self:
                    x = layer.forward(x)
                return x
            return super().forward(x)

    return _BNReluConv


def loss_of(mistake: str, margin: float, a: Any, p: Any, n: Any) -> Any:
    """The loss of embeddings."""
    if mistake == "loss-normalises":
        a, p, n = (F.normalize(each) for each in (a, p, n))
    ap, an = (a - p).norm(dim=1), (a - n).norm(dim=1)
    if mistake == "loss-squared":
        ap, an = ap**2, an**2
    if mistake == "loss-positive-negative":
        an = (p - n).norm(dim=1)
    if mistake == "loss-swapped":
        ap, an = an, ap
    margin = 0.0 if mistake == "loss-no-margin" else margin
    each = ap - an + margin
    if mistake == "loss-no-hinge":
        return each.mean()
    if mistake == "loss-mean-first":
        return each.mean().clamp(min=0)
    if mistake == "loss-other":
        return F.softplus(each).mean()
    each = each.clamp(min=0)
    if mistake == "no-gradient":
        return torch.tensor(sum(one.item() for one in each) / len(each), requires_grad=False)
    if mistake == "loss-unreduced":
        return each
    return each.sum() if mistake == "loss-sum" else each.mean()


def model(mistake: str, structure: str) -> Any:
    """The class of the model."""
    block = unit(mistake, structure)

    class SimpleMetricEmbedding(nn.Module):
        def __init__(self, input_channels: int, emb_size: int = 32) -> None:
            super().__init__()
            input_channels = 1 if mistake == "input-channels" else input_channels
            self.emb_size = emb_size = 32 if mistake == "emb-size-ignored" else emb_size
            self.conv1 = block(input_channels, emb_size)
            self.conv2 = block(emb_size, emb_size)
            self.conv3 = block(emb_size, emb_size)
            self.pool = nn.MaxPool2d(3, 2, padding=1 if mistake == "third-pool" else 0)
            self.last = nn.AdaptiveAvgPool2d(1) if structure == "adaptive" else nn.AvgPool2d(2)

        def pooled(self, x: torch.Tensor) -> torch.Tensor:
            if mistake == "no-pools":
                return x
            return F.max_pool2d(x, 3, 2) if structure == "functional" else self.pool(x)

        def get_features(self, img: torch.Tensor) -> torch.Tensor:
            x = self.pooled(self.conv1(img))
            if mistake == "layers-without-effect":
                self.conv2(x)
                return self.conv1(img).mean(dim=(2, 3))
            x = self.conv2(x)
            x = x if mistake == "one-pool" else self.pooled(x)
            x = self.conv3(x)
            if mistake == "third-pool":
                x = self.pool(x)
            if mistake == "global-max":
                return x.amax(dim=(2, 3))
            if structure == "adaptive" or (structure == "" and x.shape[-1] == 2):
                x = self.last(x)
            else:
                x = x.mean(dim=(2, 3), keepdim=True)
            if mistake == "squeeze":
                return x.squeeze()
            x = x.reshape(-1, self.emb_size)
            return F.normalize(x) if mistake == "features-normalised" else x

        def loss(self, anchor: torch.Tensor, positive: torch.Tensor, negative: torch.Tensor) -> Any:
            images = (anchor, positive, negative)
            if mistake == "loss-on-images":
                self.count = [each.shape for each in images]
                return F.triplet_margin_loss(*(each.flatten(1).requires_grad_() for each in images))
            if structure == "joined":
                found = self.get_features(torch.cat(images)).chunk(3)
            else:
                found = tuple(self.get_features(each) for each in images)
            if structure == "torch-loss" and not mistake:
                return nn.TripletMarginLoss(margin=0.5)(*found)
            return loss_of(mistake, 1.0, *found)

    return SimpleMetricEmbedding


def identity(mistake: str) -> Any:
    """The class of the second model."""

    class IdentityModel(nn.Module):
        def get_features(self, img: torch.Tensor) -> torch.Tensor:
            if mistake == "identity-flat":
                return torch.flatten(img)
            if mistake == "identity-not-flat":
                return img.flatten(1, 2)
            rows = img.view(img.shape[0], -1)
            return rows / rows.norm(dim=1, keepdim=True) if mistake == "identity-normalised" else rows

    return IdentityModel


def dataset(mistake: str, structure: str) -> Any:
    """The class of the data set; digits come in as the stand-in of MNIST would give them."""

    class MNISTMetricDataset(torch.utils.data.Dataset):
        def __init__(self, digits: Any, split: str = "train", remove_class: int | None = None) -> None:
            self.split = split
            images, targets = digits
            self.images = images.float() / 255.0
            if structure == "channel-first":
                self.images = self.images.unsqueeze(1)
            self.targets = targets.tolist() if structure == "list-targets" else targets
            self.classes = list(range(10))
            if remove_class is not None:
                kept = [i for i, t in enumerate(self.targets) if int(t) != remove_class]
                if mistake != "class-not-removed":
                    self.images = self.images[kept]
                    self.targets = [int(self.targets[i]) for i in kept]
                self.classes = list(range(1, 10))
                if mistake != "classes-fixed":
                    self.classes = [each for each in range(10) if each != remove_class]
            self.of = {c: [i for i, t in enumerate(self.targets) if int(t) == c] for c in self.classes}

        def _sample_negative(self, index: int) -> Any:
            target = int(self.targets[index])
            if mistake == "negative-sampling":
                return random.choice([i for i in range(len(self.images)) if i != target])
            if mistake == "some-negatives-only":
                return random.choice(self.of[next(c for c in self.classes if c != target)])
            other = random.choice([c for c in self.classes if c != target])
            return np.random.choice(self.of[other]) if structure == "numpy" else random.choice(self.of[other])

        def _sample_positive(self, index: int) -> Any:
            target = int(self.targets[index])
            if mistake == "positive-sampling":
                return random.randrange(len(self.images))
            if mistake == "some-positives-only":
                return next(i for i in self.of[target] if i != index)
            found = random.choice(self.of[target])
            while mistake != "anchor-as-positive" and structure != "may-be-anchor" and found == index:
                found = random.choice(self.of[target])
            return [found] if mistake == "positive-no-index" else found

        def _image(self, index: Any) -> torch.Tensor:
            return self.images[index] if structure == "channel-first" else self.images[index].unsqueeze(0)

        def __getitem__(self, index: int) -> Any:
            label = int(self.targets[index])
            target = torch.tensor(label) if mistake == "label-tensor" else label
            if self.split in ("test", "traineval"):
                return self._image(index), target
            positive, negative = self._sample_positive(index), self._sample_negative(index)
            positive = positive[0] if mistake == "positive-no-index" else positive
            return self._image(index), self._image(positive), self._image(negative), target

        def __len__(self) -> int:
            return len(self.images)

    class Without(MNISTMetricDataset):
        def __init__(self, digits: Any, split: str = "train") -> None:
            super().__init__(digits, split)

    return Without if mistake == "no-remove-class" else MNISTMetricDataset


def functions(mistake: str) -> dict[str, Any]:
    """Training, representations, predictions, evaluation."""

    def train(net: Any, optimizer: Any, loader: Any, device: Any = "cpu") -> float:
        losses = []
        net.train()
        if mistake == "train-broken":
            net.utils.train()
        for anchor, positive, negative, _ in loader:
            optimizer.zero_grad()
            loss = net.loss(anchor.to(device), positive.to(device), negative.to(device))
            loss.backward()
            if mistake != "train-without-step":
                optimizer.step()
            losses.append(loss.item())
        return float(np.mean(losses))

    def compute_representations(net: Any, loader: Any, count: int, size: int, device: Any = "cpu") -> torch.Tensor:
        net.eval()
        sums, seen = torch.zeros(count, size), torch.zeros(count)
        with torch.no_grad():
            for images, targets in loader:  # one image at a time, as the main program loads them
                found = net.get_features(images.to(device))
                found = F.normalize(found) if mistake == "normalised-before-mean" else found
                sums[targets] += found[0]
                seen[targets] += 1
        means = sums / seen.unsqueeze(1)
        if mistake == "not-class-mean":
            means = means + 1
        return means if mistake == "means-not-normalised" else means / means.norm(dim=1, keepdim=True)

    def make_predictions(representations: torch.Tensor, r: torch.Tensor) -> torch.Tensor:
        return ((representations - r) ** 2).sum(1)

    def evaluate(net: Any, representations: torch.Tensor, loader: Any, device: Any = "cpu") -> float:
        net.eval()
        right = 0
        with torch.no_grad():
            for images, targets in loader:
                r = net.get_features(images.to(device)).flatten()
                r = r if mistake == "query-not-normalised" else r / r.norm()
                far = make_predictions(representations, r)
                best = far.argmax() if mistake == "farthest" else far.argmin()
                right += int(best == targets[0])
        return right / len(loader)

    return {
        "train": train,
        "representations": compute_representations,
        "predictions": make_predictions,
        "evaluate": evaluate,
    }


STRUCTURES = (
    "",
    "in-place",
    "padded",
    "nested",
    "functional",
    "forward-calls",
    "adaptive",
    "joined",
    "torch-loss",
    "channel-first",
    "list-targets",
    "numpy",
)


def lab4(mistake: str = "", structure: str = "", without: tuple[str, ...] = ()) -> Any:
    """A whole lab with at most one mistake; ``without`` leaves parts out."""
    data = dataset(mistake, structure)
    parts: dict[str, Any] = {
        "unit": unit(mistake, structure),
        "model": model(mistake, structure),
        "identity": identity(mistake),
        "dataset": data,
        **functions(mistake),
    }
    missing = (*without, *(("identity",) if mistake == "no-identity" else ()))
    parts = {name: None if name in missing else part for name, part in parts.items()}

    def built(
        root: Any = None, split: str = "train", remove_class: Any = None, seed: Any = None, digits: Any = None
    ) -> Any:
        from quizlab.hooks.owned import MissingPartError

        digits = digits or ours.load_digits("test" if split == "test" else "train")
        if mistake == "no-remove-class":
            if remove_class is not None:
                raise MissingPartError("remove_class")
            return data(digits, split)
        return data(digits, split, remove_class)

    faces = {
        "BatchNormConvReLU": ("unit", parts["unit"]),
        "SimpleMetricEmbedding": ("model", parts["model"]),
        "IdentityModel": ("identity", parts["identity"]),
        "MNISTMetricDataset": ("dataset", built),
        "train": ("train", parts["train"]),
        "compute_representations": ("representations", parts["representations"]),
        "make_predictions": ("predictions", parts["predictions"]),
        "evaluate": ("evaluate", parts["evaluate"]),
    }
    return Own(ours, parts, faces)
