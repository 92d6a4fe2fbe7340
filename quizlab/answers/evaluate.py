"""Evaluates formulas: numbers, names, arithmetic and a few functions.

The text that arrives here was built by `expression` from tokens it knows, so it is well formed, and nothing here
runs text as code: it becomes a tree of closures from the values of the names to a value.
"""

from __future__ import annotations

import math
import operator
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quizlab.answers.reading import Formula

if TYPE_CHECKING:
    from quizlab.model import Atom

Number = int | float
Env = Mapping[str, Number]

BITS = 4096
"""Longest whole number, in bits, that is computed exactly."""

RELATIVE, ABSOLUTE = 1e-6, 1e-9
"""How far a number may lie from a measured one, when they are not both whole, and still be equal."""

FINE_RELATIVE, FINE_ABSOLUTE = 1e-9, 1e-11
"""The same where both were computed here, in double precision."""


class TooBigError(OverflowError):
    """A whole number would be longer than `BITS`."""


def _times(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int) and a.bit_length() + b.bit_length() > BITS:
        raise TooBigError
    return a * b


def _over(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int) and b != 0 and a % b == 0:
        return a // b
    return a / b


def whole(value: Number) -> Number:
    """A number that is whole but for rounding, as an int: 216^(1/3) is 6, whoever computes it."""
    near = isinstance(value, float) and abs(value) < 2**53
    if near and abs(value - round(value)) <= min(1e-9 * max(1.0, abs(value)), 1e-3):
        return round(value)
    return value


def _floored(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int):
        return a // b
    return float(math.floor(whole(a / b)))


def _power(a: Number, b: Number) -> Number:
    if a < 0 and isinstance(b, float):
        b = float(whole(b))
    if isinstance(a, int) and isinstance(b, int) and abs(a) > 1 and a.bit_length() * abs(b) > BITS:
        raise TooBigError
    if a < 0 and b != int(b):
        raise ValueError("no real power")
    try:
        result: Number = a**b
    except OverflowError:
        return math.inf if a > 0 else math.nan
    return result


def _grown(grows: Callable[[float], float], below: float) -> Callable[[Number], float]:
    """The function with ∞ (``below`` for negative numbers) where it is too large, so that 1/cosh(x) is 0 there."""

    def limited(x: Number) -> float:
        try:
            return grows(x)
        except OverflowError:
            return math.inf if x > 0 else below

    return limited


def _softmax(x: Number) -> float:
    """Beside one other logit, of 1: softmax is not of one number, and so it is no twin of another function here."""
    return _sigmoid(x - 1)


def _sigmoid(x: Number) -> float:
    return 0.5 * (1 + math.tanh(x / 2))


FUNCTIONS: dict[str, Callable[..., Number]] = {
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": _grown(math.exp, 0.0),
    "log": math.log,
    "tanh": math.tanh,
    "sinh": _grown(math.sinh, -math.inf),
    "cosh": _grown(math.cosh, math.inf),
    "sech": lambda x: 1 / _grown(math.cosh, math.inf)(x),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "atan": math.atan,
    "softplus": lambda x: math.log1p(math.exp(-abs(x))) + max(0, x),
    "relu": lambda x: max(0, x),
    "floor": lambda x: math.floor(whole(x)),
    "ceil": lambda x: math.ceil(whole(x)),
}
SEVERAL = ("max", "min")
"""Functions of two or more arguments; the others have one."""

CONSTANTS = {"e": math.e, "pi": math.pi}


def numeric(params: Mapping[str, Atom]) -> dict[str, Number]:
    """The parameters that can stand in an expression; a truth value counts as 0 or 1."""
    return {
        name: int(value) if isinstance(value, bool) else value
        for name, value in params.items()
        if not isinstance(value, str)
    }


def evaluate(formula: Formula, env: Env) -> Number | None:
    """The finite value of the formula, or None where it has none (or a name has no value)."""
    try:
        return compute(formula, env)
    except (TooBigError, ArithmeticError, ValueError, TypeError, KeyError, RecursionError, MemoryError):
        return None


def compute(formula: Formula, env: Env) -> Number:
    """The value of the formula; raises what arithmetic raises, and ValueError for what is not finite."""
    result = _compiled(formula.source)([env[name] for name in formula.names])
    if isinstance(result, bool) or not math.isfinite(result):
        raise ValueError("no finite value")
    return result


Run = Callable[[Sequence[Number]], Number]

_PIECES = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|[a-z]+[0-9]*|\*\*|//|[-+*/(),]")
_BINDING: dict[str, tuple[int, Callable[[Number, Number], Number]]] = {
    "+": (1, operator.add),
    "-": (1, operator.sub),
    "*": (2, _times),
    "/": (2, _over),
    "//": (2, _floored),
}


@lru_cache(maxsize=512)
def _compiled(source: str) -> Run:
    return _Compiler(source).sums(1)


class _Compiler:
    """Reads a source by Python's order of operations, one method for each way in which something binds."""

    def __init__(self, source: str) -> None:
        self.pieces = _PIECES.findall(source)[::-1]

    def sums(self, loosest: int) -> Run:
        """Operators that bind at least so tightly, from the left."""
        left = self.signed()
        while self.pieces and (found := _BINDING.get(self.pieces[-1])) and found[0] >= loosest:
            self.pieces.pop()
            left = _both(found[1], left, self.sums(found[0] + 1))
        return left

    def signed(self) -> Run:
        if self.pieces[-1] != "-":
            return self.raised()
        self.pieces.pop()
        inner = self.signed()
        return lambda values: -inner(values)

    def raised(self) -> Run:
        base = self.operand()
        if not self.pieces or self.pieces[-1] != "**":
            return base
        self.pieces.pop()
        return _both(_power, base, self.signed())

    def operand(self) -> Run:
        piece = self.pieces.pop()
        if piece == "(":
            return self.arguments()[0]
        if piece in FUNCTIONS:
            self.pieces.pop()
            run, given = FUNCTIONS[piece], self.arguments()
            return lambda values: run(*(each(values) for each in given))
        if piece[0] == "v":
            index = int(piece[1:])
            return lambda values: values[index]
        number = CONSTANTS[piece] if piece in CONSTANTS else int(piece) if piece.isdigit() else float(piece)
        return lambda _: number

    def arguments(self) -> list[Run]:
        """What stands between brackets, the opening one read already."""
        found = [self.sums(1)]
        while self.pieces.pop() == ",":
            found.append(self.sums(1))
        return found


def _both(run: Callable[[Number, Number], Number], left: Run, right: Run) -> Run:
    return lambda values: run(left(values), right(values))


def equal(said: Number, measured: Number) -> bool:
    """Whole numbers exactly, others within `RELATIVE` or `ABSOLUTE`."""
    return _close(said, measured, RELATIVE, ABSOLUTE)


def equal_formulas(said: Number, measured: Number) -> bool:
    """Like `equal`, but finely unless the other number may have been measured in single precision.

    What a lab measures is a count or float32; what is computed from a key at a random point is float32 only by
    chance.
    """
    if isinstance(measured, float) and single(measured):
        return equal(said, measured)
    return _close(said, measured, FINE_RELATIVE, FINE_ABSOLUTE)


def single(number: float) -> bool:
    """Whether a number is one of single precision."""
    try:
        return bool(struct.unpack("f", struct.pack("f", number))[0] == number)
    except OverflowError:
        return False


def _close(said: Number, measured: Number, relative: float, absolute: float) -> bool:
    if isinstance(said, int) and isinstance(measured, int):
        return said == measured
    try:
        return math.isclose(said, measured, rel_tol=relative, abs_tol=absolute)
    except OverflowError:
        return False


_SAMPLES = (2, 5, 0.375, 3, 1.25, 7, 0.8125, 11)


def alike(one: Formula, other: Formula) -> bool:
    """Whether two formulas have equal values at a few points, both signs, wherever both have one."""
    names = tuple(dict.fromkeys((*one.names, *other.names)))
    for shift in range(len(_SAMPLES)):
        sign = -1 if shift % 4 == 3 else 1
        env = {name: sign * _SAMPLES[(at + shift) % len(_SAMPLES)] for at, name in enumerate(names)}
        a, b = evaluate(one, env), evaluate(other, env)
        if a is not None and b is not None and not equal(a, b):
            return False
    return True


def is_number(value: object) -> bool:
    """Whether a measured value is one number; a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
