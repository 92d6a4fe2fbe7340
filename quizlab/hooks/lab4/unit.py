"""Proofs about the convolution unit of lab 4: its parameters, tensor by tensor."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Literal

from quizlab.hooks.common import apart, seeded
from quizlab.hooks.faces import Lab4, Small
from quizlab.hooks.owned import is_own, needs, reference_of
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import grouped

if TYPE_CHECKING:
    from torch import nn

Order = Literal["bn-relu-conv", "conv-bn-relu"]

Counted = Literal["parameters", "statistics", "buffers"]
"""The parameters alone; with the running means and variances; with every buffer."""

Window = Literal["full", "flat", "line"]
"""The kernel of the convolution: over all input channels; over one; a row instead of a square."""

WIDTH = 32
CLOSE = 1e-4

PROBES = ((3, 5, 1), (4, 7, 5))
"""Input channels, output channels and kernel of units that no question has asked about."""

ORDERS: dict[Order, str] = {
    "bn-relu-conv": "BN → ReLU → Conv (vježba)",
    "conv-bn-relu": "Conv → BN → ReLU (bilješke)",
}


def unit_parameters(
    lab: Lab4,
    *,
    kernel: Small = 3,
    c_in: Small = 32,
    c_out: Small = 32,
    bias: bool = True,
    batch_norm: bool = True,
    shift: bool = True,
    order: Order = "bn-relu-conv",
    window: Window = "full",
    counted: Counted = "parameters",
) -> Evidence:
    """Count the parameters of a built BatchNormConvReLU, and show what the notes' order would have.

    ``bias``, ``batch_norm``, ``shift`` (the β of the batch norm), ``order``, ``window`` and ``counted`` build and
    count the units behind the usual mistakes.
    The units live on the meta device: their tensors have shapes and no memory.
    """
    import torch
    from torch import nn

    needs(lab, "unit")
    with torch.device("meta"):
        unit = _unit(lab, order, c_in, c_out, kernel, bias)
        if not batch_norm:
            _replace(unit, nn.BatchNorm2d, nn.Identity())
        if window == "flat":
            _replace(unit, nn.Conv2d, nn.Conv2d(1, c_out, kernel, bias=bias))
        if window == "line":
            _replace(unit, nn.Conv2d, nn.Conv1d(c_in, c_out, kernel, bias=bias))
        for norm in [layer for layer in unit.modules() if isinstance(layer, nn.BatchNorm2d)] if not shift else ():
            norm.register_parameter("bias", None)
        in_order = {each: _parameters(_unit(lab, each, c_in, c_out, kernel, bias)) for each in ORDERS}
        # As the lab builds it, with unlike channel counts: only so do the tensors tell what is normalised.
        probe = lab.BatchNormConvReLU(c_in, c_in + 1, k=kernel)
    parameters = {name: tuple(tensor.shape) for name, tensor in unit.named_parameters()}
    buffers = {name: tuple(tensor.shape) for name, tensor in unit.named_buffers()}
    tensors = parameters | {name: shape for name, shape in buffers.items() if _counts(counted, shape)}
    total = sum(prod(shape) for shape in tensors.values())
    layers = [type(layer).__name__ for layer in probe.modules() if not any(layer.children())]
    normalised = [layer.num_features for layer in probe.modules() if isinstance(layer, nn.BatchNorm2d)]
    return Evidence(
        cases=(Case(value=total),),
        claims=(
            Claim(
                "lab_order",
                normalised == [c_in] and in_lab_order(lab),
                f"slojevi su redom {' → '.join(layers)}; ulaznih kanala: {c_in}, izlaznih: {c_in + 1}, "
                f"normaliziranih: {', '.join(map(str, normalised)) or 0}",
            ),
            Claim(
                "buffers_are_no_parameters",
                bool(buffers) and not set(buffers) & set(parameters),
                f"međuspremnika: {len(buffers)}; tenzora u parameters(): {len(parameters)}, među njima "
                f"međuspremnika: {len(set(buffers) & set(parameters))}",
            ),
            *_as_asked(lab),
        ),
        blocks=(
            Table(
                ("tenzor", "uloga", "oblik", "elemenata"),
                tuple((name, _role(unit, name), str(shape), prod(shape)) for name, shape in tensors.items()),
                total=("ukupno", "", "", total),
            ),
            Table(
                ("međuspremnik", "oblik", "elemenata"),
                tuple((name, str(shape), prod(shape)) for name, shape in buffers.items()),
                title="Međuspremnici: ne uče se gradijentom i ne broje se",
            ),
            Table(
                ("redoslijed slojeva", "normalizira se", "parametara"),
                tuple(
                    (
                        ORDERS[each],
                        f"ulaz ({c_in})" if each == "bn-relu-conv" else f"izlaz ({c_out})",
                        in_order[each],
                    )
                    for each in ORDERS
                ),
                title=_about_orders(in_order),
            ),
        ),
        snippet=Snippet(
            _snippet(
                kernel=kernel,
                c_in=c_in,
                c_out=c_out,
                bias=bias,
                batch_norm=batch_norm,
                shift=shift,
                order=order,
                window=window,
                counted=counted,
            ),
            str(total),
        ),
    )


def _unit(lab: Lab4, order: Order, c_in: int, c_out: int, kernel: int, bias: bool) -> nn.Module:
    """A unit with its layers in this order; what a student did not write comes from our lab."""
    if not is_own(lab):
        return lab.BatchNormConvReLU(c_in, c_out, k=kernel, bias=bias, order=order)
    if order == "bn-relu-conv":
        return lab.BatchNormConvReLU(c_in, c_out, k=kernel, bias=bias)
    ours: nn.Module = reference_of(lab).BatchNormConvReLU(c_in, c_out, k=kernel, bias=bias, order=order)
    return ours


def _as_asked(lab: Lab4) -> tuple[Claim, ...]:
    """Whether units of other sizes have as many parameters as the formula says; a student's sizes may be fixed."""
    import torch

    if is_own(lab):
        return ()
    with torch.device("meta"):
        found = {size: _parameters(_unit(lab, "bn-relu-conv", *size, True)) for size in PROBES}
    expected = {(c_in, c_out, k): k * k * c_in * c_out + c_out + 2 * c_in for c_in, c_out, k in PROBES}
    return (
        Claim(
            "sizes_as_asked",
            found == expected,
            "; ".join(
                f"{c_in} → {c_out} kanala, jezgra {k}×{k}: parametara {grouped(found[c_in, c_out, k])}, a po formuli "
                f"{grouped(expected[c_in, c_out, k])}"
                for c_in, c_out, k in PROBES
            ),
        ),
    )


def in_lab_order(lab: Lab4) -> bool:
    """Whether a small unit computes conv(ReLU(bn(x))) with its own two layers, however they are put together."""
    import torch
    from torch import nn

    with seeded(0), torch.no_grad():
        maps = torch.randn(4, WIDTH, 8, 8) + 1
        unit = lab.BatchNormConvReLU(WIDTH, WIDTH, k=3)
        layers = list(unit.train().modules())
        norms = [layer for layer in layers if isinstance(layer, nn.BatchNorm2d)]
        convolutions = [layer for layer in layers if isinstance(layer, nn.Conv2d)]
        if len(norms) != 1 or len(convolutions) != 1 or norms[0].num_features != WIDTH:
            return False
        return apart(unit(maps.clone()), convolutions[0](norms[0](maps).relu())) < CLOSE


def _counts(counted: Counted, shape: tuple[int, ...]) -> bool:
    """Whether a buffer of this shape is counted; the batch counter is a single number without dimensions."""
    return counted == "buffers" or (counted == "statistics" and bool(shape))


def _replace(unit: nn.Module, kind: type[nn.Module], layer: nn.Module) -> None:
    """Put another layer in the place of the unit's layers of one kind."""
    for name, child in list(unit.named_children()):
        if isinstance(child, kind):
            setattr(unit, name, layer)


def _parameters(module: nn.Module) -> int:
    return sum(tensor.numel() for tensor in module.parameters())


def _role(unit: nn.Module, name: str) -> str:
    """What a tensor of the unit is for, told by the layer it belongs to."""
    from torch import nn

    where, _, leaf = name.rpartition(".")
    normalises = isinstance(unit.get_submodule(where), nn.BatchNorm2d)
    return {
        "weight": "γ" if normalises else "jezgre",
        "bias": "β" if normalises else "pristranosti",
        "running_mean": "tekući prosjek",
        "running_var": "tekuća varijanca",
        "num_batches_tracked": "brojač grupa",
    }.get(leaf, "")


def _about_orders(in_order: dict[Order, int]) -> str:
    here, notes = (grouped(in_order[each]) for each in ORDERS)
    if here == notes:
        return "Oba redoslijeda slojeva daju isti broj samo zato što je kanala jednako na ulazu i na izlazu"
    return f"Redoslijed slojeva ovdje je važan: {here} u vježbi, {notes} po bilješkama"


def _snippet(
    *,
    kernel: int,
    c_in: int,
    c_out: int,
    bias: bool,
    batch_norm: bool,
    shift: bool,
    order: Order,
    window: Window,
    counted: Counted,
) -> str:
    """The same unit in plain PyTorch."""
    first = order == "bn-relu-conv"
    kind, maps = "Conv1d" if window == "line" else "Conv2d", 1 if window == "flat" else c_in
    conv = f"nn.{kind}({maps}, {c_out}, kernel_size={kernel}{'' if bias else ', bias=False'})"
    norm = [f"nn.BatchNorm2d({c_in if first else c_out})"] if batch_norm else []
    layers = [*norm, "nn.ReLU()", conv] if first else [conv, *norm, "nn.ReLU()"]
    lines = "".join(f"    {layer},\n" for layer in layers)
    without = "" if shift else f"jedinica[{0 if first else 1}].bias = None\n"
    tensors = "parameters()" if counted == "parameters" else "state_dict().values()"
    some = " if t.dim()" if counted == "statistics" else ""  # the batch counter has no dimensions
    return f"""\
from torch import nn

jedinica = nn.Sequential(
{lines})
{without}print(sum(t.numel() for t in jedinica.{tensors}{some}))
"""
