"""Known mistakes of the convolution unit of lab 4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlab.hooks.common import watching
from quizlab.hooks.lab4.unit import in_lab_order
from quizlab.hooks.owned import offers
from quizlab.own.causes.cause import Cause, Probe

WIDTH = 32
ORDER = "Na blicu je jedinica iz vježbe redom BatchNorm2d → ReLU → Conv2d."


def layers(lab: Any) -> Iterator[Cause]:
    """The layers of the unit: which normalisation, in which order."""
    import torch
    from torch import nn

    unit = lab.BatchNormConvReLU(WIDTH, WIDTH)
    others = (nn.GroupNorm, nn.LayerNorm, nn.InstanceNorm2d, nn.LocalResponseNorm)
    norms = [each for each in unit.modules() if isinstance(each, nn.BatchNorm2d)]
    strange = [type(each).__name__ for each in unit.modules() if isinstance(each, others)]
    if not norms and strange:
        yield Cause(
            "groupnorm",
            "unit",
            "",
            f"Jedinica ima {strange[0]}, a vježba traži normalizaciju po grupi (batch normalization): BatchNorm2d.",
            "„Grupa” je ovdje mini-grupa primjera (batch), a GroupNorm dijeli kanale u skupine; na blicu odgovaraj za "
            "BatchNorm2d.",
            ("q1", "q9", "q16"),
        )
        return
    if not norms:
        yield Cause(
            "no-norm",
            "unit",
            "",
            "U jedinici nema normalizacije, a vježba traži normalizaciju po grupi (batch normalization): BatchNorm2d.",
            "Na blicu broji i γ i β sloja BatchNorm2d, a u state_dict i njegove međuspremnike.",
            ("q1", "q9", "q16"),
        )
        return
    if in_lab_order(lab):
        return
    with torch.no_grad(), watching(unit) as ran:
        unit(torch.randn(2, WIDTH, 8, 8))
    names = [type(each.layer).__name__ for each in ran if not isinstance(each.layer, nn.Identity)]
    sizes = [each.num_features for each in norms]
    if names == ["BatchNorm2d", "Conv2d"]:
        says = "Jedinica nema zglobnice (ReLU) između normalizacije i konvolucije, a vježba je traži."
        yield Cause("no-relu", "unit", "", says, ORDER, ("q1",))
    elif sizes == [WIDTH] and names != ["BatchNorm2d", "ReLU", "Conv2d"]:
        says = f"Slojevi jedinice redom su {' → '.join(names)}, a vježba traži BatchNorm2d → ReLU → Conv2d."
        yield Cause("order", "unit", "", says, ORDER, ("q1",))


def parameters(lab: Any) -> Iterator[Cause]:
    """Parameters of the unit that change nothing."""

    def count(**options: Any) -> int:
        return sum(tensor.numel() for tensor in lab.BatchNormConvReLU(4, 4, **options).parameters())

    if _biases(lab.BatchNormConvReLU(4, 4)) == 0:
        says = "Konvolucija u jedinici nema pristranosti, a u vježbi ih ima (bias=True)."
        yield Cause("no-bias", "unit", "", says, "Na blicu pribroji c_out pristranosti konvolucije.", ("q1",))
    elif offers(lab, "unit", "bias") and count(k=3, bias=True) == count(k=3, bias=False):
        says = "Parametar bias jedinice ništa ne mijenja, a vježba traži da se konvoluciji preda (bias=bias)."
        yield Cause("bias-ignored", "unit", "", says, "Na blicu konvolucija ima pristranosti osim ako piše bias=False.")
    if offers(lab, "unit", "k") and count(k=3) == count(k=5):
        says = "Parametar k jedinice ništa ne mijenja, a vježba traži da bude stranica jezgre."
        yield Cause("kernel-ignored", "unit", "", says, "Na blicu težina konvolucije ima k·k·c_in·c_out.")


def _biases(unit: Any) -> int:
    """How many convolutions of the unit have a bias."""
    from torch import nn

    return sum(each.bias is not None for each in unit.modules() if isinstance(each, nn.Conv2d))


PROBES: tuple[Probe, ...] = (layers, parameters)
