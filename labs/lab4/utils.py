"""Training the embedding, class representations, and classification by the nearest of them."""

from collections.abc import Iterable
from typing import Any, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor


class Embedder(Protocol):
    """A model that embeds images."""

    def get_features(self, img: Tensor, /) -> Tensor:
        """Return the embeddings: (B, C, H, W) → (B, emb_size)."""
        ...

    def eval(self) -> Any:
        """Switch to evaluation mode."""
        ...


class TrainableEmbedder(Embedder, Protocol):
    """A model that embeds images and can be trained on triplets."""

    def loss(self, anchor: Tensor, positive: Tensor, negative: Tensor, /) -> Tensor:
        """Return the scalar loss of three batches of images, each (B, C, H, W)."""
        ...

    def train(self) -> Any:
        """Switch to training mode."""
        ...


def train(
    model: TrainableEmbedder,
    optimizer: torch.optim.Optimizer,
    loader: Iterable[Any],
    device: str | torch.device = "cpu",
) -> float:
    """Train for one pass over the loader; the model stays in training mode.

    Args:
        model: Model to train, already on the device.
        optimizer: Optimiser of the model's parameters.
        loader: Gives batches (anchor, positive, negative, target), images (B, C, H, W).
        device: Where the model is.

    Returns:
        The mean of the batches' losses.

    Raises:
        ValueError: The loader gives no batch.
    """
    model.train()
    losses = []
    for anchor, positive, negative, _ in loader:
        optimizer.zero_grad()
        loss = model.loss(anchor.to(device), positive.to(device), negative.to(device))
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.detach())
    if not losses:
        raise ValueError("cannot train: the loader gives no batch")
    return float(torch.stack(losses).mean())


@torch.no_grad()
def compute_representations(
    model: Embedder,
    loader: Iterable[Any],
    identities_count: int,
    emb_size: int,
    device: str | torch.device = "cpu",
) -> Tensor:
    """Return the mean embedding of each class, divided by its L2 norm; the model stays in evaluation mode.

    Embeddings are averaged as they are; only the mean is normalised. A mean of length zero stays zero.

    Args:
        model: Model that embeds the images, already on the device.
        loader: Gives batches (image, target), images (B, C, H, W), targets (B,).
        identities_count: Number of classes, labelled from 0.
        emb_size: Size of the embeddings.
        device: Where the model is.

    Returns:
        Representations, (identities_count, emb_size), on the device.

    Raises:
        ValueError: A label is out of range, the embeddings have another size, or a class has no example: it
            has no mean, and any row put in its place would be classified against.
    """
    model.eval()
    sums = torch.zeros(identities_count, emb_size, device=device)
    counts = torch.zeros(identities_count, device=device)
    for images, targets in loader:
        if len(targets) and not 0 <= int(targets.min()) <= int(targets.max()) < identities_count:
            raise ValueError(f"labels must be from 0 to {identities_count - 1}, got {targets.tolist()}")
        features = model.get_features(images.to(device))
        if features.shape[1:] != (emb_size,):
            raise ValueError(f"expected embeddings (B, {emb_size}), the model gives {tuple(features.shape)}")
        # One row per image with a single 1: the product adds up each class, in a fixed order on a GPU too.
        members = F.one_hot(targets.to(device), identities_count).to(features.dtype)
        sums += members.T @ features
        counts += members.sum(dim=0)
    if bool((counts == 0).any()):
        missing = torch.nonzero(counts == 0).flatten().tolist()
        raise ValueError(f"no examples of the classes {missing}, so they have no representation")
    return F.normalize(sums / counts.unsqueeze(1), dim=1)


def make_predictions(representations: Tensor, r: Tensor) -> Tensor:
    """Return the squared L2 distances of the embeddings to every representation.

    Args:
        representations: One row per class, (classes, emb_size).
        r: One embedding (emb_size,) or a batch (B, emb_size).

    Returns:
        Distances, (classes,) or (B, classes); the smallest one tells the class.
    """
    return (r.unsqueeze(-2) - representations).square().sum(dim=-1)


@torch.no_grad()
def classify(model: Embedder, representations: Tensor, images: Tensor) -> Tensor:
    """Return the class of the nearest representation for every image.

    Args:
        model: Model that embeds the images; its mode is left as it is.
        representations: One row per class, (classes, emb_size).
        images: Images on the same device, (B, C, H, W).

    Returns:
        Classes, int64, (B,).
    """
    query = F.normalize(model.get_features(images), dim=1)
    return make_predictions(representations, query).argmin(dim=-1)


def evaluate(
    model: Embedder,
    representations: Tensor,
    loader: Iterable[Any],
    device: str | torch.device = "cpu",
) -> float:
    """Return the accuracy of classifying by the nearest representation; the model stays in evaluation mode.

    Args:
        model: Model that embeds the images, already on the device.
        representations: One row per class, (classes, emb_size).
        loader: Gives batches (image, target) of any size; the lab uses 1.
        device: Where the model is.

    Returns:
        The share of images whose class is right.

    Raises:
        ValueError: The loader gives no image.
    """
    model.eval()
    representations = representations.to(device)
    right = total = 0
    for images, targets in loader:
        predicted = classify(model, representations, images.to(device))
        right += int((predicted.cpu() == targets).sum())
        total += len(targets)
    if total == 0:
        raise ValueError("cannot evaluate: the loader gives no image")
    return right / total
