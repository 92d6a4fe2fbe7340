"""Evaluates formulas with simpleeval, allowed only numbers, names, arithmetic and a few functions.

The text that arrives here was built by `expression` from tokens it knows, so it holds nothing else anyway.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from quizlab.answers.reading import Formula

if TYPE_CHECKING:
    from quizlab.model import Atom

Number = int | float
Env = Mapping[str, Number]

BITS = 4096
"""Longest whole number, in bits, that is computed exactly."""

RELATIVE, ABSOLUTE = 1e-6, 1e-9
"""How far numbers may lie apart, when they are not both whole, and still be equal."""


_LOCK = Lock()


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


def _power(a: Number, b: Number) -> Number:
    if isinstance(a, int) and isinstance(b, int) and abs(a) > 1 and a.bit_length() * abs(b) > BITS:
        raise TooBigError
    if a < 0 and b != int(b):
        raise ValueError("no real power")
    result: Number = a**b
    return result


def _sigmoid(x: Number) -> float:
    return 0.5 * (1 + math.tanh(x / 2))


FUNCTIONS: dict[str, Callable[..., Number]] = {
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "sigmoid": _sigmoid,
    "relu": lambda x: max(0, x),
    "floor": math.floor,
    "ceil": math.ceil,
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
    names = {f"v{index}": env[name] for index, name in enumerate(formula.names)}
    result = _run(formula.source, {**CONSTANTS, **names})
    if isinstance(result, bool) or not isinstance(result, int | float) or not math.isfinite(result):
        raise ValueError("no finite value")
    return result


def _run(source: str, names: dict[str, Number]) -> Any:
    from simpleeval import InvalidExpression

    try:
        tree = _parsed(source)
        with _LOCK:
            evaluator = _evaluator()
            evaluator.names = names
            return evaluator.eval(source, previously_parsed=tree)
    except (InvalidExpression, SyntaxError) as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=1)
def _evaluator() -> Any:
    import ast
    import operator

    from simpleeval import SimpleEval

    operators = {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: _times,
        ast.Div: _over,
        ast.FloorDiv: operator.floordiv,
        ast.Pow: _power,
        ast.USub: operator.neg,
        ast.UAdd: operator.pos,
    }
    evaluator = SimpleEval(operators=operators, functions=dict(FUNCTIONS), names={})
    allowed = (ast.Expr, ast.Constant, ast.Name, ast.UnaryOp, ast.BinOp, ast.Call)
    evaluator.nodes = {kind: run for kind, run in evaluator.nodes.items() if kind in allowed}
    return evaluator


@lru_cache(maxsize=256)
def _parsed(source: str) -> Any:
    return _evaluator().parse(source)


def equal(said: Number, measured: Number) -> bool:
    """Whole numbers exactly, others within `RELATIVE` or `ABSOLUTE`."""
    if isinstance(said, int) and isinstance(measured, int):
        return said == measured
    try:
        return math.isclose(said, measured, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    except OverflowError:
        return False


def is_number(value: object) -> bool:
    """Whether a measured value is one number; a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
