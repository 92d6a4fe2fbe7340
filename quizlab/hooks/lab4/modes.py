"""Proof about train() and eval(): what each mode changes, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import seeded, set_mode, some_digits
from quizlab.hooks.faces import Lab4
from quizlab.hooks.owned import is_own, material, needs
from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import decimal

if TYPE_CHECKING:
    from torch import Tensor, nn

MAPS = 4
OWN_MAPS = 32
"""A student's unit is built as wide as the lab has it: other numbers may be written into it."""

COMPARED = 16
KINDS = {"norm": "normalizacija", "activation": "aktivacija", "conv": "konvolucija", "dropout": "dropout"}


class Change(NamedTuple):
    """One layer run in both modes on one input.

    How far its outputs differ, and how far each mode moved its running statistics.
    """

    kind: str
    layer: str
    between: float
    moved_in_train: float
    moved_in_eval: float


def modes(lab: Lab4) -> Evidence:
    """Run the layers of the lab's unit, and dropout beside them, in both modes on the same input.

    Then look for what the other answers say: are gradients stopped in eval, are other images given out.
    """
    from torch import nn

    needs(lab, "unit")
    maps = OWN_MAPS if is_own(lab) else MAPS
    with seeded(0):
        unit = lab.BatchNormConvReLU(maps, maps)
        layers = [layer for layer in unit.modules() if not any(layer.children())]
        changes = [_change(layer, maps) for layer in layers]
        dropout = _change(nn.Dropout(0.5), maps)
        flags = _flags(material(lab, "model").SimpleMetricEmbedding(1, maps))
        reached, tensors = _gradients(lab)
        same, split, compared = _same_items(lab)
        plain = [_change(layer, maps) for layer in (nn.BatchNorm2d(maps), nn.ReLU())]
    norms = [change for change in changes if change.kind == "norm"]
    activations = [change for change in changes if change.kind == "activation"]
    return Evidence(
        claims=(
            Claim(
                "changes_normalisation",
                bool(norms) and all(c.between > 0 and c.moved_in_train > 0 and c.moved_in_eval == 0 for c in norms),
                " ".join(
                    f"najveća razlika izlaza sloja {c.layer} za isti ulaz u dva načina iznosi "
                    f"{decimal(c.between)}, a najveći pomak tekućih statistika {decimal(c.moved_in_train)} "
                    f"u train() i {decimal(c.moved_in_eval)} u eval()"
                    for c in norms
                )
                or "u jedinici nema normalizacijskog sloja",
            ),
            Claim(
                "changes_activation",
                any(c.between > 0 for c in activations),
                "; ".join(
                    f"{c.layer} daje izlaze koji se u dva načina razlikuju za {decimal(c.between)}" for c in activations
                )
                or "u jedinici nema aktivacijskog sloja",
            ),
            Claim(
                "chooses_data",
                same < compared,
                f"isti primjeri iz skupa podataka u oba načina: {same} od {compared}; isti primjeri u skupovima "
                f"za učenje i za ispitivanje, koje bira argument split: {split} od {compared}",
            ),
            Claim(
                "stops_gradients",
                reached == 0,
                f"u načinu eval() gradijent je dobilo {reached} od {tensors} tenzora",
            ),
            Claim(
                "others_alike",
                not any(c.between for c in changes if c.kind in ("conv", "activation")),
                "; ".join(
                    f"{c.layer} daje izlaze koji se u dva načina razlikuju za {decimal(c.between)}"
                    for c in changes
                    if c.kind in ("conv", "activation")
                )
                or "u jedinici nema drugih slojeva",
            ),
            Claim(
                "dropout_differs",
                dropout.between > 0 and dropout.moved_in_eval == 0,
                f"najveća razlika izlaza PyTorchova sloja Dropout, koji se ovdje ispituje zasebno, u dva načina iznosi "
                f"{decimal(dropout.between)}",
            ),
            Claim(
                "sets_flag",
                flags == {True: True, False: True},
                f"je li zastavica training u svim slojevima postavljena prema načinu rada: nakon train() "
                f"{_yes(flags[True])}, nakon eval() {_yes(flags[False])}",
            ),
        ),
        blocks=(
            Table(
                ("sloj", "vrsta", "razlika izlaza", "pomak u train()", "pomak u eval()"),
                tuple(
                    (
                        c.layer,
                        KINDS[c.kind],
                        *(round(x, 3) for x in (c.between, c.moved_in_train, c.moved_in_eval)),
                    )
                    for c in (*changes, dropout)
                ),
                title="Isti ulaz u oba načina rada; pomak se odnosi na tekući prosjek i varijancu",
                marked=tuple(index for index, c in enumerate(changes) if c.kind == "norm"),
            ),
            Note(f"Gradijent je u načinu eval() dobilo {reached} od {tensors} tenzora s parametrima."),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(8, {maps}, 6, 6) + 2
for sloj in (nn.BatchNorm2d({maps}), nn.ReLU()):
    u_ucenju = sloj.train()(x)
    u_vrednovanju = sloj.eval()(x)
    print(type(sloj).__name__, not torch.equal(u_ucenju, u_vrednovanju))
""",
            "\n".join(f"{c.layer} {c.between > 0}" for c in plain),  # the snippet's layers, whatever the lab's are
        ),
    )


def _change(layer: nn.Module, width: int) -> Change:
    """Run one layer in evaluation mode, in training mode, and look at its buffers before and after each."""
    import torch
    from torch import nn

    norms = (nn.modules.batchnorm._NormBase, nn.GroupNorm, nn.LayerNorm)
    kinds: dict[str, Any] = {"norm": norms, "conv": nn.modules.conv._ConvNd, "dropout": nn.Dropout}
    kind = next((name for name, of in kinds.items() if isinstance(layer, of)), "activation")
    maps = torch.randn(8, width, 6, 6) + 2
    with torch.no_grad():
        start = _statistics(layer)
        in_eval = layer.eval()(maps.clone())  # a rectifier may work in place
        after_eval = _statistics(layer)
        in_train = layer.train()(maps.clone())
        after_train = _statistics(layer)
    return Change(
        kind,
        type(layer).__name__,
        float((in_train - in_eval).abs().max()),
        float((after_train - after_eval).abs().max()),
        float((after_eval - start).abs().max()),
    )


def _statistics(layer: nn.Module) -> Tensor:
    """A copy of a layer's running mean and variance in one row; a layer without any has a single zero."""
    import torch

    return torch.cat([torch.zeros(1), *(b.flatten() for b in layer.buffers() if b.is_floating_point())])


def _flags(model: Any) -> dict[bool, bool]:
    """For each mode: whether every layer of the model carries it as its ``training`` flag."""
    found = {}
    for mode, switch in ((True, model.train), (False, model.eval)):
        switch()
        found[mode] = all(layer.training == mode for layer in model.modules())
    return found


def _yes(holds: bool) -> str:
    return "da" if holds else "ne"


def _gradients(lab: Lab4) -> tuple[int, int]:
    """In evaluation mode: how many tensors of the lab's model got a gradient, and how many there are."""
    model = material(lab, "model").SimpleMetricEmbedding(1, OWN_MAPS if is_own(lab) else MAPS)
    set_mode(model, training=False)
    features = model.get_features(some_digits(lab)[:4])
    if features.requires_grad:
        features.square().sum().backward()
    tensors = list(model.parameters())
    return sum(tensor.grad is not None for tensor in tensors), len(tensors)


def _same_items(lab: Lab4) -> tuple[int, int, int]:
    """How many items a data set gives out alike when the model is in either mode; how many another split; of how many.

    Random generators start alike each time, so that what a data set changes by chance is no matter of the mode.
    """
    import torch

    model = material(lab, "model").SimpleMetricEmbedding(1, OWN_MAPS if is_own(lab) else MAPS)
    given = []
    for mode, split in ((True, "traineval"), (False, "traineval"), (False, "test")):
        with seeded(0):
            images = material(lab, "dataset").MNISTMetricDataset(split=split, seed=0)
            model.train() if mode else model.eval()
            given.append([images[index] for index in range(COMPARED)])
    same, split_alike = (
        sum(
            torch.equal(image, other) and int(label) == int(other_label)
            for (image, label), (other, other_label) in zip(given[0], others, strict=True)
        )
        for others in given[1:]
    )
    return same, split_alike, COMPARED
