"""Proofs about the identity model of lab 4: the shape and size of what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import apart, images_of, seeded, shape_of, some_digits, steps
from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.embedding import BATCHES, Channels, Whole
from quizlab.hooks.owned import material
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    pass

Side = Annotated[int, Meta(ge=1, le=128)]


def identity_shape(
    lab: Lab4,
    *,
    channels: Channels = 1,
    side: Side = 28,
    flatten: bool = True,
    keep_batch: bool = True,
    keep_channels: bool = True,
    transposed: bool = False,
) -> Evidence:
    """Measure the shape that IdentityModel.get_features returns, batch by batch.

    ``flatten`` returns the images as they are, ``keep_batch`` drops the batch dimension, ``keep_channels`` all
    channels but the first with their dimension; ``transposed`` makes a column of every image.
    """
    import torch

    images = torch.rand(max(BATCHES), channels, side, side, generator=torch.Generator().manual_seed(0))
    model = lab.IdentityModel()
    found = {size: steps(model, images[:size])[-1].output for size in BATCHES}
    measured = found if flatten else {size: images[:size] for size in BATCHES}
    if not keep_channels:
        measured = {
            size: steps(model, images[:size, :1])[-1].output if flatten else images[:size, 0] for size in BATCHES
        }
    if not keep_batch:
        measured = {size: tensor[0] for size, tensor in measured.items()}
    if transposed:
        measured = {size: tensor.movedim(0, -1) for size, tensor in measured.items()}
    difference = apart(found[max(BATCHES)].flatten(), images.flatten())
    trained = sum(tensor.numel() for tensor in model.parameters())
    pixels = channels * side * side
    return Evidence(
        cases=tuple(Case(value=tuple(tensor.shape), given={"B": size}) for size, tensor in measured.items()),
        claims=(
            Claim(
                "pixels_unchanged",
                difference == 0,
                f"najveća razlika između ulaznih piksela i izlaza iznosi {gap(difference)}",
            ),
            Claim(
                "nothing_to_train",
                trained == 0,
                f"broj parametara modela IdentityModel: {trained}",
            ),
        ),
        blocks=(
            Table(
                ("veličina grupe B", "ulaz", "izlaz"),
                tuple((size, shape_of(images[:size]), shape_of(tensor)) for size, tensor in measured.items()),
                title=f"Jedna slika ima {channels} · {side} · {side} = {pixels} vrijednosti",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

for B in {BATCHES}:
    slike = torch.rand(B, {channels}, {side}, {side})
    print(tuple(slike.flatten(start_dim=1).shape))
""",
            "\n".join(shape_of(tensor) for tensor in found.values()),
        ),
    )


def identity_size(
    lab: Lab4,
    *,
    channels: Channels = 1,
    side: Whole = 28,
    measure: Literal["features", "channels", "learned"] = "features",
) -> Evidence:
    """Measure the size of the identity model's embedding of one of the lab's digits, or of other images.

    ``measure`` takes the channels of an image, or the size of the learned model's embedding, instead.
    """
    digits = images_of(lab, channels, side, 2)
    features = steps(lab.IdentityModel(), digits)[-1].output
    with seeded(0):
        learned = steps(material(lab, "model").SimpleMetricEmbedding(channels), digits)[-1].output
    size = int(features.shape[-1])
    height, width = digits.shape[2:]
    others = {
        "kanala slike": channels,
        "značajki naučenog modela": int(learned.shape[-1]),
        "piksela": channels * height * width,
    }
    one = some_digits(lab)[0]
    return Evidence(
        cases=(Case(value={"features": size, "channels": channels, "learned": int(learned.shape[-1])}[measure]),),
        claims=(
            Claim(
                "another_size",
                size not in others.values(),
                f"izmjerena je dimenzija {size}; "
                + "; ".join(f"{name} ima {number}" for name, number in others.items()),
            ),
            Claim(
                "digits_are_28_by_28",
                tuple(one.shape) == (1, 28, 28),
                f"slika MNIST-a ima oblik {shape_of(one)}",
            ),
        ),
        blocks=(
            Table(
                ("grupa slika", "izlaz get_features", "dimenzija ugrađivanja", "piksela po slici"),
                ((shape_of(digits), shape_of(features), size, channels * height * width),),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

slike = torch.rand{shape_of(digits)}
print(slike.flatten(start_dim=1).shape[1])
""",
            str(size),
        ),
    )
