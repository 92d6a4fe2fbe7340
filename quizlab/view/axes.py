"""Axes of plots: how far they reach, where a value lies on them, and which values are labelled."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from quizlab import numbers
from quizlab.model import Plot


class Axis(Struct, frozen=True):
    """One axis: how far it reaches, on a logarithmic scale in powers of ten."""

    low: float
    high: float
    log: bool = False

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1; halves are subtracted, so that even ±1e308 does not overflow."""
        span = self.high / 2 - self.low / 2
        return (self._scaled(value) / 2 - self.low / 2) / span if span else 0.5

    def has(self, value: float) -> bool:
        """Whether a value can be drawn here at all."""
        return math.isfinite(value) and (value > 0 or not self.log)

    def ticks(self, most: int) -> dict[float, str]:
        """At most so many round values with their labels."""
        return _decades(self, most) if self.log else _round(self, most)

    def _scaled(self, value: float) -> float:
        return math.log10(value) if self.log else value


def scales(plot: Plot) -> tuple[Axis, Axis] | None:
    """The axes that hold everything that can be drawn; None where nothing can."""
    up = Axis(0, 1, log=plot.log_y)
    points = [
        (x, y) for each in plot.series for x, y in zip(each.x, each.y, strict=True) if math.isfinite(x) and up.has(y)
    ]
    if not points:
        return None
    heights = [math.log10(y) if plot.log_y else y for _, y in points]
    return Axis(*_limits([x for x, _ in points])), Axis(*_limits(heights), log=plot.log_y)


def _limits(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    if low == high or not high / 2 - low / 2:
        room = abs(low) / 10 or 1.0
        low, high = low - room, high + room
    if math.isfinite(low) and math.isfinite(high):
        return low, high
    return min(values[0] / 2, values[0]), max(values[0] / 2, values[0])


def _round(axis: Axis, most: int) -> dict[float, str]:
    """Round values 1, 2 or 5 times a power of ten apart."""
    rough = max(axis.high / most - axis.low / most, 5e-324)
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 1e-300 else rough
    step = next((power * each for each in (1, 2, 5) if power * each >= rough * 0.999), power * 10)
    if not math.isfinite(step) or not math.isfinite(axis.low / step) or abs(axis.low / step) > 1e12:
        return {value: _number(value, abs(value)) for value in (axis.low, axis.high)}
    first, last = math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9)
    values = [number * step for number in range(first, last + 1)]
    biggest = max((abs(value) for value in values), default=0.0)
    return {value: _number(value, biggest, step) for value in values}


def _decades(axis: Axis, most: int) -> dict[float, str]:
    """Whole powers of ten; within less than two decades, the ends themselves."""
    first, last = math.ceil(axis.low - 1e-9), math.floor(axis.high + 1e-9)
    if last - first < 1:
        ends = {10.0**axis.low, 10.0**axis.high}
        return {value: _number(value, value, value / 10) for value in ends if 0 < value < math.inf}
    step = max(1, math.ceil((last - first) / (most - 1)))
    powers = {10.0**power: power for power in range(first, last + 1, step) if -323 < power < 309}
    return {value: numbers.power_of_ten(power) for value, power in powers.items()}


def _number(value: float, biggest: float, step: float = 0.0) -> str:
    """A label with a decimal comma, with as many decimals as the step between labels needs."""
    decimals = max(0, -math.floor(math.log10(step))) if step else 3
    return numbers.label(value, decimals, powers=not 1e-4 <= biggest < 1e6)
