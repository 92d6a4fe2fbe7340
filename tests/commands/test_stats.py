"""Statistics against a second, naive way of counting."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.learning import memory, schedule
from quizlab.learning.memory import DAY, State, after, recall, success
from quizlab.learning.schedule import Aim
from quizlab.learning.stats import Chosen, Stats, Tally, Time, gather, pace, promise
from quizlab.learning.stats.answers import PAUSE
from quizlab.learning.stats.habits import streak
from quizlab.learning.stats.promises import FASTEST, PACE
from quizlab.learning.stats.tally import follow
from quizlab.log.entry import RIGHT, WRONG, Entry
from quizlab.model import AnyQuestion, Bank, Dispute, Recollection
from tests import samples
from tests.entries import answer

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 11, 20, 21, 0, tzinfo=ZAGREB)
TIME = Time(NOW, NOW + timedelta(days=1), ZAGREB)

TWICE = (Recollection("A"), Recollection("B"))
LAB4 = (samples.number(recollections=TWICE, aliases=("staro",)), samples.choice(), samples.oral(topic="učenje"))
LAB3 = (samples.shape(topic="mreža"), samples.multi(topic="mreža"))
BANKS = (Bank("lab4", "Ugrađivanje", {}, LAB4, {}), Bank("lab3", "RNN", {}, LAB3, {}))
ALL = Chosen(BANKS, LAB4 + LAB3)
NAMES = {"staro": "n1"}


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


entries = st.lists(
    st.builds(
        answer,
        st.sampled_from(["n1", "c1", "o1", "s1", "m1", "staro", "nestalo"]),
        st.sampled_from(["right", "wrong", "partial"]),
        st.floats(0, 90).map(ago),
        share=st.sampled_from([0.0, 0.25, 0.5, 1.0]),
        tag=st.sampled_from(["", "bez-pristranosti", "prva", "nepoznat"]),
        seconds=st.sampled_from([0.0, 7.5, 40.0, 3600.0]),
        sure=st.sampled_from(["", "sure", "unsure"]),
        mode=st.sampled_from(["practice", "blic"]),
        session=st.sampled_from(["s", "t"]),
    ),
    max_size=25,
).map(lambda made: sorted(made, key=lambda each: each.at))


def told(found: Sequence[Entry], chosen: Chosen = ALL, time: Time = TIME) -> Stats:
    return gather(chosen, tally(found, time), memory.follow(State(), enumerate(found, 1), NAMES), time)


def tally(found: Sequence[Entry], time: Time = TIME) -> Tally:
    return follow(Tally(), enumerate(found, 1), NAMES, time.day)


def name_of(each: Entry) -> str:
    return NAMES.get(each.question, each.question)


def earned(each: Entry) -> float:
    return {"right": 1.0, "wrong": 0.0, "partial": each.share}[each.outcome]


def day_of(each: Entry) -> object:
    return datetime.fromisoformat(each.at).astimezone(ZAGREB).date()


@given(entries)
def test_totals(found: list[Entry]) -> None:
    totals = told(found).totals
    known = {each.id for each in ALL.questions}
    assert totals.answers == len(found)
    assert totals.questions == 5
    assert totals.met == len({name_of(each) for each in found} & known)
    assert totals.right == len([each for each in found if each.outcome == "right"])
    assert totals.gone == len([each for each in found if each.question == "nestalo"])
    assert totals.days == len({day_of(each) for each in found})
    assert totals.seconds == pytest.approx(sum(min(each.seconds, PAUSE) for each in found))
    assert (totals.points is None) == (not found)
    assert totals.points is None or totals.points == pytest.approx(sum(map(earned, found)) / len(found))


@given(entries)
def test_days_hold_every_answer_once(found: list[Entry]) -> None:
    days = told(found).days
    assert [each.day for each in days] == sorted({day_of(each) for each in found})
    assert sum(each.answers for each in days) == len(found)
    assert sum(each.answers * each.points for each in days) == pytest.approx(sum(map(earned, found)))


@given(entries)
def test_questions_labs_and_topics_agree(found: list[Entry]) -> None:
    stats = told(found)
    for row in stats.questions:
        mine = [each for each in found if name_of(each) == row.id]
        assert row.answers == len(mine)
        assert row.last == (mine[-1].outcome if mine else None)
        assert (row.present is None) == (row.expected is None) == (row.points is None) == (not mine)
        assert row.present is None or row.expected is None or row.expected <= row.present <= 1
    for parts in (stats.labs, stats.topics):
        assert sum(each.questions for each in parts) == 5
        assert sum(each.met for each in parts) == stats.totals.met
        assert sum(each.answers for each in parts) == stats.totals.answers - stats.totals.gone
    for lab in stats.labs:
        mine = [each for each in found if name_of(each) in {row.id for row in stats.questions if row.lab == lab.lab}]
        last = {name_of(each): earned(each) for each in mine}
        assert lab.latest == (pytest.approx(sum(last.values()) / len(last)) if last else None)
    assert [each.lab for each in stats.labs] == ["lab4", "lab3"]
    assert [each.expected for each in stats.topics] == sorted(each.expected for each in stats.topics)


@given(entries)
def test_mistakes_are_counted_by_their_tag(found: list[Entry]) -> None:
    mistakes = told(found).mistakes
    made = [each for each in found if each.tag and each.outcome != "right"]
    assert {each.tag: each.times for each in mistakes} == {
        tag: len([each for each in made if each.tag == tag]) for tag in {each.tag for each in made}
    }
    assert [each.times for each in mistakes] == sorted((each.times for each in mistakes), reverse=True)
    for slip in mistakes:
        last = [each for each in made if each.tag == slip.tag][-1]
        assert slip.question == name_of(last)
        assert bool(slip.says) == (slip.tag != "nepoznat")


@given(entries)
def test_confidence_by_its_last_word(found: list[Entry]) -> None:
    confidence = told(found).confidence
    for kind, trust in (("sure", confidence.sure), ("unsure", confidence.unsure)):
        mine = [each for each in found if each.sure == kind]
        assert trust.answers == len(mine)
        assert trust.points is None or trust.points == pytest.approx(sum(map(earned, mine)) / len(mine))
    last = {name_of(each): each for each in found if each.sure}
    lucky = {name for name, each in last.items() if each.sure == "unsure" and each.outcome == "right"}
    misled = {name for name, each in last.items() if each.sure == "sure" and each.outcome == "wrong"}
    assert (set(confidence.lucky), set(confidence.misled)) == (lucky, misled)
    assert [last[name].at for name in confidence.lucky] == sorted((last[name].at for name in lucky), reverse=True)


@given(entries)
def test_blics_are_sessions_of_that_mode(found: list[Entry]) -> None:
    blics = told(found).blics
    mine = [each for each in found if each.mode == "blic"]
    assert {each.session for each in blics} == {each.session for each in mine}
    assert sum(each.answers for each in blics) == len(mine)
    assert sum(each.points for each in blics) == pytest.approx(sum(map(earned, mine)))


@given(entries)
def test_a_part_of_the_questions_is_told_alone(found: list[Entry]) -> None:
    some = told(found, Chosen(BANKS, LAB3, everything=False))
    mine = told([each for each in found if each.question in ("s1", "m1")], Chosen(BANKS, LAB3, everything=False))
    assert (some.days, some.mistakes, some.blics, some.confidence) == (
        mine.days,
        mine.mistakes,
        mine.blics,
        mine.confidence,
    )
    assert some.totals.answers == mine.totals.answers
    assert some.totals.gone == 0


@given(st.sets(st.integers(0, 12)))
def test_a_streak_ends_today_or_yesterday(back: set[int]) -> None:
    today = NOW.date()
    days = [today - timedelta(days=each) for each in back]
    lengths = [length for start in (0, 1) for length in range(1, 14) if set(range(start, start + length)) <= back]
    assert streak(days, today) == max(lengths, default=0)


def test_a_day_is_the_students_own_also_when_the_clocks_change() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)  # half past midnight in Zagreb
    summer = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # the same, in summer time
    days = told([answer("n1", at=summer), answer("n1", at=late)]).days
    assert [each.day.isoformat() for each in days] == ["2026-10-25", "2026-11-20"]


def test_the_other_camp_of_a_dispute_is_no_mistake() -> None:
    camp = Dispute("a", ("first",), "I to se brani.", "tabor")
    bank = Bank("lab4", "", {}, (samples.choice(dispute=camp),), {})
    assert told([answer("c1", at=ago(1), tag="tabor")], Chosen((bank,), bank.questions)).mistakes == ()


def test_a_mistake_is_told_with_the_numbers_it_was_made_with() -> None:
    wrong = answer("n1", "wrong", ago(1), tag="bez-pristranosti", params='{"c": 64}')
    (slip,) = told([wrong]).mistakes
    assert slip.says == "Zaboravljene su pristranosti (64)."
    broken = answer("n1", "wrong", ago(1), tag="bez-pristranosti", params="[oštećeno")
    assert told([broken]).mistakes[0].says == "Zaboravljene su pristranosti (32)."
    elsewhere = answer("nestalo", "wrong", ago(1), tag="bez-pristranosti", params='{"c": 64}')
    assert told([elsewhere]).mistakes[0].says == "Zaboravljene su pristranosti (32)."


@given(entries, st.floats(0.1, 30), st.floats(0, 60), st.floats(0, 60))
def test_more_practice_never_promises_less(found: list[Entry], days: float, some: float, more: float) -> None:
    memories = memory.replay(found, names=NAMES)
    aim = Aim(NOW.timestamp() + days * DAY, 0.4)
    least, most = sorted((some, more))
    few = promise(ALL.questions, memories, NOW.timestamp(), aim, minutes=least)
    many = promise(ALL.questions, memories, NOW.timestamp(), aim, minutes=most)
    forecast = schedule.forecast(ALL.questions, memories, aim.exam, aim.prior)
    assert forecast == few.expected <= few.after <= many.after <= 1
    assert few.questions <= many.questions <= 5
    assert promise((), {}, 0.0, aim).after == 0


@given(entries, st.floats(0.1, 3))
def test_what_is_promised_is_forecast_afterwards_on_average(found: list[Entry], days: float) -> None:
    now, aim = NOW.timestamp(), Aim(NOW.timestamp() + days * DAY, 0.4)
    memories = memory.replay(found, names=NAMES)
    three = ALL.questions[:3]
    promised = promise(three, memories, now, aim, minutes=60)
    forecasts = []
    for asked in itertools.chain.from_iterable(itertools.combinations(three, size) for size in range(4)):
        average = 0.0
        for ratings in itertools.product((RIGHT, WRONG), repeat=len(asked)):
            then, chance = dict(memories), 1.0
            for each, rating in zip(asked, ratings, strict=True):
                knows = success(memories[each.id], now) if each.id in memories else aim.prior
                chance *= knows if rating == RIGHT else 1 - knows
                then[each.id] = after(memories.get(each.id), rating, now)
            average += chance * schedule.forecast(three, then, aim.exam, aim.prior)
        forecasts.append(average)
    assert promised.after == pytest.approx(max(forecasts))


def test_a_student_without_answers_is_expected_to_be_average() -> None:
    assert pace([]) == PACE
    assert pace([answer("n1", at=NOW, seconds=0.0)]) == PACE
    assert pace([answer("n1", at=NOW, seconds=0.1)]) == FASTEST
    assert pace([answer("n1", at=NOW, seconds=10_000.0), answer("n1", at=NOW, seconds=20.0)]) == (PAUSE + 20) / 2


def test_nothing_answered() -> None:
    stats = told([])
    assert stats.totals.answers == stats.totals.streak == stats.totals.due == 0
    assert stats.days == stats.blics == stats.mistakes == ()
    assert stats.forecast.present == pytest.approx(memory.prior(0, 0))
    assert all(each.points is None for each in stats.questions)


def test_the_weakest_question_that_returned_most_comes_first() -> None:
    found = [answer(each.id, "wrong", ago(2)) for each in ALL.questions]
    assert told(found).questions[0].id == "n1"


def test_the_curve_leads_from_now_to_the_exam() -> None:
    forecast = told([answer("n1", at=ago(1))]).forecast
    values = [each.expected for each in forecast.curve]
    assert values == sorted(values, reverse=True)
    assert (forecast.curve[0].at, forecast.curve[-1].at) == (forecast.made, forecast.exam)
    assert (values[0], values[-1]) == (forecast.present, forecast.expected)
    assert forecast.exam == "2026-11-21T20:00:00+00:00"


def question_ids(questions: Sequence[AnyQuestion]) -> set[str]:
    return {each.id for each in questions}


def test_due_are_those_that_faded() -> None:
    found = [answer("n1", at=ago(60)), answer("c1", at=ago(0.1))]
    memories = memory.replay(found)
    faded = {name for name in memories if recall(memories[name], NOW.timestamp()) < schedule.DUE}
    assert faded == {"n1"} <= question_ids(ALL.questions)
    assert told(found).totals.due == 1
