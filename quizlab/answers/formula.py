"""Formulas: expressions over the part's symbols and the parameters, equal if equal in every case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import signs
from quizlab.answers.equation import settle
from quizlab.answers.evaluate import Env, Number, alike, equal_formulas, evaluate, is_number, numeric
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.notation import untimed
from quizlab.answers.reading import Formula, Reading, Unreadable
from quizlab.answers.split import restated

_SPOKEN = r"(?i)tangens\w*\s+hiperboln\w*|hiperboln\w*\s+tangens\w*"
_BARE = (
    r"(?<!\w)(?:tanh|tgh|th|cosh|ch|sinh|sh|sigmoid|sigmoida)(?:\s*(?:\^|\*\*)\s*[0-9]|[²³])?"
    r"(?=\s*(?:[-+/)]|\*(?!\*)|$))"
)

_MAPPED = re.compile(r"\s*(?:[^\W\d]\w*\s*:\s*)?(?P<name>[^\W\d]\w*)\s*(?:[→↦]|->)(?=\s*\S)")

if TYPE_CHECKING:
    from quizlab.model import Atom, Part


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads an expression; a left side (``y =``) is dropped."""
    batch = [part.batch] if part.batch else []
    names = Names([*part.symbols, *batch, *numeric(params)])
    plain = signs(text)
    if (mapped := _MAPPED.match(plain)) and part.symbols == (mapped["name"],):  # x ↦ x² says what x² is a formula of
        plain = plain[mapped.end() :]
    return settle(plain, names, lambda side: _side(side, names, part.symbols), _same)


def _side(text: str, names: Names, symbols: tuple[str, ...]) -> Reading | Unreadable:
    """Reads one side; brackets behind it that say the same once more are no factor."""
    if again := restated(text):
        before, inside = (_side(piece, names, symbols) for piece in again)
        if isinstance(before, Reading) and isinstance(inside, Reading) and _same(before, inside):
            return before
    formula = parse(_called(untimed(re.sub(_SPOKEN, "tanh", text), names), symbols), names)
    return formula if isinstance(formula, Unreadable) else Reading("formula", formula, formula.shown)


def _called(text: str, symbols: tuple[str, ...]) -> str:
    """A function of the only symbol there is, written without it: ``1 − tanh²`` is ``1 − tanh²(x)``."""
    return re.sub(_BARE, rf"\g<0>({symbols[0]})", text) if len(symbols) == 1 else text


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
