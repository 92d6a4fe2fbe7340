"""When the student practised: days, days in a row, blics; and how well they knew what they know."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from quizlab.learning.stats.answers import Chosen, moment, utc
from quizlab.learning.stats.shapes import Confidence, Day, PastBlic, Trust
from quizlab.learning.stats.tally import Seen, Tally, Written


def practised(seen: Iterable[Seen]) -> tuple[Day, ...]:
    """The days on which something was answered, the oldest first."""
    found: defaultdict[int, list[tuple[int, float, float]]] = defaultdict(list)
    for each in seen:
        for day, sums in each.days.items():
            found[day].append(sums)
    made = []
    for day, parts in sorted(found.items()):
        answers, points = sum(each for each, _, _ in parts), sum(each for _, each, _ in parts)
        made.append(Day(date.fromordinal(day), answers, points / answers, sum(each for _, _, each in parts)))
    return tuple(made)


def streak(days: Iterable[date], today: date) -> int:
    """How many days in a row, up to today or yesterday, have something answered."""
    there = set(days)
    day = today if today in there else today - timedelta(days=1)
    length = 0
    while day in there:
        length += 1
        day -= timedelta(days=1)
    return length


def blics(
    chosen: Chosen,
    tally: Tally,
    labs: Mapping[str, str],
    started: Mapping[str, str] | None = None,
) -> tuple[PastBlic, ...]:
    """The blics, the oldest first, with their answers to what is chosen.

    Args:
        chosen: the questions that are asked about.
        tally: the whole log.
        labs: question id → lab.
        started: session → when it began (ISO); a blic that is not there took as long as its answers did.
    """
    ids = {each.id for each in chosen.questions}
    sat = []
    for session, answers in tally.blics.items():
        if not (rows := [each for each in answers if chosen.everything or each.question in ids]):
            continue
        past = PastBlic(
            session=session,
            at=utc(moment(rows[-1].at)),
            labs=tuple(sorted({labs[each.question] for each in rows if each.question in labs})),
            answers=len(rows),
            right=sum(each.right for each in rows),
            points=sum(each.points for each in rows),
            seconds=_lasted(rows, (started or {}).get(session, "")),
        )
        sat.append((min(each.place for each in rows), past))
    return tuple(past for _, past in sorted(sat, key=lambda each: (each[1].at, each[0])))


def _lasted(rows: Sequence[Written], started: str) -> float:
    """From the beginning of a blic until it was handed in."""
    with contextlib.suppress(ValueError, OverflowError):
        lasted = (moment(rows[-1].at) - moment(started)).total_seconds()
        if lasted > 0:
            return lasted
    return sum(each.seconds for each in rows)


def confidence(seen: Mapping[str, Seen]) -> Confidence:
    """How the answers came out whose confidence was asked for."""

    def trust(found: Sequence[tuple[int, float]]) -> Trust:
        answers = sum(each for each, _ in found)
        return Trust(answers, sum(points for _, points in found) / answers if answers else None)

    said = [(each.said, name) for name, each in seen.items() if each.said]
    said.sort(key=lambda pair: pair[0].place, reverse=True)
    lucky = tuple(name for each, name in said if (each.sure, each.outcome) == ("unsure", "right"))
    misled = tuple(name for each, name in said if (each.sure, each.outcome) == ("sure", "wrong"))
    sure, unsure = (trust([getattr(each, kind) for each in seen.values()]) for kind in ("sure", "unsure"))
    return Confidence(sure, unsure, lucky, misled)
