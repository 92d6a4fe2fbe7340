"""Proof about the first convolution of lab 4's model: it reads the channels of the images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta

from quizlab.hooks.common import images_of, seeded, shape_of, shapes_table, some_digits, steps
from quizlab.hooks.faces import Lab4, Small
from quizlab.hooks.lab4.digits import singles
from quizlab.hooks.owned import is_own, needs
from quizlab.model import Case, Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor


def first_convolution(
    lab: Lab4,
    *,
    emb_size: Small = 32,
    channels: Annotated[int, Meta(ge=1, le=16)] = 1,
    size: Annotated[int, Meta(ge=1, le=128)] = 28,
    colour: bool = False,
    side: Literal["in", "out"] = "in",
    channel_axis: Annotated[int, Meta(ge=0, le=2)] = 0,
) -> Evidence:
    """Read the input channels off the first convolution that runs, in a model built for images of a size.

    ``colour`` feeds three-channel images; ``side`` reads the output channels; ``channel_axis`` takes the
    height of the image for its channels.
    """
    import torch

    needs(lab, "model")
    digits = some_digits(lab)[:2]
    images = images_of(lab, 3 if colour else channels, size, 2).movedim(1 + channel_axis, 1)
    fed = images.shape[1]
    with seeded(0):
        model = lab.SimpleMetricEmbedding(fed, emb_size=emb_size)
    # Enlarged only so that the layers fit, whatever axis was taken for the channels.
    ran = steps(model, torch.nn.functional.interpolate(images, size=(28, 28)))
    name = next(step.name for step in ran if isinstance(model.get_submodule(step.name), torch.nn.Conv2d))
    first: Any = model.get_submodule(name)
    measured = first.in_channels if side == "in" else first.out_channels
    grey, wide = int(digits.shape[1]), tuple(digits.shape[2:])
    # Whether a student's images have the channel as a dimension is no matter of this question.
    one = digits[0] if is_own(lab) else singles(lab)[0][0]
    return Evidence(
        cases=(Case(value=int(measured)),),
        claims=(
            Claim(
                "image_is_grey",
                grey == 1 and one.dim() == 3,
                f"slika iz skupa za učenje ima oblik {shape_of(one)}: kanala je {grey}, "
                f"a visina i širina su {wide[0]} i {wide[1]}",
            ),
            *_as_wide_as_images(lab, digits),
        ),
        blocks=(
            Table(
                ("tenzor", "oblik", "izlaznih kanala", "ulaznih kanala", "jezgra"),
                tuple(
                    (name, shape_of(tensor), tensor.shape[0], tensor.shape[1], f"{k[0]}×{k[1]}")
                    for name, tensor in model.named_parameters()
                    if tensor.dim() == 4
                    for k in [tuple(tensor.shape[2:])]
                ),
                title="Težine konvolucija: oblik je (izlazni kanali, ulazni kanali, visina, širina)",
                marked=(0,),
            ),
            shapes_table(ran, f"Sloj po sloj, veličina grupe {len(images)}"),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

slike = torch.rand(2, {fed}, 28, 28)  # grupa, kanali, visina, sirina
prva = nn.LazyConv2d({emb_size}, kernel_size=3)  # broj ulaznih kanala saznaje iz slika
prva(slike)
print(prva.{"in" if side == "in" else "out"}_channels)
""",
            str(int(measured)),
        ),
    )


def _as_wide_as_images(lab: Lab4, digits: Tensor) -> tuple[Claim, ...]:
    """Whether models for other images read all their channels; a student's model may be for digits alone."""
    if is_own(lab):
        return ()
    found = {channels: _reads(lab, digits[:, :1].repeat(1, channels, 1, 1)) for channels in (1, 3)}
    return (
        Claim(
            "reads_every_channel",
            all(channels == read for channels, read in found.items()),
            "; ".join(
                f"uz input_channels = {channels} prva konvolucija čita "
                + (f"kanala: {read}" if read else "druge slike, a na ovima ne radi")
                for channels, read in found.items()
            ),
        ),
    )


def _reads(lab: Lab4, images: Tensor) -> int:
    """The input channels of the first convolution of a model for such images; 0 where it cannot take them."""
    from torch import nn

    with seeded(0):
        model = lab.SimpleMetricEmbedding(images.shape[1], emb_size=4)
    try:
        ran = steps(model, images)
    except RuntimeError:
        return 0
    layers: list[Any] = [model.get_submodule(step.name) for step in ran[:-1]]
    return next((layer.in_channels for layer in layers if isinstance(layer, nn.Conv2d)), 0)
