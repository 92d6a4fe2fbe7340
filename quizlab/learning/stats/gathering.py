"""Everything that a log comes to, put together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from quizlab.learning import schedule
from quizlab.learning.memory import Memory, State, recall
from quizlab.learning.schedule import Aim
from quizlab.learning.stats import habits
from quizlab.learning.stats.answers import Chosen, Time, mean, moment, utc
from quizlab.learning.stats.mistakes import mistakes
from quizlab.learning.stats.promises import forecast, paced, promise
from quizlab.learning.stats.shapes import Asked, Day, Part, Stats, Totals
from quizlab.learning.stats.tally import RECENT, Seen, Tally
from quizlab.model import AnyQuestion


def gather(chosen: Chosen, tally: Tally, state: State, time: Time, started: Mapping[str, str] | None = None) -> Stats:
    """What the entries of a log come to.

    Args:
        chosen: the questions that are asked about.
        tally: what they add up to.
        state: what the entries left the memory in.
        time: now and the exam.
        started: session → when it began, of the blics that the log saw.
    """
    ids = {each.id for each in chosen.questions}
    seen = {name: each for name, each in tally.questions.items() if chosen.everything or name in ids}
    labs = {question.id: bank.name for bank in chosen.banks for question in bank.questions}
    aim = Aim(time.exam.timestamp(), state.prior)
    now, speed = time.now.timestamp(), _pace(seen.values())

    def part(lab: str, topic: str, questions: Sequence[AnyQuestion]) -> Part:
        promised = promise(questions, state.memories, now, aim, speed)
        return Part(
            lab=lab,
            topic=topic,
            questions=len(questions),
            met=sum(each.id in seen for each in questions),
            answers=sum(seen[each.id].answers for each in questions if each.id in seen),
            latest=mean([seen[each.id].latest for each in questions if each.id in seen]),
            present=schedule.forecast(questions, state.memories, now, aim.prior),
            expected=promised.expected,
            after=promised.after,
        )

    by_lab = _grouped(chosen.questions, lambda each: (labs[each.id], ""))
    by_topic = _grouped(chosen.questions, lambda each: (labs[each.id], each.topic))
    days = habits.practised(seen.values())
    return Stats(
        totals=_totals(chosen, seen, days, state.memories, time),
        labs=tuple(part(*names, found) for names, found in by_lab.items()),
        topics=tuple(
            sorted((part(*names, found) for names, found in by_topic.items()), key=lambda part: part.expected)
        ),
        questions=_asked(chosen.questions, seen, labs, state.memories, now, aim),
        mistakes=mistakes(chosen, seen),
        confidence=habits.confidence(seen),
        days=days,
        blics=habits.blics(chosen, tally, labs, started),
        forecast=forecast(chosen.questions, state.memories, now, aim, speed),
    )


def _totals(
    chosen: Chosen, seen: Mapping[str, Seen], days: Sequence[Day], memories: Mapping[str, Memory], time: Time
) -> Totals:
    ids = {each.id for each in chosen.questions}
    now = time.now.timestamp()
    answers = sum(each.answers for each in seen.values())
    return Totals(
        questions=len(ids),
        met=len(ids & set(seen)),
        answers=answers,
        right=sum(each.right for each in seen.values()),
        points=sum(each.points for each in seen.values()) / answers if answers else None,
        days=len(days),
        streak=habits.streak((each.day for each in days), time.today()),
        seconds=sum(each.seconds for each in days),
        due=sum(name in memories and schedule.due(memories[name], now) for name in ids),
        gone=sum(each.answers for name, each in seen.items() if name not in ids),
    )


def _asked(
    questions: Sequence[AnyQuestion],
    seen: Mapping[str, Seen],
    labs: Mapping[str, str],
    memories: Mapping[str, Memory],
    now: float,
    aim: Aim,
) -> tuple[Asked, ...]:
    """The questions, first those from which most points are missing at the exam."""
    rows = []
    for each in questions:
        memory, found = memories.get(each.id), seen.get(each.id)
        expected = recall(memory, aim.exam) if memory else None
        row = Asked(
            id=each.id,
            lab=labs[each.id],
            topic=each.topic,
            answers=found.answers if found else 0,
            points=found.points / found.answers if found else None,
            last=found.outcome if found else None,
            at=utc(moment(found.at)) if found else None,
            present=recall(memory, now) if memory else None,
            expected=expected,
        )
        missing = 1 - (aim.prior if expected is None else expected)
        rows.append((-schedule.worth(each) * missing, row))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _pace(seen: Iterable[Seen]) -> float:
    """Seconds an answer takes this student lately."""
    last = heapq.nlargest(RECENT, (each for one in seen for each in one.recent))
    return paced([spent for _, spent in reversed(last) if spent > 0])


def _grouped(
    questions: Iterable[AnyQuestion], key: Callable[[AnyQuestion], tuple[str, str]]
) -> dict[tuple[str, str], list[AnyQuestion]]:
    groups: defaultdict[tuple[str, str], list[AnyQuestion]] = defaultdict(list)
    for each in questions:
        groups[key(each)].append(each)
    return groups
