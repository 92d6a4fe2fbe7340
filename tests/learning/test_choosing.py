"""What comes next, against the rule reckoned anew: every future by all its outcomes, the price by all gains."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizlab.learning import schedule
from quizlab.learning.memory import DAY, Memory, after, recall, success
from quizlab.learning.schedule import Aim, Futures, choose, futures, worth
from quizlab.model import Recollection
from tests.samples import number

NOW = 1_795_636_800.0  # an evening: 2026-11-25 20:00 UTC
BANK = [number(id=f"q{place}", recollections=tuple(map(Recollection, "ABC"[: place % 4]))) for place in range(8)]
MEMORIES = st.builds(Memory, st.floats(0.05, 100), st.floats(1, 10), st.floats(NOW - 2 * DAY, NOW))


def reckoned(memory: Memory | None, known: float, times: tuple[float, ...], exam: float) -> float:
    """The expected recall at the exam, over all ways in which the answers at these times may come out."""
    expected = 0.0
    for outcome in product((3, 1), repeat=len(times)):
        chance, then = 1.0, memory
        for at, rating in zip(times, outcome, strict=True):
            right = known if at == times[0] else success(then, at) if then else known
            chance *= right if rating == 3 else 1 - right
            then = after(then, rating, at)
        assert then is not None
        expected += chance * recall(then, exam)
    return expected


@given(st.none() | MEMORIES, st.floats(1.01, 40), st.floats(0, 1))
def test_futures_are_reckoned_over_all_that_may_come(memory: Memory | None, days: float, prior: float) -> None:
    aim, later = Aim(NOW + days * DAY, prior), NOW + DAY
    known, tomorrow = (success(memory, NOW), success(memory, later)) if memory else (prior, prior)
    found = futures(memory, NOW, later, aim)
    wanted = [
        reckoned(memory, known, (NOW,), aim.exam),
        reckoned(memory, tomorrow, (later,), aim.exam),
        reckoned(memory, known, (NOW, later), aim.exam),
    ]
    assert [found.now, found.later, found.both] == pytest.approx(wanted)
    assert futures(memory, NOW, None, aim) == Futures(found.never, found.now, found.never, found.now)


@pytest.mark.parametrize(
    ("price", "gain"),
    [
        (0.0, 2 * 0.7 - 2 * 0.6),  # both times, against tomorrow
        (0.3, (1.4 - 0.3) - (1.2 - 0.3)),
        (0.5, 1.0 - (1.2 - 0.5)),  # tomorrow has become too dear for who was asked now
        (9.0, 1.0 - 0.4),  # and for anybody
    ],
)
def test_a_gain_is_that_over_the_best_without(price: float, gain: float) -> None:
    assert Futures(never=0.2, now=0.5, later=0.6, both=0.7).gain(2.0, price) == pytest.approx(gain)


@example(
    [BANK[0], BANK[2], BANK[3]],
    {
        "q1": Memory(24.03, 5.6, NOW - DAY),
        "q3": Memory(0.98, 3.4, NOW - 1.5 * DAY),
        "q4": Memory(0.77, 2.1, NOW - 2 * DAY),
    },
    1,
    0.69,
)
@given(
    st.lists(st.sampled_from(BANK), min_size=1, unique_by=lambda each: each.id),
    st.dictionaries(st.sampled_from([each.id for each in BANK]), MEMORIES, max_size=4),
    st.integers(0, 4),
    st.floats(0, 1),
)
def test_the_greatest_gain_is_asked_at_the_price_of_the_last_place(
    candidates: list[schedule.AnyQuestion], memories: dict[str, Memory], days: int, prior: float
) -> None:
    aim = Aim(NOW + days * DAY, prior)
    room = schedule.pace(memories, NOW) * days

    def now_or_never(name: str) -> float:
        found = futures(memories.get(name), NOW + DAY, None, aim)
        return found.now - found.never

    tomorrow = sorted((worth(each) * now_or_never(each.id) for each in candidates), reverse=True)
    price = tomorrow[room] if room < len(tomorrow) else 0.0
    later = NOW + DAY if room else None
    gains = {each.id: futures(memories.get(each.id), NOW, later, aim).gain(worth(each), price) for each in candidates}
    found = choose(candidates, memories, NOW, aim, random.Random(1))
    assert found is not None
    assert gains[found.id] == pytest.approx(max(gains.values()), abs=1e-12)


def test_what_was_said_in_part_is_half_a_mistake_less() -> None:
    names = {"w2": 2, "p2": 2, "w1": 1, "p1": 1, "p0": 0}
    memories = {
        name: Memory(1.0, 5.0, NOW, lapses=lapses, outcome="wrong" if name[0] == "w" else "partial")
        for name, lapses in names.items()
    }
    bank = [number(id=name) for name in sorted(names)]
    assert [each.id for each in schedule.mistakes(bank, memories)] == [*names]
    alike = {each.id: memories["w1"] for each in bank}
    assert schedule.mistakes(bank, alike) == bank, "among those alike the order is the bank's"


def test_a_question_is_not_due_at_nine_tenths_yet() -> None:
    memory = Memory(1.0, 5.0, NOW)
    assert recall(memory, NOW + DAY) == pytest.approx(schedule.DUE, abs=1e-15)
    exactly = [each / 8 for each in range(1, 400) if recall(Memory(each / 8, 5.0, 0.0), each / 8 * DAY) == schedule.DUE]
    assert exactly
    assert not any(schedule.due(Memory(each, 5.0, 0.0), each * DAY) for each in exactly)
