"""Proof about the two plots of lab 4: which one shows the learned embedding, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.plane import axes_of, plotted
from quizlab.hooks.owned import is_own, needs
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, grouped

if TYPE_CHECKING:
    from torch import Tensor

CLEARLY = 1.2
"""A separation counts as better only by this factor: a draw must not decide."""

AT_ALL = 1.05
"""The same for a student's network, which may learn more slowly than ours and is not wrong for that."""

DRAWN = 15
"""Points of each class in a plot."""


def separation(lab: Lab4) -> Evidence:
    """Compare how well the classes separate in both models' plots, and what makes the difference.

    Separation is the mean distance between class means over the mean distance of an example to its own class
    mean: in the plane of the plot, where a student looks, and in the whole space. The trained model is
    compared with the identity and with itself before training: the same capacity, nothing learnt.
    """
    import torch

    needs(lab, "model", "train", "identity")
    factor = AT_ALL if is_own(lab) else CLEARLY
    identity = lab.IdentityModel()
    images, labels = digits.unseen(lab)
    pixels = digits.features(identity, images)
    rows = pixels.reshape(len(images), -1)  # a student's identity may give something else than rows
    model, spaces, planes, ratio = _compared(lab, digits.learned(lab), rows)
    for longer in digits.LONGER:
        if not model.failed and not _clearly_better(ratio, factor):
            model, spaces, planes, ratio = _compared(lab, digits.learned(lab, longer), rows)
    plain, trained, untrained = ratio.values()
    principal = axes_of(lab).are_principal
    parameters = {
        name: sum(p.numel() for p in each.parameters())
        for name, each in (("identity", identity), ("simple", model.model))
    }
    only_pixels = torch.equal(pixels, images.flatten(start_dim=1))
    measured = f"učenje je stalo ({model.failed}); " if model.failed else ""
    measured += f"omjer razdvojenosti na grafu je {decimal(trained)} za SimpleMetricEmbedding"
    return Evidence(
        claims=(
            Claim(
                "trained_separates_better",
                _clearly_better(ratio, factor),
                f"{measured}, {decimal(plain)} za IdentityModel, a {decimal(untrained)} prije učenja",
            ),
            Claim(
                "identity_separates_better",
                plain > factor * trained,
                f"{measured}, a {decimal(plain)} za IdentityModel",
            ),
            Claim(
                "plots_look_alike",
                max(plain, trained) <= factor * min(plain, trained),
                f"{measured}, a {decimal(plain)} za IdentityModel"
                + (f": {decimal(trained / plain, 1)} puta veći" if plain else ""),
            ),
            Claim(
                "capacity_alone_separates",
                factor * untrained >= trained,
                f"isti model, s jednakim brojem parametara ({grouped(parameters['simple'])}), prije učenja ima omjer "
                f"{decimal(untrained)}, a nakon učenja {decimal(trained)}",
            ),
            Claim(
                "capacity_alone_is_not_enough",
                factor * untrained < trained,
                f"bez učenja isti model ima omjer {decimal(untrained)}, a nakon učenja {decimal(trained)}",
            ),
            Claim(
                "larger_capacity",
                parameters["simple"] > parameters["identity"],
                f"parametara u modelu SimpleMetricEmbedding: {grouped(parameters['simple'])}, "
                f"u modelu IdentityModel: {grouped(parameters['identity'])}",
            ),
            Claim(
                "identity_is_not_trained",
                parameters["identity"] == 0 and only_pixels,
                f"broj parametara modela IdentityModel: {parameters['identity']}; on vraća "
                + ("same piksele" if only_pixels else "nešto drugo od samih piksela"),
            ),
        ),
        blocks=(
            Table(
                ("model", "dimenzija", "omjer na grafu", "omjer u cijelom prostoru"),
                tuple(
                    (name, space.shape[1], round(ratio[name], 2), round(separated(space, labels), 2))
                    for name, space in spaces.items()
                ),
                title=f"Razmak središta prema rasipanju unutar razreda ({len(labels)} ispitnih znamenki)",
                marked=(1,),
            ),
            *(
                _plot(f"{name}: prostor {what}", planes[name], labels, principal=principal)
                for name, what in (("IdentityModel", "slike"), ("SimpleMetricEmbedding", "značajki"))
            ),
        ),
        snippet=Snippet(
            """\
from torch import nn

def jedinica(ulaz, izlaz):
    return nn.Sequential(nn.BatchNorm2d(ulaz), nn.ReLU(), nn.Conv2d(ulaz, izlaz, 3))

identitet = nn.Flatten()
ugradjivanje = nn.Sequential(
    jedinica(1, 32), nn.MaxPool2d(3, 2),
    jedinica(32, 32), nn.MaxPool2d(3, 2),
    jedinica(32, 32), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
)
for model in (identitet, ugradjivanje):
    print(sum(p.numel() for p in model.parameters()))
""",
            f"0\n{_plain_parameters()}",
        ),
    )


def _plain_parameters() -> int:
    """The parameters of the snippet's network, whatever the lab's is."""
    from torch import nn

    units = [nn.Sequential(nn.BatchNorm2d(maps), nn.ReLU(), nn.Conv2d(maps, 32, 3)) for maps in (1, 32, 32)]
    return sum(tensor.numel() for unit in units for tensor in unit.parameters())


class Compared(NamedTuple):
    """A trained model beside the identity and itself untrained: embeddings, their planes, how well classes separate."""

    model: digits.Learned
    spaces: dict[str, Tensor]
    planes: dict[str, Tensor]
    ratio: dict[str, float]


def _compared(lab: Lab4, model: digits.Learned, pixels: Tensor) -> Compared:
    """A student's model whose own training stopped counts as it was before."""
    before = digits.untrained(lab)
    spaces = {
        "IdentityModel": pixels,
        "SimpleMetricEmbedding": before if model.failed else model.unseen,
        "isti, neučen": before,
    }
    planes = {name: plotted(lab, space) for name, space in spaces.items()}
    labels = digits.unseen(lab).labels
    return Compared(model, spaces, planes, {name: separated(plane, labels) for name, plane in planes.items()})


def _clearly_better(ratio: dict[str, float], factor: float) -> bool:
    """Whether training separates the classes better than the pixels do, and than the model did before."""
    plain, trained, untrained = ratio.values()
    return trained > factor * plain and trained > factor * untrained


def separated(points: Tensor, labels: Tensor) -> float:
    """Mean distance between class means over the mean distance of a point to its own class mean."""
    import torch

    means = digits.class_means(points, labels)
    within = float((points - means[labels]).norm(dim=1).mean())
    return float(torch.pdist(means).mean()) / within if within else 0.0


def _plot(title: str, plane: Tensor, labels: Tensor, *, principal: bool) -> Plot:
    """A scatter plot with one series for each class, with the first `DRAWN` points of it."""
    series = []
    for label in sorted(set(labels.tolist())):
        x, y = plane[labels == label][:DRAWN].T.tolist()
        series.append(Series(str(label), tuple(round(v, 4) for v in x), tuple(round(v, 4) for v in y)))
    what = "glavna komponenta" if principal else "koordinata na grafu"
    return Plot(title, f"prva {what}", f"druga {what}", tuple(series), style="scatter")
