"""The plane of the lab's plots: what its own projection makes of data, and whether that is PCA."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.owned import reference_of

if TYPE_CHECKING:
    from torch import Tensor

ROWS, SPREADS = 80, (9.0, 4.0, 1.0, 0.8, 0.6, 0.4)
"""Made data: how far it spreads along each of its axes. The first two stand out, so every PCA finds them."""

AWAY = 3.0
"""The made data's distance from the origin: what is not centred finds that instead."""

ALIKE = 0.99


class Axes(NamedTuple):
    """What the lab's projection makes of data whose principal axes are known.

    Attributes:
        shape: of the plane, (rows, 2).
        likeness: the smaller of the two |cosines| of its columns with the coordinates along the two main axes.
    """

    shape: tuple[int, ...]
    likeness: float

    @property
    def are_principal(self) -> bool:
        """Whether the columns of the plane are the two principal components, up to scale, sign and order."""
        return self.shape == (ROWS, 2) and self.likeness > ALIKE


def plotted(lab: Lab4, points: Tensor) -> Tensor:
    """Two coordinates of each row as the lab's plots have them, (n, m) → (n, 2); a student's are drawn as ours."""
    with seeded(0):
        plane: Tensor = reference_of(lab).pca_projection(points)
    return plane


@once_per_lab
def axes_of(lab: Lab4) -> Axes:
    """Project made data with the lab and compare the columns with the coordinates along the known axes."""
    import torch

    chance = torch.Generator().manual_seed(0)
    coordinates = torch.linalg.qr(_centred(torch.randn(ROWS, len(SPREADS), generator=chance))).Q * torch.tensor(SPREADS)
    turned = torch.linalg.qr(torch.randn(len(SPREADS), len(SPREADS), generator=chance)).Q
    plane = plotted(lab, coordinates @ turned + AWAY)
    if plane.dim() != 2 or len(plane) != ROWS:
        return Axes(tuple(plane.shape), 0.0)
    columns = torch.nn.functional.normalize(_centred(plane.float()), dim=0)
    cosines = (columns.T @ torch.nn.functional.normalize(coordinates[:, :2], dim=0)).abs()
    # Each of the two axes is some column, and not the same one.
    apart = len(set(cosines.argmax(dim=0).tolist())) == 2
    return Axes(tuple(plane.shape), float(cosines.max(dim=0).values.min()) if apart else 0.0)


def _centred(rows: Tensor) -> Tensor:
    return rows - rows.mean(dim=0)
