"""Proof that the nearest class mean is not the only way: an elongated class 4 and a round class 7."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, NamedTuple

from msgspec import Meta

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.digits import squared_distances
from quizlab.hooks.owned import needs
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, gap, percent

if TYPE_CHECKING:
    from torch import Tensor

SHAPES = {4: ((0.0, 0.0), ((5.3, 2.3), (2.3, 1.4))), 7: ((5.5, 0.8), ((0.3, 0.0), (0.0, 0.3)))}
"""Class → mean and covariance of its made embeddings: 4 is stretched towards the query, 7 is round."""

BESIDE = 1
ROUND = {BESIDE: ((1.5, -2.2), SHAPES[7][1])}
"""Another round class, as widely spread as 7: between the two the distances should decide alike."""

TRIED, FIELD = 300, 3.0
ALMOST_ALL = 0.94
"""Spreads are estimated, so near the border between two round classes the distances may disagree."""

QUERY = (3.6, 1.7)
EXAMPLES = 200
DRAWN = 60
NEIGHBOURS = 15


class Class(NamedTuple):
    """One class in the plane, as a classifier sees it: examples, and what is estimated from them."""

    points: Tensor
    mean: Tensor
    covariance: Tensor


def elongated_class(lab: Lab4, *, seed: Annotated[int, Meta(ge=0, le=1_000_000)] = 0) -> Evidence:
    """Classify one query by the lab's distances to class means, and by three ways that know more.

    The embeddings are made, because the case must be seen in a plane; means and covariances are estimated
    from them. The Mahalanobis distance divides by the spread in each direction; a Gaussian for each class
    adds the size of the spread, −½·(d² + log det Σ); the nearest examples need no means at all.
    """
    import torch

    query = torch.tensor(QUERY)
    classes = {label: _drawn(label, seed) for label in SHAPES}
    needs(lab, "predictions")
    squared = squared_distances(lab, torch.stack([each.mean for each in classes.values()]), query)
    euclid = {label: _root(d) for label, d in zip(classes, squared.tolist(), strict=True)}
    mahalanobis = {label: _mahalanobis(each.mean, each.covariance, query) for label, each in classes.items()}
    density = {
        label: -(mahalanobis[label] ** 2 + float(torch.logdet(each.covariance))) / 2 for label, each in classes.items()
    }
    weights = {label: torch.tensor(density[label]).exp() for label in classes}
    share = {label: float(weight / sum(weights.values())) for label, weight in weights.items()}
    votes = _votes(classes, query)
    off = max(abs(euclid[label] - float((query - each.mean).norm())) for label, each in classes.items())
    when_round = _agreement(lab, {7: classes[7], BESIDE: _drawn(BESIDE, seed)}, alike=True)
    when_elongated = _agreement(lab, classes, alike=False)
    answers = {
        "euclid": _least(euclid),
        "mahalanobis": _least(mahalanobis),
        "gauss": max(share, key=share.__getitem__),
        "examples": max(votes, key=votes.__getitem__),
    }
    return Evidence(
        claims=(
            Claim(
                "means_only_say_7",
                answers["euclid"] == 7,
                f"euklidska udaljenost do središta razreda 7 je {decimal(euclid[7])}, a do središta razreda 4 "
                f"iznosi {decimal(euclid[4])}: bira se {answers['euclid']}",
            ),
            Claim(
                "mahalanobis_says_4",
                answers["mahalanobis"] == 4,
                f"Mahalanobisova udaljenost do razreda 4 je {decimal(mahalanobis[4])}, a do razreda 7 "
                f"iznosi {decimal(mahalanobis[7])}: bira se {answers['mahalanobis']}",
            ),
            Claim(
                "gaussians_say_4",
                answers["gauss"] == 4,
                f"uz Gaussovu razdiobu za svaki razred vjerojatnost razreda 4 iznosi {decimal(share[4], 3)}: "
                f"bira se {answers['gauss']}",
            ),
            Claim(
                "examples_say_4",
                answers["examples"] == 4,
                f"od {NEIGHBOURS} najbližih primjera iz razreda 4 dolazi ih {votes[4]}: bira se {answers['examples']}",
            ),
            Claim(
                "equal_when_round",
                when_round > ALMOST_ALL >= when_elongated and off < 1e-4,
                f"između okruglog razreda 7 i jednako rasutog razreda {BESIDE} obje udaljenosti odlučuju isto za "
                f"{percent(when_round)} od {TRIED} novih primjera, a između razreda 7 i izduženog razreda 4 za "
                f"{percent(when_elongated)}; najveća razlika udaljenosti iz vježbe od ‖x − μ‖ iznosi {gap(off)}",
            ),
        ),
        blocks=(
            Table(
                ("način", "razred 4", "razred 7", "odluka"),
                (
                    (
                        "euklidska udaljenost do središta",
                        round(euclid[4], 2),
                        round(euclid[7], 2),
                        answers["euclid"],
                    ),
                    (
                        "Mahalanobisova udaljenost",
                        round(mahalanobis[4], 2),
                        round(mahalanobis[7], 2),
                        answers["mahalanobis"],
                    ),
                    (
                        "vjerojatnost uz Gaussove razdiobe",
                        round(share[4], 3),
                        round(share[7], 3),
                        answers["gauss"],
                    ),
                    (f"od {NEIGHBOURS} najbližih primjera", votes[4], votes[7], answers["examples"]),
                ),
                title=f"Novi primjer ({decimal(QUERY[0], 1)}; {decimal(QUERY[1], 1)})",
                marked=(0,),
            ),
            Plot(
                "Izduženi razred 4, okrugli razred 7 i novi primjer",
                "prva značajka",
                "druga značajka",
                (
                    *(_series(str(label), each.points[:DRAWN]) for label, each in classes.items()),
                    _series("središta", torch.stack([each.mean for each in classes.values()])),
                    _series("novi primjer", query.unsqueeze(0)),
                ),
                style="scatter",
            ),
        ),
        snippet=Snippet(_code(), _printed(lab)),
    )


def _drawn(label: int, seed: int) -> Class:
    """Draw the examples of a class and estimate its mean and covariance from them."""
    import torch

    mean, covariance = (torch.tensor(each) for each in (SHAPES | ROUND)[label])
    noise = torch.randn(EXAMPLES, 2, generator=torch.Generator().manual_seed(1000 * seed + label))
    points = mean + noise @ torch.linalg.cholesky(covariance).T
    return Class(points, points.mean(dim=0), torch.cov(points.T))


def _mahalanobis(mean: Tensor, covariance: Tensor, query: Tensor) -> float:
    """√((x − μ)ᵀ Σ⁻¹ (x − μ))."""
    import torch

    away = query - mean
    squared = float(away @ torch.linalg.solve(covariance, away))
    return math.sqrt(squared)


def _agreement(lab: Lab4, classes: dict[int, Class], *, alike: bool) -> float:
    """For what share of new examples the lab's distances and the Mahalanobis distance choose the same class of two.

    Classes that are ``alike`` share one covariance.
    """
    import torch

    means = torch.stack([each.mean for each in classes.values()])
    queries = means.mean(dim=0) + FIELD * torch.randn(TRIED, 2, generator=torch.Generator().manual_seed(0))
    away = queries.unsqueeze(1) - means
    spreads = torch.stack([each.covariance for each in classes.values()])
    if alike:  # then what is estimated of one class holds for the other as well
        spreads = spreads.mean(dim=0).expand_as(spreads)
    inverse = torch.linalg.inv(spreads)
    by_spread = torch.einsum("qci,cij,qcj->qc", away, inverse, away).argmin(dim=1)
    by_lab = torch.stack([squared_distances(lab, means, query).argmin() for query in queries])
    return float((by_lab == by_spread).float().mean())


def _root(squared: float) -> float:
    """The distance behind a squared one; what is negative is no distance and gives NaN."""
    return math.sqrt(squared) if squared >= 0 else math.nan


def _votes(classes: dict[int, Class], query: Tensor) -> dict[int, int]:
    """How many of the nearest examples belong to each class."""
    import torch

    distances = torch.cat([(each.points - query).norm(dim=1) for each in classes.values()])
    labels = torch.tensor([label for label, each in classes.items() for _ in each.points])
    nearest = labels[distances.argsort()[:NEIGHBOURS]].tolist()
    return {label: nearest.count(label) for label in classes}


def _least(distances: dict[int, float]) -> int:
    """The class with the smallest distance."""
    return min(distances, key=distances.__getitem__)


def _series(name: str, points: Tensor) -> Series:
    x, y = points.T.tolist()
    return Series(name, tuple(round(v, 3) for v in x), tuple(round(v, 3) for v in y))


def _code() -> str:
    """The snippet: both decisions from the means and covariances that the examples are drawn with."""
    (m4, s4), (m7, s7) = SHAPES[4], SHAPES[7]
    return f"""\
import numpy as np

x = np.array({list(QUERY)})
razredi = {{
    4: (np.array({list(m4)}), np.array({[list(row) for row in s4]})),
    7: (np.array({list(m7)}), np.array({[list(row) for row in s7]})),
}}
euklid = {{r: np.linalg.norm(x - m) for r, (m, s) in razredi.items()}}
mahalanobis = {{r: np.sqrt((x - m) @ np.linalg.inv(s) @ (x - m)) for r, (m, s) in razredi.items()}}
for d in (euklid, mahalanobis):
    print(min(d, key=d.get), {{r: round(float(v), 2) for r, v in d.items()}})
"""


def _printed(lab: Lab4) -> str:
    """What the snippet prints, computed with the lab's own distances."""
    import torch

    query = torch.tensor(QUERY)
    means = torch.stack([torch.tensor(mean) for mean, _ in SHAPES.values()])
    squared = lab.make_predictions(means, query)
    euclid = {label: _root(d) for label, d in zip(SHAPES, squared.tolist(), strict=True)}
    mahalanobis = {
        label: _mahalanobis(torch.tensor(mean), torch.tensor(covariance), query)
        for label, (mean, covariance) in SHAPES.items()
    }
    return "\n".join(
        f"{_least(d)} { {label: round(value, 2) for label, value in d.items()} }" for d in (euclid, mahalanobis)
    )
