"""The convolutional unit from which the metric embedding is built."""

from collections import OrderedDict
from typing import Literal

from torch import nn

Order = Literal["bn-relu-conv", "conv-bn-relu"]


class BatchNormConvReLU(nn.Sequential):
    """Batch normalisation, rectifier and convolution as one sequential module.

    Maps (B, num_maps_in, H, W) to (B, num_maps_out, H', W') with H' = H + 2·padding − k + 1, and W' likewise.
    The children are called ``norm``, ``relu`` and ``conv`` and run in the chosen order.

    The convolution holds k²·num_maps_in·num_maps_out weights and, with ``bias``, num_maps_out biases. The
    batch norm holds a scale and a shift for each of its maps: num_maps_in of them in the lab's order,
    num_maps_out in the other. Its running mean, running variance and batch counter are buffers, not
    parameters.

    Args:
        num_maps_in: Number of input maps.
        num_maps_out: Number of output maps.
        k: Side of the square convolution kernel.
        bias: Whether the convolution has a bias.
        padding: Zeros added on each side before the convolution.
        order: ``"bn-relu-conv"`` as the lab's text has it, or ``"conv-bn-relu"``, the classical order.

    Raises:
        ValueError: A size is not a whole number in its range, or the order is unknown.

    Source: the course's lab on metric embedding; He et al., "Identity Mappings in Deep Residual Networks"
    (2016), for normalisation and activation before the convolution.
    """

    def __init__(
        self,
        num_maps_in: int,
        num_maps_out: int,
        k: int = 3,
        bias: bool = True,
        padding: int = 0,
        *,
        order: Order = "bn-relu-conv",
    ) -> None:
        _check_size("num_maps_in", num_maps_in, 1)
        _check_size("num_maps_out", num_maps_out, 1)
        _check_size("k", k, 1)
        _check_size("padding", padding, 0)
        # The rectifier works on a copy: in place it would overwrite the normalised maps that hooks look at.
        relu = nn.ReLU()
        conv = nn.Conv2d(num_maps_in, num_maps_out, kernel_size=k, padding=padding, bias=bias)
        if order == "bn-relu-conv":
            norm = nn.BatchNorm2d(num_maps_in)
            layers: dict[str, nn.Module] = {"norm": norm, "relu": relu, "conv": conv}
        elif order == "conv-bn-relu":
            norm = nn.BatchNorm2d(num_maps_out)
            layers = {"conv": conv, "norm": norm, "relu": relu}
        else:
            raise ValueError(f"order must be 'bn-relu-conv' or 'conv-bn-relu', got {order!r}")
        super().__init__(OrderedDict(layers))


def _check_size(name: str, value: int, least: int) -> None:
    """Raise ValueError unless value is a whole number and at least the given least."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be a whole number, at least {least}, got {value!r}")
