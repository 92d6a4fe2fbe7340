"""A step of FSRS is the package's own, to the last bit, whatever its parameters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from quizlab.learning.steps import step

AT = datetime(2026, 6, 1, tzinfo=UTC)
PARAMETERS = st.tuples(*map(st.floats, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS))
USUAL = Scheduler().parameters


@given(
    parameters=PARAMETERS | st.just(USUAL),
    stability=st.floats(0.001, 36_500),
    difficulty=st.floats(1, 10),
    days=st.integers(0, 2) | st.integers(0, 36_500),
    rating=st.integers(1, 4),
)
def test_a_step_is_that_of_the_package(
    parameters: tuple[float, ...], stability: float, difficulty: float, days: int, rating: int
) -> None:
    scheduler = Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(1, State.Review, None, stability, difficulty, AT, AT)
    card, _ = scheduler.review_card(card, Rating(rating), AT + timedelta(days=days))
    assert step(scheduler.parameters)(stability, difficulty, days, rating) == (card.stability, card.difficulty)
