"""Scatter plots of image space and feature space in two dimensions."""

from pathlib import Path

import torch
from torch import Tensor


def pca_projection(x: Tensor, seed: int = 0) -> Tensor:
    """Return two principal components of each row: (n, m) → (n, 2), on the CPU.

    As in the lab this is the first of the three tensors of ``torch.pca_lowrank(x, 2)``: the left singular
    vectors of the centred data. The projection itself is this times the singular values, so the picture is
    the same up to the scale of its axes.

    Args:
        x: Data, one example a row; n and m at least 2.
        seed: pca_lowrank is a randomised algorithm; the global generator is left as it was.

    Raises:
        ValueError: The data is not a matrix, or is too small.
    """
    if x.dim() != 2 or min(x.shape) < 2:
        raise ValueError(f"expected a matrix with at least two rows and columns, got {tuple(x.shape)}")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return torch.pca_lowrank(x.detach().cpu(), 2)[0]


def save_scatter(points: Tensor, targets: Tensor, title: str, path: str | Path) -> Path:
    """Draw points coloured by class into an image file and return its path.

    Args:
        points: (n, 2).
        targets: Classes, (n,).
        title: Title of the plot.
        path: File to write; its ending tells the format, for example ``.png``.

    Raises:
        ValueError: The shapes do not fit, or the ending is unknown.
        OSError: The file cannot be written.
    """
    from matplotlib import colormaps
    from matplotlib.figure import Figure

    if points.dim() != 2 or points.shape[1] != 2 or targets.shape != points.shape[:1]:
        shapes = f"{tuple(points.shape)} and {tuple(targets.shape)}"
        raise ValueError(f"expected points (n, 2) and targets (n,), got {shapes}")
    points, targets = points.detach().cpu(), targets.cpu()
    # A Figure of its own, not pyplot: no display is needed and no global state is left behind.
    figure = Figure(figsize=(7, 6), layout="constrained")
    axes = figure.add_subplot()
    for target in torch.unique(targets).tolist():
        x, y = points[targets == target].T.tolist()
        axes.scatter(x, y, s=8, color=colormaps["tab10"](int(target) % 10), label=str(target))
    axes.set_title(title)
    axes.legend(title="razred", markerscale=2, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=120)
    return Path(path)
