"""Proof of how lab 4 comes to two dimensions: no layer has two outputs, the plots are drawn by PCA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlab.hooks.common import seeded, shape_of, shapes_table, steps
from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.plane import axes_of, plotted
from quizlab.hooks.owned import needs
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal

if TYPE_CHECKING:
    from torch import Tensor


def two_dimensions(lab: Lab4) -> Evidence:
    """Look for two outputs in every layer of the lab's model, then ask the lab's plots what they draw."""
    from torch import nn

    needs(lab, "model")
    images = digits.unseen(lab).images[::10]
    with seeded(0):
        model = lab.SimpleMetricEmbedding(1, digits.EMB_SIZE)
        ran = steps(model, images)
        spaces = {"slike": pixels(lab)[: len(images)], "ugrađivanja": ran[-1].output}
        planes = {name: plotted(lab, space) for name, space in spaces.items()}
    axes = axes_of(lab)
    linear = [layer.out_features for layer in model.modules() if isinstance(layer, nn.Linear)]
    convolutions = [layer.out_channels for layer in model.modules() if isinstance(layer, nn.Conv2d)]
    pooled = [step.output.shape[1] for step in ran if "Pool" in step.kind or step.name == "get_features"]
    size = ran[-1].output.shape[1]
    return Evidence(
        claims=(
            Claim(
                "by_pca",
                size != 2
                and all(tuple(plane.shape) == (len(images), 2) for plane in planes.values())
                and axes.are_principal,
                "; ".join(
                    f"{name}: {shape_of(spaces[name])} → {shape_of(plane)} za graf" for name, plane in planes.items()
                )
                + f"; na podacima poznatih glavnih osi kosinus kuta između stupaca grafa i glavnih komponenti najmanje "
                f"je {decimal(axes.likeness, 4)}",
            ),
            Claim(
                "linear_with_two",
                2 in linear,
                f"potpuno povezanih slojeva u modelu: {len(linear)}, s dva neurona: {linear.count(2)}",
            ),
            Claim(
                "convolution_with_two",
                2 in convolutions,
                f"brojevi izlaznih kanala konvolucija: {_listed(convolutions)}",
            ),
            Claim(
                "pooling_to_two",
                2 in pooled,
                f"iza slojeva sažimanja i na izlazu ima značajki: {_listed(pooled)}",
            ),
        ),
        blocks=(
            shapes_table(ran, f"{len(images)} slika kroz model, sloj po sloj"),
            Table(
                ("podaci X", "oblik X", "oblik onoga što se crta"),
                tuple((name, shape_of(spaces[name]), shape_of(plane)) for name, plane in planes.items()),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

for m in ({spaces["slike"].shape[1]}, {size}):
    X = torch.rand({len(images)}, m)
    U, S, V = torch.pca_lowrank(X, 2)
    print(tuple(X.shape), tuple(U.shape))
""",
            "\n".join(f"{shape_of(spaces[name])} {shape_of(plane)}" for name, plane in planes.items()),
        ),
    )


def pixels(lab: Lab4) -> Tensor:
    """The lab's images one a row, (N, 784)."""
    return digits.known(lab).images.flatten(start_dim=1)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "nema ih"
