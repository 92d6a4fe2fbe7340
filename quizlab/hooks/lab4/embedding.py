"""Proofs about what the two models of lab 4 return: the rank, shape and size of the embeddings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import images_of, listed, seeded, shape_of, shapes_table, some_digits, steps
from quizlab.hooks.faces import Lab4, Small
from quizlab.hooks.owned import is_own
from quizlab.model import Case, Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor

Channels = Annotated[int, Meta(ge=1, le=16)]

Whole = Annotated[int, Meta(ge=21, le=128)]
"""Side of an image that is large enough for the layers of the learned model."""

Narrow = Annotated[int, Meta(ge=1, le=256)]
"""Size of an embedding whose maps all stay in memory, for a batch of 64 digits."""

FEW = 128 * 40**2
"""Numbers in one image's maps of the widest layer up to which a whole batch of 64 is measured; beyond it a single
one is (two where components are drawn): its shapes say the same, and 64 would take gigabytes."""

BATCHES = (1, 2, 64)
"""Batch sizes to measure at: the batch of one above all, where squeezing would lose a dimension."""

PROBED = (5, 12)
"""Sizes of embeddings that no question has asked about."""

EMB_SIZE = 32
"""Size of the learned model's embedding when nothing else is asked for."""


def embedding_rank(
    lab: Lab4,
    *,
    emb_size: Narrow = EMB_SIZE,
    batch: Annotated[int, Meta(ge=1, le=64)] = 64,
    stop: Literal["features", "maps"] = "features",
    keep_batch: bool = True,
) -> Evidence:
    """Measure the rank of what get_features returns, for a batch of one and for larger batches.

    ``stop`` looks at the maps before the pooling instead, ``keep_batch`` drops the batch dimension.
    """
    digits = some_digits(lab)
    batches = tuple(dict.fromkeys((*BATCHES[:2], batch)))
    with seeded(0):
        model = lab.SimpleMetricEmbedding(digits.shape[1], emb_size=emb_size)
    ran = {size: steps(model, digits[:size]) for size in batches}
    found = {size: trace[-1].output for size, trace in ran.items()}
    measured = found
    if stop == "maps":
        measured = {size: _last_of_order_four([step.output for step in trace]) for size, trace in ran.items()}
    if not keep_batch:
        measured = {size: tensor[0] for size, tensor in measured.items()}
    return Evidence(
        cases=tuple(Case(value=tensor.dim(), given={"B": size}) for size, tensor in measured.items()),
        claims=(
            Claim(
                "batch_by_embedding",
                all(tuple(tensor.shape) == (size, emb_size) for size, tensor in found.items()),
                f"za veličine grupe {listed(batches)} oblici su "
                f"{listed(shape_of(tensor) for tensor in found.values())}",
            ),
            Claim(
                "batch_of_one_kept",
                tuple(found[1].shape) == (1, emb_size),
                f"za jednu sliku oblik je {shape_of(found[1])}",
            ),
            *_as_large_as_asked(lab, digits[:2]),
        ),
        blocks=(
            Table(
                ("veličina grupe B", "oblik izlaza", "red tenzora"),
                tuple((size, shape_of(tensor), tensor.dim()) for size, tensor in measured.items()),
            ),
            shapes_table(ran[batches[-1]], f"Sloj po sloj, veličina grupe {batches[-1]}"),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

for B in {batches}:
    mape = torch.rand(B, {emb_size}, 2, 2)  # mape značajki prije globalnog sažimanja
    izlaz = nn.AdaptiveAvgPool2d(1)(mape).flatten(start_dim=1)
    print(tuple(izlaz.shape), izlaz.dim())
""",
            "\n".join(f"{shape_of(tensor)} {tensor.dim()}" for tensor in found.values()),
        ),
    )


def _as_large_as_asked(lab: Lab4, images: Tensor) -> tuple[Claim, ...]:
    """Whether models of other sizes than was asked give what they were told; a student's size may be fixed."""
    if is_own(lab):
        return ()
    with seeded(0):
        models = {size: lab.SimpleMetricEmbedding(images.shape[1], emb_size=size) for size in PROBED}
    found = {size: tuple(steps(model, images)[-1].output.shape) for size, model in models.items()}
    return (
        Claim(
            "size_as_asked",
            all(shape == (len(images), size) for size, shape in found.items()),
            "; ".join(f"uz emb_size={size} oblik je {shape}" for size, shape in found.items()),
        ),
    )


def embedding_sizes(
    lab: Lab4,
    *,
    emb_size: Small = EMB_SIZE,
    channels: Channels = 1,
    side: Whole = 28,
    swapped: bool = False,
    flatten: bool = True,
    plotted: bool = False,
) -> Evidence:
    """Measure the sizes of both models' embeddings, the learned model first, on the lab's digits or other images.

    What the lab's own defaults and its own digits are is measured beside them.

    ``swapped`` names the models the wrong way round; ``flatten`` takes one row of the image for all of it;
    ``plotted`` takes for the second model what is drawn of its images, their two principal components.
    """
    import torch

    digits = images_of(lab, channels, side, 64 if emb_size * side**2 <= FEW else 1 + plotted)
    with seeded(0):
        learned = lab.SimpleMetricEmbedding(channels, emb_size=emb_size)
        usual = lab.SimpleMetricEmbedding(some_digits(lab).shape[1])
    by_default = int(steps(usual, some_digits(lab)[:1])[-1].output.shape[-1])
    one = some_digits(lab)[0]
    shapes = {
        "SimpleMetricEmbedding": steps(learned, digits)[-1].output,
        "IdentityModel": steps(lab.IdentityModel(), digits)[-1].output if flatten else digits[:, 0],
    }
    if plotted:
        with seeded(0):
            shapes["IdentityModel"] = torch.pca_lowrank(shapes["IdentityModel"], 2)[0]
    sizes = tuple(int(features.shape[-1]) for features in shapes.values())
    first, second = sizes
    height, width = digits.shape[2:]
    return Evidence(
        cases=(Case(value=(second, first) if swapped else (first, second)),),
        claims=(
            Claim(
                "identity_is_every_pixel",
                second == channels * height * width,
                f"slika {channels}×{height}×{width} ima {channels * height * width} piksela, "
                f"a ugrađivanje modela IdentityModel dimenziju {second}",
            ),
            Claim(
                "defaults_are_32_and_28",
                by_default == EMB_SIZE and tuple(one.shape) == (1, 28, 28),
                f"sa zadanim postavkama ugrađivanje ima dimenziju {by_default}, a slika MNIST-a oblik {shape_of(one)}",
            ),
            *_as_large_as_asked(lab, some_digits(lab)[:2]),
        ),
        blocks=(
            Table(
                ("model", "ulaz", "izlaz get_features", "dimenzija ugrađivanja"),
                tuple(
                    (name, shape_of(digits), shape_of(features), size)
                    for (name, features), size in zip(shapes.items(), sizes, strict=True)
                ),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

slike = torch.rand{shape_of(digits)}
konv = nn.Conv2d({channels}, {first}, kernel_size=3)
naucen = nn.AdaptiveAvgPool2d(1)(konv(slike)).flatten(start_dim=1)
identitet = slike.flatten(start_dim=1)
print(naucen.shape[1], identitet.shape[1])
""",
            f"{first} {second}",
        ),
    )


def _last_of_order_four(outputs: list[Tensor]) -> Tensor:
    return next(output for output in reversed(outputs) if output.dim() == 4)
