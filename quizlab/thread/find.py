"""Which question of the banks a text speaks of, and how sure that is."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from msgspec import Struct

from quizlab.thread import cues
from quizlab.thread.fold import REMEMBERED
from quizlab.thread.words import Concept, concepts

ENOUGH = 4.0
"""A match of this weight leaves a third of all doubt, one twice as heavy a ninth."""


class Match(Struct, frozen=True):
    """A question that the text may be, by the weight of what they have in common and the share of certainty."""

    id: str
    weight: float
    confidence: float = 0.0


@functools.cache
def _by_concept() -> dict[str, list[tuple[str, cues.Cue]]]:
    """Every cue under each concept of its rarest term."""
    found: dict[str, list[tuple[str, cues.Cue]]] = {}
    known = cues.weights()
    for entry in cues.entries().values():
        for cue in entry.asked:
            rarest = max(cue.terms, key=lambda term: min(known[name] for name in term.names))
            for name in rarest.names:
                found.setdefault(name, []).append((entry.id, cue))
    return found


def matches(said: Sequence[Concept]) -> list[Match]:
    """The questions that a text with these concepts may be, the likeliest first."""
    places = cues.where(said)
    known = cues.weights()
    met: dict[str, set[str]] = {}
    for name in places:
        for id, cue in _by_concept().get(name, ()):
            if cues.holds(cue, places):
                met.setdefault(id, set()).update(cues.spoken(cue, places))
    heavy = sorted((Match(id, _weight(names, places, known)) for id, names in met.items()), key=lambda one: -one.weight)
    return [_sure(one, heavy) for one in heavy]


def _weight(names: set[str], places: cues.Where, known: dict[str, float]) -> float:
    """What the met concepts weigh; several names for the same words count once."""
    taken: dict[tuple[int, int], float] = {}
    for name in names:
        for place in places[name][:1]:
            key = (place.first, place.last)
            taken[key] = max(taken.get(key, 0.0), known.get(name, 0.0))
    return round(math.fsum(taken.values()), 6)  # in whatever order a set gives its names, the same weight


def _sure(one: Match, every: Sequence[Match]) -> Match:
    rival = max((other.weight for other in every if other.id != one.id), default=0.0)
    clear = one.weight / (one.weight + rival)
    return Match(one.id, one.weight, round((1 - math.exp(-one.weight / ENOUGH)) * min(1.0, 0.4 + 0.8 * clear), 2))


@functools.lru_cache(maxsize=REMEMBERED)
def likely(text: str) -> Match | None:
    """The likeliest question of a text; None if it speaks of none."""
    found = matches(concepts(text))
    return found[0] if found else None
