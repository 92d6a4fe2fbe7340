"""At the edges of a memory: of a sitting, of what is settled, of what a key leaves, of moments without a zone."""

from __future__ import annotations

import pytest

from quizlab.learning import keeping, memory
from quizlab.learning.memory import DAY, SITTING, Memory, after, success, witnessed
from quizlab.model import Outcome

AT = 1_795_636_800.0  # 2026-11-25 20:00 UTC


@pytest.mark.parametrize(("rating", "outcome", "missed"), [(1, "wrong", 1), (2, "partial", 0), (3, "right", 0)])
def test_a_rating_says_how_it_came_out(rating: int, outcome: Outcome, missed: int) -> None:
    first = after(None, rating, AT)
    assert (first.outcome, first.missed, first.lapses, first.reviews) == (outcome, missed, missed, 1)
    second = after(after(None, 3, AT), rating, AT + DAY)
    assert (second.outcome, second.missed, second.lapses, second.reviews) == (outcome, missed, missed, 2)
    plain = Memory(1.0, 5.0, AT)
    assert (plain.reviews, plain.lapses, plain.unsettled) == (1, 0, False)


def test_an_hour_after_the_last_answer_another_sitting_begins() -> None:
    assert SITTING == 60 * 60
    wrong = after(None, 1, AT)
    assert after(wrong, 1, AT + SITTING - 1).missed == 2
    assert after(wrong, 1, AT + SITTING).missed == 1
    assert witnessed(keeping.NONE, wrong, AT + SITTING - 1, right=True) == keeping.NONE
    assert witnessed(keeping.NONE, wrong, AT + SITTING, right=True) != keeping.NONE


def test_what_was_missed_in_this_sitting_is_unsettled_however_it_came_out_last() -> None:
    assert Memory(1.0, 5.0, AT, missed=1).unsettled
    assert Memory(1.0, 5.0, AT, outcome="partial").unsettled
    assert success(Memory(1.0, 5.0, AT), AT) == success(Memory(1.0, 5.0, AT), AT - 5) == 1.0
    assert success(Memory(1.0, 5.0, AT, missed=3), AT + DAY) == pytest.approx(0.9), "right in the end"
    assert success(Memory(1.0, 5.0, AT, missed=3, outcome="wrong"), AT + DAY) == pytest.approx(0.9 * 0.4**2)


def test_what_was_never_missed_keeps_all_of_its_stability() -> None:
    trials = witnessed(keeping.NONE, after(None, 1, AT), AT + DAY, right=False)
    share = keeping.share(trials)
    assert share < 1
    given = {
        "never": Memory(1.0, 5.0, AT),
        "once": Memory(1.0, 5.0, AT, lapses=1),
        "in part": Memory(1.0, 5.0, AT, outcome="partial"),
        "now": Memory(1.0, 5.0, AT, missed=1, lapses=1),
    }
    kept = {name: each.kept for name, each in memory.believed(given, trials).items()}
    assert kept == {"never": 1.0, "once": share, "in part": share, "now": share}


def test_a_moment_without_a_zone_is_utc() -> None:
    for text in ("2026-11-25T20:00:00", "2026-11-25T20:00:00+00:00", "2026-11-25T21:00:00+01:00"):
        assert memory.seconds(text) == AT
