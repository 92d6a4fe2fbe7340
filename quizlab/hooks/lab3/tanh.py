"""Proofs about tanh: its derivative and its range."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from math import inf
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import apart, rounded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.weights import CLOSE, numpy_network
from quizlab.model import Case, Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, gap, row, scientific

if TYPE_CHECKING:
    from torch import Tensor

Function = Literal["tanh", "sigmoid", "relu"]
AnyFunction = Literal["tanh", "sigmoid", "relu", "identity"]
Scale = Annotated[float, Meta(ge=0.1, le=10)]
Steps = Annotated[int, Meta(ge=1, le=100)]
Shift = Annotated[int, Meta(ge=-100, le=100)]

DIGITS = 200
"""Digits of the arithmetic that stands in for the exact one."""

FAR = (1, 5, 10, 20, 50, 200)
"""How far out to look: at 200 even float32 has nothing left between a sigmoid and 0."""


def tanh_derivative(lab: Lab3, *, scale: Scale = 1.0, function: Function = "tanh") -> Evidence:
    """Find the derivative of tanh(scale·x) in the lab's backward pass, and compare it with autograd in float64.

    In a network with one hidden value and W_xh = scale, ∂L/∂b_h over ∂L/∂h is the slope of tanh that the lab multiplied
    by; times W_xh it is the derivative of the state by x.

    ``function`` takes the derivative of another non-linearity instead.
    """
    import torch

    points = [step / 2 for step in range(-6, 7)]
    x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    (slopes,) = torch.autograd.grad(getattr(torch, function)(scale * x).sum(), x)
    back = _slopes_of_backward(lab, points, scale)
    off_back, peak = apart(back, 1 - (scale * x.detach()).tanh() ** 2), float(slopes.max())
    found = scale * back if function == "tanh" else slopes
    return Evidence(
        # not at 0, where tanh, x and their squares are all 0 and every second formula gives 1
        cases=tuple(Case(value=slope, given={"x": at}) for at, slope in zip(points, found.tolist(), strict=True) if at),
        claims=(
            Claim(
                "lab_backpropagates_with_it",
                off_back < CLOSE,
                f"faktor kroz tanh u prolazu unatrag mreže iz vježbe: najveća razlika od "
                f"1 − tanh²({_inside(scale)}) iznosi {gap(off_back)}",
            ),
            Claim(
                "one_only_at_zero",
                float(slopes[points.index(0)]) == peak == scale and int((slopes == peak).sum()) == 1,
                f"derivacija je najveća u nuli, {decimal(float(slopes[points.index(0)]))}, a za x = 3 iznosi "
                f"{decimal(float(slopes[-1]), 4)}",
            ),
        ),
        blocks=(
            _slopes_plot(function, scale, points, x, slopes),
            Table(
                ("x", _of_x("tanh", scale), "derivacija (autograd)", f"faktor 1 − tanh²({_inside(scale)}) u vježbi"),
                tuple(
                    (at, *(round(float(column[place]), 4) for column in ((scale * x.detach()).tanh(), slopes, back)))
                    for place, at in enumerate(points)
                    if at == int(at)
                ),
            ),
        ),
        snippet=_derivative_snippet(function, scale, x, slopes),
    )


def tanh_range(
    lab: Lab3,  # noqa: ARG001 (the range of tanh is the same in every lab)
    *,
    scale: Steps = 1,
    shift: Shift = 0,
    function: AnyFunction = "tanh",
    arithmetic: Literal["exact", "float32"] = "exact",
) -> Evidence:
    """Follow scale·tanh(x) + shift far out on both sides and tell where it tends and whether it ever gets there.

    No float can tell: all of them round to exactly 1. So the values are worked out with many digits, and it
    is measured beside them from where float32 and float64 return 1.

    ``function`` follows another function; ``arithmetic`` believes what float32 returns.
    """
    import torch

    plain = _exactly(function) if arithmetic == "exact" or function == "identity" else _in_float32(function)
    values = _moved(plain, scale, shift)
    low, low_closed = _end(values, FAR, -1)
    high, high_closed = _end(values, FAR, +1)
    tanh = _exactly("tanh")
    gaps = {x: 1 - tanh[x] for x in FAR}
    below = {x: 1 + tanh[-x] for x in FAR}
    first = {kind: _first_one(getattr(torch, kind)) for kind in ("float32", "float64")}
    return Evidence(
        cases=(Case(value=(low, high, low_closed, high_closed)),),
        claims=(
            Claim(
                "never_reaches_one",
                all(0 < each < 1 for each in (*gaps.values(), *below.values())),
                f"svojstvo same funkcije, isto u svakoj vježbi: računato s {DIGITS} znamenki, 1 − "
                f"tanh({FAR[2]}) iznosi {scientific(gaps[FAR[2]])}, "
                f"1 − tanh({FAR[-1]}) iznosi {scientific(gaps[FAR[-1]])}, a tanh(−{FAR[-1]}) + 1 iznosi "
                f"{scientific(below[FAR[-1]])}",
            ),
            Claim(
                "float32_rounds_to_one",
                0 < first["float32"] < first["float64"] < inf,
                f"svojstvo PyTorcha: float32 vraća točno 1 već od x = {decimal(first['float32'])}, a float64 tek od "
                f"x = {decimal(first['float64'])}",
            ),
        ),
        blocks=(
            Table(
                ("x", "1 − tanh(x)", "tanh(x) u float32", "tanh(x) u float64"),
                tuple((x, scientific(gaps[x]), *(_printed(x, kind) for kind in first)) for x in FAR),
                title=f"Lijevo je račun s {DIGITS} znamenki, desno zaokruživanje",
            ),
            Table(
                ("tip", "prvi x (korak 0,01) za koji je tanh(x) = 1"),
                tuple((kind, round(at, 2)) for kind, at in first.items()),
            ),
            Plot(
                title=_of_x(function, 1, scale, shift),
                x_label="x",
                y_label="vrijednost",
                series=(_curve(function, scale, shift),),
            ),
        ),
        snippet=_range_snippet(gaps, first),
    )


def _slopes_of_backward(lab: Lab3, points: list[float], scale: float) -> Tensor:
    """The factor by which the lab's backward pass goes through the non-linearity, at every point."""
    import numpy as np
    import torch

    one = torch.ones(1, 1, dtype=torch.float64)
    network = numpy_network(lab, {"W_xh": scale * one, "W_hh": 0 * one, "b_h": 0 * one[0]}, 3)
    factors = []
    for point in points:
        gradients = network.backward(network.forward(np.array([[[point]]])), np.array([[0]]))
        factors.append(float(gradients.parameters.b_h[0] / gradients.states[1, 0, 0]))
    return torch.tensor(factors, dtype=torch.float64)


def _both_sides() -> list[int]:
    """Where to look, on either side of zero."""
    return [*(-x for x in FAR), *FAR]


def _exactly(function: AnyFunction) -> dict[int, Decimal]:
    """The function far out on both sides, to many digits."""
    with localcontext() as context:
        context.prec = DIGITS
        one = Decimal(1)
        formulas: Mapping[str, Callable[[Decimal], Decimal]] = {
            "tanh": lambda x: ((2 * x).exp() - 1) / ((2 * x).exp() + 1),
            "sigmoid": lambda x: one / (one + (-x).exp()),
            "relu": lambda x: max(x, Decimal(0)),
            "identity": lambda x: x,
        }
        return {x: formulas[function](Decimal(x)) for x in _both_sides()}


def _moved(values: Mapping[int, Decimal], scale: int, shift: int) -> dict[int, Decimal]:
    """The values scaled and shifted, to as many digits."""
    with localcontext() as context:
        context.prec = DIGITS
        return {x: scale * value + shift for x, value in values.items()}


def _of_x(function: str, inner: float, outer: int = 1, shift: int = 0) -> str:
    """A function as people write it: 2·tanh(x) + 1."""
    moved = f" {'−' if shift < 0 else '+'} {abs(shift)}" if shift else ""
    return f"{f'{outer}·' if outer != 1 else ''}{function}({_inside(inner)}){moved}"


def _inside(scale: float) -> str:
    """What a function is taken of: x or 2·x."""
    return "x" if scale == 1 else f"{row([scale])}·x"


def _in_float32(function: Function) -> dict[int, Decimal]:
    """The function far out on both sides, as float32 returns it."""
    import torch

    return {x: Decimal(float(getattr(torch, function)(torch.tensor(float(x))))) for x in _both_sides()}


def _end(values: Mapping[int, Decimal], far: tuple[int, ...], side: int) -> tuple[float, bool]:
    """Where the values tend on one side (infinity if they go on moving), and whether they get there."""
    last, before = values[side * far[-1]], values[side * far[-2]]
    if abs(last - before) > 1:
        return side * inf, False
    end = round(last)
    return float(end), any(value == end for value in values.values())


def _first_one(kind: object) -> float:
    """The first x, in steps of 0.01, whose tanh this type rounds to exactly 1."""
    import torch

    x = torch.arange(0, 3000, dtype=torch.float64) / 100
    ones = x[torch.tanh(x.to(kind)) == 1]  # type: ignore[call-overload]
    return float(ones[0]) if len(ones) else inf


def _printed(x: float, kind: str) -> str:
    """tanh(x) as Python prints it in this type."""
    import torch

    return str(torch.tanh(torch.tensor(float(x), dtype=getattr(torch, kind))).numpy())


def _curve(function: AnyFunction, scale: int, shift: int) -> Series:
    """The function near zero."""
    import torch

    x = torch.linspace(-6, 6, 49)
    y = scale * (x if function == "identity" else getattr(torch, function)(x)) + shift
    return Series(function, tuple(x.tolist()), tuple(y.tolist()))


def _slopes_plot(function: Function, scale: float, points: Sequence[float], x: Tensor, slopes: Tensor) -> Plot:
    """The function and its derivative."""
    import torch

    return Plot(
        title="Funkcija i njezina derivacija",
        x_label="x",
        y_label="vrijednost",
        series=(
            Series(_of_x(function, scale), tuple(points), tuple(getattr(torch, function)(scale * x).tolist())),
            Series("derivacija", tuple(points), tuple(slopes.tolist())),
        ),
    )


def _derivative_snippet(function: Function, scale: float, x: Tensor, slopes: Tensor) -> Snippet:
    """Autograd's derivative beside a·(1 − tanh²), at whole numbers."""
    a = f"{scale:g}"
    inside, outside = ("x", "") if scale == 1 else (f"({a} * x)", f"{a} * ")
    by_hand = scale * (1 - (scale * x.detach()).tanh() ** 2)
    return Snippet(
        f"""\
import torch

x = torch.arange(-3, 4, dtype=torch.float64, requires_grad=True)
y = torch.{function}({inside.strip("()")})
y.sum().backward()
print([round(g, 4) for g in x.grad.tolist()])
print([round(v, 4) for v in ({outside}(1 - {inside}.tanh() ** 2)).tolist()])
""",
        f"{rounded(slopes[::2])}\n{rounded(by_hand[::2])}",
    )


def _range_snippet(gaps: Mapping[int, Decimal], first: Mapping[str, float]) -> Snippet:
    """1 − tanh far out to many digits, and from where floats return 1."""
    return Snippet(
        f"""\
from decimal import Decimal, getcontext
import torch

getcontext().prec = {DIGITS}
e = Decimal(2 * {FAR[-1]}).exp()
print(f"{{1 - (e - 1) / (e + 1):.1e}}")
x = torch.arange(0, 3000, dtype=torch.float64) / 100
for tip in (torch.float32, torch.float64):
    print(tip, round(x[torch.tanh(x.to(tip)) == 1][0].item(), 2))
""",
        "\n".join((f"{gaps[FAR[-1]]:.1e}", *(f"torch.{kind} {round(at, 2)}" for kind, at in first.items()))),
    )
