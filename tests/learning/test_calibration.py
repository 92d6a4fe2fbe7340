"""The forecast beside the truth of simulated students: the short form of what `make bench` prints."""

from __future__ import annotations

import pytest

from quizlab.learning import keeping, memory
from tests.calibration import COHORTS, ENOUGH, Decile, brier, deciles, honest, pairs, report
from tests.students import Forgetful, Student


def test_the_forecast_for_tomorrow_is_honest() -> None:
    table, failed = report(40, horizons=(1,))
    assert failed == 0, table


def test_taking_the_key_just_read_for_known_is_not_honest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure notices what it is there for: that curve, from its beginning, for those who learn less."""
    before = brier(pairs(Forgetful, 1, 20))
    monkeypatch.setattr(memory, "DAY_AFTER", 0.0)
    after = pairs(Forgetful, 1, 20)
    assert brier(after) > before
    assert any(each.share >= ENOUGH and each.forecast > each.truth + 0.1 for each in deciles(after).values())


@pytest.mark.stress
def test_who_keeps_less_is_found_out_and_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def off(found: list[tuple[float, float]]) -> float:
        return sum(each.share * abs(each.forecast - each.truth) for each in deciles(found).values())

    learnt = pairs(Forgetful, 14, 8)
    assert off(pairs(Student, 14, 4)) <= 0.05
    assert off(learnt) <= 0.05
    monkeypatch.setattr(keeping, "SHARES", (1.0,) * 4)
    believing = pairs(Forgetful, 14, 8)
    assert off(believing) > 0.05
    assert brier(learnt) < brier(believing) - 0.005


def test_what_the_key_leaves_lies_between_the_cohorts() -> None:
    as_fsrs, less = (deciles(pairs(kind, 1, 20))[7] for kind in COHORTS.values())
    assert less.forecast == pytest.approx(as_fsrs.forecast, abs=0.01)
    assert less.truth < less.forecast < as_fsrs.truth


def test_who_learns_less_forgets_more_and_a_right_answer_after_the_key_counts_nothing() -> None:
    from tests.learning.test_schedule import BANK, NOW

    name = BANK[0].id
    fsrs, less = Student(BANK, 1), Forgetful(BANK, 1)
    for student in (fsrs, less):
        student.knew[name] = 0.0
        assert not student.answer(name, NOW)
    assert less.recall(name, NOW + 40_000) < fsrs.recall(name, NOW + 40_000)
    kept = less.cards[name]
    assert less.answer(name, NOW + 1)
    assert less.cards[name] == kept


def test_honest_is_between_the_truths_or_near_them() -> None:
    def at(forecast: float, *truths: float, share: float = 0.5) -> bool:
        return honest([{5: Decile(share, forecast, each)} for each in truths], 5)

    assert at(0.55, 0.5)
    assert at(0.5, 0.55)
    assert at(0.5, 0.3, 0.7)
    assert at(0.5, 0.9, share=0.01)
    assert not at(0.56, 0.5)
    assert not at(0.5, 0.3, 0.4)
