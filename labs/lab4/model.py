"""The two models of the lab: the learned metric embedding and the identity."""

from typing import Protocol

import torch
from torch import Tensor, nn

from .loss import triplet_margin_loss
from .unit import BatchNormConvReLU


class UnitFactory(Protocol):
    """What builds one convolutional unit; the class `BatchNormConvReLU` is one."""

    def __call__(self, num_maps_in: int, num_maps_out: int, *, k: int, padding: int) -> nn.Module:
        """Return a module from (B, num_maps_in, H, W) to (B, num_maps_out, H', W')."""
        ...


class SimpleMetricEmbedding(nn.Module):
    """Convolutional embedding of images, trained with the triplet margin loss.

    Unit → max-pool → unit → max-pool → unit → global average pooling; kernels and pooling windows are 3×3,
    the max-pools have stride 2, and every unit gives emb_size maps. There is no classification layer.

    The children are ``unit1``, ``pool1``, ``unit2``, ``pool2``, ``unit3``, ``global_pool``, in the order in
    which they run. On MNIST the maps before ``global_pool`` are (B, emb_size, 2, 2), with padding 1
    (B, emb_size, 6, 6).

    Args:
        input_channels: Number of channels of the images, 1 for MNIST.
        emb_size: Number of maps of every unit, and size of the embedding.
        padding: Padding of the convolutions; the max-pools have none.
        margin: Margin of the triplet loss.
        unit: Builds a unit, called as ``unit(maps_in, maps_out, k=3, padding=padding)``.

    Raises:
        ValueError: A size or the margin is out of its range.

    Source: the course's lab on metric embedding.
    """

    def __init__(
        self,
        input_channels: int,
        emb_size: int = 32,
        padding: int = 0,
        margin: float = 1.0,
        unit: UnitFactory = BatchNormConvReLU,
    ) -> None:
        if not margin >= 0:
            raise ValueError(f"margin must not be negative, got {margin!r}")
        super().__init__()
        self.emb_size = emb_size
        self.margin = margin
        self.unit1 = unit(input_channels, emb_size, k=3, padding=padding)
        self.pool1 = nn.MaxPool2d(kernel_size=3, stride=2)
        self.unit2 = unit(emb_size, emb_size, k=3, padding=padding)
        self.pool2 = nn.MaxPool2d(kernel_size=3, stride=2)
        self.unit3 = unit(emb_size, emb_size, k=3, padding=padding)
        self.global_pool = nn.AdaptiveAvgPool2d(1)
        # Only the order in memory, not the shapes or values: pooling and convolution run almost twice as fast
        # on a CPU when the channels of one pixel lie together, and the maps follow the weights in this.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def feature_maps(self, img: Tensor) -> Tensor:
        """Return the maps before the global pooling.

        Args:
            img: Images, (B, input_channels, H, W).

        Returns:
            Feature maps, (B, emb_size, H', W').

        Raises:
            ValueError: The images are not a tensor of order four.
            RuntimeError: From torch, for a wrong number of channels or an image too small for the layers
                (sides under 21 without padding).
        """
        if img.dim() != 4:
            raise ValueError(f"images must have the shape (B, C, H, W), got {tuple(img.shape)}")
        x: Tensor = self.pool1(self.unit1(img))
        x = self.pool2(self.unit2(x))
        maps: Tensor = self.unit3(x)
        return maps

    def get_features(self, img: Tensor) -> Tensor:
        """Return the embeddings: (B, input_channels, H, W) → (B, emb_size), for B = 1 too.

        Raises:
            ValueError: See `feature_maps`.
        """
        pooled: Tensor = self.global_pool(self.feature_maps(img))
        # Not squeeze(): that would drop the batch dimension of a single image as well.
        return pooled.flatten(start_dim=1)

    def loss(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the mean triplet margin loss of three batches of images, each (B, input_channels, H, W).

        Raises:
            ValueError: See `feature_maps` and `triplet_margin_loss`.
        """
        # Three passes, not one over the joined batch: batch norm takes its statistics from each batch alone.
        return triplet_margin_loss(
            self.get_features(anchor),
            self.get_features(positive),
            self.get_features(negative),
            margin=self.margin,
        )

    def forward(self, img: Tensor) -> Tensor:
        """Return the embeddings, as `get_features` does."""
        return self.get_features(img)


class IdentityModel(nn.Module):
    """The image space itself as an embedding; nothing to train, no parameters.

    Source: the course's lab on metric embedding.
    """

    def get_features(self, img: Tensor) -> Tensor:
        """Return the pixels in one row per image: (B, C, H, W) → (B, C·H·W), so (B, 784) on MNIST.

        Raises:
            ValueError: The images are not a tensor of order four.
        """
        if img.dim() != 4:
            raise ValueError(f"images must have the shape (B, C, H, W), got {tuple(img.shape)}")
        return img.flatten(start_dim=1)

    def forward(self, img: Tensor) -> Tensor:
        """Return the embeddings, as `get_features` does."""
        return self.get_features(img)
