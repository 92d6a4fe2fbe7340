"""Cross-entropy as the logit of the right class grows: exactly, in floats, and from where floats round.

Exact means decimals of as many digits as the number needs: e⁻¹⁰⁰⁰ beside 1 needs over four hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from functools import partial
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

from quizlab.model import Claim, Series
from quizlab.numbers import decimal, scientific

if TYPE_CHECKING:
    import torch

GAPS = (1, 10, 50, 100, 1000)
"""Logits at which the exact loss is computed; the last is far beyond what any float can tell from zero."""

MODERATE = (0.0, 0.5, 1.0, 2.0, 5.0, 8.0)
"""Logits at which floats are trustworthy: there the lab's loss must be the formula's."""

SMALL = (3, 10, 100, 300)
"""Exponents k of the bounds 10⁻ᵏ that the loss falls below."""

SAME = 1e-6
"""Relative difference up to which two losses are equal."""

FARTHEST = 2000.0
"""A logit at which every float has long rounded the loss to zero."""

FLOATS = ("float32", "float64")


class Rounded(NamedTuple):
    """The first logit at which something is exactly 0 (or 1) in each of the `FLOATS`; infinite if never."""

    float32: float
    float64: float


def exact_loss(gap: float, classes: int) -> Decimal:
    """−ln softmax of the right class whose logit is ``gap`` above all others: ln(1 + (C − 1)·e^−gap), exactly.

    The precision grows with the gap, so that what is added to 1 keeps thirty digits of its own.
    """
    with localcontext() as context:
        context.prec = 30 + int(abs(gap) / log(10)) + 1
        return (1 + (classes - 1) * Decimal(-gap).exp()).ln()


def cross_entropy(gap: float, classes: int, kind: str) -> float:
    """Cross-entropy, by torch, of one example whose right logit is ``gap`` and all others zero."""
    import torch
    from torch import nn

    logits = torch.zeros(1, classes, dtype=dtype_of(kind))
    logits[0, 0] = gap
    return float(nn.functional.cross_entropy(logits, torch.tensor([0])))


def first(happens: Callable[[float], bool]) -> float:
    """The smallest number up to `FARTHEST` from which on something happens, by bisection; infinite if it never does."""
    low, high = 0.0, FARTHEST
    if not happens(high):
        return inf
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (low, middle) if happens(middle) else (middle, high)
    return high


def rounded_from(happens: Callable[..., bool]) -> Rounded:
    """Bisect for a condition ``happens(logit, kind=…)`` in each of the `FLOATS`."""
    return Rounded(*(first(partial(happens, kind=kind)) for kind in FLOATS))


def dtype_of(kind: str) -> torch.dtype:
    """Torch's type by its name."""
    import torch

    return {"float32": torch.float32, "float64": torch.float64}[kind]


def infimum_claim(bounded: Mapping[int, Decimal], off: float) -> Claim:
    """The loss falls below every bound, so its infimum is 0; only of the formula's loss can that be said."""
    return Claim(
        "infimum_is_zero",
        off < SAME and all(0 < loss < Decimal(10) ** -k for k, loss in bounded.items()),
        "uz dovoljno velik, ali konačan logit točno izračunat gubitak manji je od "
        f"{'; '.join(scientific(Decimal(10) ** -k, 0) for k in bounded)}: "
        f"{powers(bounded.values())}",
    )


def curve(name: str, xs: Iterable[int], loss: Callable[[float], float]) -> Series:
    """A curve for a logarithmic axis: it ends where the loss becomes zero."""
    points = [(float(x), loss(float(x))) for x in xs]
    kept = [(x, y) for x, y in points if y > 0]
    return Series(name, tuple(x for x, _ in kept), tuple(y for _, y in kept))


def relative(measured: float, expected: Decimal) -> float:
    """How far off a measured loss is, as a share of the exact one."""
    return abs(measured - float(expected)) / float(expected)


def bound(logit: float) -> str:
    """From where on something is rounded, in words."""
    return "nijedan" if abs(logit) == inf else f"{decimal(logit, 1)} i {'više' if logit > 0 else 'manje'}"


def powers(numbers: Iterable[float | Decimal]) -> str:
    """Numbers one after another, each as a power of ten where it needs one."""
    return "; ".join(scientific(each) for each in numbers)


def shown_at(rounded: Rounded) -> tuple[int, ...]:
    """Three logits for a snippet: well before the first rounding to zero, in the middle, and behind it."""
    end = rounded.float32 if rounded.float32 < inf else 100.0
    return (1, max(2, int(end / 2)), int(end) + 10)
