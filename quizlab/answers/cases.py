"""A key, evaluated at many points, so that a typed answer is compared with it as with a measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from quizlab.answers.evaluate import Env, Number, numeric
from quizlab.answers.reader import value_at
from quizlab.answers.reading import Dims, Formula, Quantity, Reading
from quizlab.answers.shape import BATCH
from quizlab.model import Case, ChoiceQuestion, MultiQuestion, OpenQuestion, Part, TupleQuestion

if TYPE_CHECKING:
    import random

    from quizlab.model import AnyQuestion, Atom

POINTS = 12
"""How many cases a key with symbols gives."""

_TRIES = 400
_REACHES = (1.2, 0.03, 0.4, 4.0)
_SIZES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)


def cases_of(
    reading: Reading,
    asked: Part | AnyQuestion,
    params: Mapping[str, Atom],
    rng: random.Random,
    *,
    signed: bool = False,
    tries: int = _TRIES,
) -> tuple[Case, ...]:
    """The values of a reading at random points of its symbols.

    Points are positive; half of those of a formula are not whole. A formula that calls a function (and any with
    ``signed``) is looked at near zero and in negative points too, for far from zero tanh and its like hardly
    change. Without free symbols there is one case. Points without a finite value are left out, so a reading that
    has a value nowhere gives no case at all; after ``tries`` points no more are looked for.
    """
    cases: list[Case] = []
    for given in islice(points_of(reading, asked, params, rng, signed=signed or calls(reading)), tries):
        value = value_at(reading, {**numeric(params), **given})
        if value is not None:
            cases.append(Case(value, given))
        if len(cases) == POINTS:
            break
    return tuple(cases)


def points_of(
    reading: Reading, asked: Part | AnyQuestion, params: Mapping[str, Atom], rng: random.Random, *, signed: bool
) -> Iterator[dict[str, Number]]:
    """The points, all different, at which `cases_of` looks for values; only one without symbols."""
    symbols = _symbols(reading, asked, params)
    formulas = _only_formulas(reading)
    farthest = 40.0 if len(symbols) == 1 else 12.0
    seen: set[tuple[Number, ...]] = set()
    for trial in range(_TRIES if symbols else 1):
        near = signed and formulas
        given = {name: _near(rng, trial, farthest) if near else _draw(rng, trial, not formulas) for name in symbols}
        if tuple(given.values()) not in seen:
            seen.add(tuple(given.values()))
            yield given


def _draw(rng: random.Random, trial: int, whole: bool) -> int | float:
    if whole or trial % 2 == 0:
        return rng.randint(1, 12) if trial % 4 == 0 and not whole else rng.randint(2, 97)
    return rng.randint(1, 80) / 8 + 1 / 16


def _near(rng: random.Random, trial: int, farthest: float) -> float:
    """A number of the trial's order of magnitude, in every second trial perhaps a negative one."""
    reach = (*_REACHES, farthest)[trial // 2 % (len(_REACHES) + 1)]
    value = round(rng.uniform(reach / 10, reach), 5)
    return -value if trial % 2 and rng.random() < 0.6 else value


def _symbols(reading: Reading, asked: Part | AnyQuestion, params: Mapping[str, Atom]) -> tuple[str, ...]:
    if isinstance(asked, ChoiceQuestion | MultiQuestion | OpenQuestion):
        return ()
    asked_parts = asked.parts if isinstance(asked, TupleQuestion) else (asked,)
    declared = [name for part in asked_parts for name in (*part.symbols, part.batch) if name]
    return tuple(dict.fromkeys([*declared, *(name for name in _names(reading) if name not in params)]))


def _names(reading: Reading) -> tuple[str, ...]:
    match reading.value:
        case Quantity(formula=formula):
            return formula.names
        case Formula(names=names):
            return names
        case Dims(sizes=sizes):
            return tuple(name for size in sizes for name in size.names)
        case tuple() as readings:
            return tuple(name for one in readings for name in _names(one))
    return ()


def _only_formulas(reading: Reading) -> bool:
    value = reading.value
    return all(map(_only_formulas, value)) if isinstance(value, tuple) else isinstance(value, Formula)


def calls(reading: Reading) -> bool:
    """Whether a formula calls a function; products and powers alone do not."""
    value = reading.value
    if isinstance(value, tuple):
        return any(map(calls, value))
    return isinstance(value, Formula) and re.search(r"[a-z]{2,}\(", value.source) is not None


def batch_places(key: Reading, batch: str) -> tuple[int, ...]:
    """Where a shape has its batch dimension, if nowhere else its size depends on that."""
    sizes = key.value.sizes if batch and isinstance(key.value, Dims) else ()
    places = tuple(at for at, size in enumerate(sizes) if batch in size.names)
    return places if all(sizes[at].source == "v0" for at in places) else ()


def special_case(
    answer: Reading, key: Reading, asked: Part | AnyQuestion, params: Mapping[str, Atom]
) -> dict[str, int] | None:
    """For shapes: the size of the batch for which the answer is the key, ``{"B": 64}``."""
    batch = (
        "" if isinstance(asked, ChoiceQuestion | MultiQuestion | OpenQuestion | TupleQuestion) else asked.batch or BATCH
    )
    places = batch_places(key, batch)
    said = answer.value.sizes if isinstance(answer.value, Dims) else ()
    if not places or places[-1] >= len(said) or any(batch in size.names for size in said):
        return None
    symbols = _symbols(key, asked, params)
    size = value_at(Reading("shape", Dims((said[places[0]],)), ""), numeric(params))
    if not isinstance(size, tuple) or not isinstance(size[0], int) or size[0] < 1:
        return None
    for shift in range(3):
        env: Env = {
            **numeric(params),
            **{name: _SIZES[(at + shift) % len(_SIZES)] for at, name in enumerate(symbols)},
            batch: size[0],
        }
        if value_at(answer, env) is None or value_at(answer, env) != value_at(key, env):
            return None
    return {batch: size[0]}
