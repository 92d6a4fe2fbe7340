"""Everything that a log comes to, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from quizlab.learning import schedule
from quizlab.learning.memory import Memory, State, recall
from quizlab.learning.schedule import Aim
from quizlab.learning.stats import habits
from quizlab.learning.stats.answers import Answer, Chosen, Time, counted, mean, moment, utc
from quizlab.learning.stats.mistakes import mistakes
from quizlab.learning.stats.promises import forecast, pace, promise
from quizlab.learning.stats.shapes import Asked, Day, Part, Stats, Totals
from quizlab.log.entry import Entry
from quizlab.model import AnyQuestion


def gather(
    chosen: Chosen, entries: Iterable[Entry], state: State, time: Time, started: Mapping[str, str] | None = None
) -> Stats:
    """What the entries of a log (oldest first) come to.

    Args:
        chosen: the questions that are asked about.
        entries: the log.
        state: what the entries left the memory in.
        time: now and the exam.
        started: session → when it began, of the blics that the log saw.
    """
    answers = counted(chosen, entries)
    labs = {question.id: bank.name for bank in chosen.banks for question in bank.questions}
    aim = Aim(time.exam.timestamp(), state.prior)
    now, speed = time.now.timestamp(), pace([entry for _, entry, _ in answers])
    latest = {name: share for name, _, share in answers}
    times = Counter(name for name, _, _ in answers)

    def part(lab: str, topic: str, questions: Sequence[AnyQuestion]) -> Part:
        promised = promise(questions, state.memories, now, aim, speed)
        return Part(
            lab=lab,
            topic=topic,
            questions=len(questions),
            met=sum(each.id in times for each in questions),
            answers=sum(times[each.id] for each in questions),
            latest=mean([latest[each.id] for each in questions if each.id in latest]),
            present=schedule.forecast(questions, state.memories, now, aim.prior),
            expected=promised.expected,
            after=promised.after,
        )

    by_lab = _grouped(chosen.questions, lambda each: (labs[each.id], ""))
    by_topic = _grouped(chosen.questions, lambda each: (labs[each.id], each.topic))
    days = habits.practised(answers, time)
    return Stats(
        totals=_totals(chosen, answers, days, state.memories, time),
        labs=tuple(part(*names, found) for names, found in by_lab.items()),
        topics=tuple(
            sorted((part(*names, found) for names, found in by_topic.items()), key=lambda part: part.expected)
        ),
        questions=_asked(chosen.questions, answers, labs, state.memories, now, aim),
        mistakes=mistakes(chosen, answers),
        confidence=habits.confidence(answers),
        days=days,
        blics=habits.blics(answers, labs, started),
        forecast=forecast(chosen.questions, state.memories, now, aim, speed),
    )


def _totals(
    chosen: Chosen, answers: Sequence[Answer], days: Sequence[Day], memories: Mapping[str, Memory], time: Time
) -> Totals:
    ids = {each.id for each in chosen.questions}
    now = time.now.timestamp()
    return Totals(
        questions=len(ids),
        met=len(ids & {name for name, _, _ in answers}),
        answers=len(answers),
        right=sum(entry.outcome == "right" for _, entry, _ in answers),
        points=mean([share for _, _, share in answers]),
        days=len(days),
        streak=habits.streak((each.day for each in days), time.today()),
        seconds=sum(each.seconds for each in days),
        due=sum(name in memories and schedule.due(memories[name], now) for name in ids),
        gone=sum(name not in ids for name, _, _ in answers),
    )


def _asked(
    questions: Sequence[AnyQuestion],
    answers: Sequence[Answer],
    labs: Mapping[str, str],
    memories: Mapping[str, Memory],
    now: float,
    aim: Aim,
) -> tuple[Asked, ...]:
    """The questions, first those from which most points are missing at the exam."""
    earned = defaultdict(list)
    latest = {}
    for name, entry, share in answers:
        earned[name].append(share)
        latest[name] = entry
    rows = []
    for each in questions:
        memory, last = memories.get(each.id), latest.get(each.id)
        expected = recall(memory, aim.exam) if memory else None
        row = Asked(
            id=each.id,
            lab=labs[each.id],
            topic=each.topic,
            answers=len(earned[each.id]),
            points=mean(earned[each.id]),
            last=last.outcome if last else None,
            at=utc(moment(last.at)) if last else None,
            present=recall(memory, now) if memory else None,
            expected=expected,
        )
        missing = 1 - (aim.prior if expected is None else expected)
        rows.append((-schedule.worth(each) * missing, row))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _grouped(
    questions: Iterable[AnyQuestion], key: Callable[[AnyQuestion], tuple[str, str]]
) -> dict[tuple[str, str], list[AnyQuestion]]:
    groups: defaultdict[tuple[str, str], list[AnyQuestion]] = defaultdict(list)
    for each in questions:
        groups[key(each)].append(each)
    return groups
