"""Simulated students: they learn and forget by an FSRS of their own, and what they truly know can be looked up."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quizlab.learning.memory import DAY, day
from quizlab.learning.schedule import Futures
from quizlab.model import AnyQuestion

SPREAD = 0.2
"""Standard deviation of the logarithm by which a student's parameters differ from the default."""

LESS = 0.3
"""What a failure leaves of FSRS's stability with those who learn less from the key."""


def evening_of(at: float) -> datetime:
    """The evening of a moment, so that FSRS counts nights."""
    return datetime.fromtimestamp(at, UTC).replace(hour=20, minute=0, second=0, microsecond=0)


class Student:
    """Somebody who learns and forgets by an FSRS of their own; what they knew beforehand they keep."""

    learns = 1.0
    """The share of the stability after a failure; below 1, a right answer on the day of a failure counts nothing."""

    def __init__(self, questions: Sequence[AnyQuestion], seed: int) -> None:
        rng = random.Random(seed)
        bounds = zip(DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        own = tuple(min(max(each * math.exp(rng.gauss(0, SPREAD)), low), high) for each, low, high in bounds)
        self.scheduler = Scheduler(own, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.decay = own[20]
        self.factor = 0.9 ** (-1 / self.decay) - 1
        able = rng.uniform(0.2, 0.6)
        self.knew = {each.id: rng.betavariate(4 * able, 4 * (1 - able)) for each in questions}
        self.luck = {each.id: random.Random(f"{seed} {each.id}") for each in questions}
        self.cards: dict[str, tuple[Card, float]] = {}
        self.failed: dict[str, int] = {}
        self.known: dict[object, Card] = {}

    def recall(self, name: str, at: float) -> float:
        """The true probability of a right answer."""
        return self.curve(*self.cards[name], at) if name in self.cards else self.knew[name]

    def curve(self, card: Card, last: float, at: float) -> float:
        """The true probability of a right answer from a card last reviewed at a moment."""
        assert card.stability is not None
        return float((1 + self.factor * (at - last) / DAY / card.stability) ** -self.decay)

    def reviewed(self, name: str, card: Card, at: float, *, right: bool) -> Card:
        """The card after an answer."""
        card, _ = self.scheduler.review_card(card, Rating.Good if right else Rating.Again, evening_of(at))
        assert card.stability is not None
        card.stability *= 1.0 if right else self.learns
        return card

    def futures(self, name: str, now: float, later: float | None, exam: float) -> Futures:
        """What truly comes of asking a question now, later, both times or never again."""
        card, last = self.cards.get(name, (None, now))

        def asked(card: Card | None, last: float, times: tuple[float, ...]) -> float:
            if not times:
                return self.curve(card, last, exam) if card else self.knew[name]
            known = self.curve(card, last, times[0]) if card else self.knew[name]
            right, wrong = (self.grown(name, card, times[0], right=each) for each in (True, False))
            return known * asked(right, times[0], times[1:]) + (1 - known) * asked(wrong, times[0], times[1:])

        never, once = asked(card, last, ()), asked(card, last, (now,))
        if later is None:
            return Futures(never, once, never, once)
        return Futures(never, once, asked(card, last, (later,)), asked(card, last, (now, later)))

    def grown(self, name: str, card: Card | None, at: float, *, right: bool) -> Card:
        """As ``reviewed``, remembered: an oracle asks for the same again and again."""
        before = (card.stability, card.difficulty, card.last_review) if card else None
        key = (before, evening_of(at), right)
        if key not in self.known:
            self.known[key] = self.reviewed(name, card or Card(1), at, right=right)
        return self.known[key]

    def answer(self, name: str, at: float) -> bool:
        """Answer a question, see why, and remember it from then on."""
        right = self.luck[name].random() < self.recall(name, at)
        if right and self.learns < 1 and self.failed.get(name) == day(at):
            return right
        if not right:
            self.failed[name] = day(at)
        card, _ = self.cards.get(name, (Card(1), at))
        self.cards[name] = self.reviewed(name, card, at, right=right), at
        return right


class Forgetful(Student):
    """Somebody who learns less from the key than FSRS believes."""

    learns = LESS
