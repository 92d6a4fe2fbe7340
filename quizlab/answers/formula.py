"""Formulas: expressions over the part's symbols and the parameters, equal if equal in every case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import signs
from quizlab.answers.equation import settle
from quizlab.answers.evaluate import Env, Number, alike, equal_formulas, evaluate, is_number, numeric
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.notation import latex, untimed
from quizlab.answers.reading import Formula, Reading, Unreadable

if TYPE_CHECKING:
    from quizlab.model import Atom, Part


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads an expression; a left side (``y =``) is dropped."""
    batch = [part.batch] if part.batch else []
    names = Names([*part.symbols, *batch, *numeric(params)])
    return settle(latex(signs(text)), names, lambda side: _side(side, names), _same)


def _side(text: str, names: Names) -> Reading | Unreadable:
    formula = parse(untimed(text, names), names)
    return formula if isinstance(formula, Unreadable) else Reading("formula", formula, formula.shown)


def _same(one: Reading, other: Reading) -> bool:
    assert isinstance(one.value, Formula)
    assert isinstance(other.value, Formula)
    return alike(one.value, other.value)


def holds(value: Formula, measured: object, env: Env) -> bool:
    """Whether the formula has the measured value."""
    said = evaluate(value, env)
    if said is None or not is_number(measured):
        return False
    assert isinstance(measured, int | float)
    return equal_formulas(said, measured)


def value_at(value: Formula, env: Env) -> Number | None:
    """The formula's value, with the names bound."""
    return evaluate(value, env)
