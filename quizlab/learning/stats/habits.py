"""When the student practised: days, days in a row, blics; and how well they knew what they know."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from quizlab.learning.stats.answers import Answer, Time, mean, moment, seconds, utc
from quizlab.learning.stats.shapes import Confidence, Day, PastBlic, Trust
from quizlab.log.entry import Entry


def practised(answers: Sequence[Answer], time: Time) -> tuple[Day, ...]:
    """The days on which something was answered, the oldest first."""
    found: defaultdict[date, list[tuple[float, float]]] = defaultdict(list)
    known: dict[str, date] = {}
    for _, entry, share in answers:
        quarter = _quarter(entry.at)
        if (day := known.get(quarter)) is None:
            day = known[quarter] = time.day(entry.at)
        found[day].append((share, seconds(entry)))
    return tuple(
        Day(day, len(rows), sum(share for share, _ in rows) / len(rows), sum(spent for _, spent in rows))
        for day, rows in sorted(found.items())
    )


def _quarter(at: str) -> str:
    """What all moments of a quarter of an hour have in common: no zone's day begins within one."""
    if at[10:11] == "T" and at[13:14] == ":" and at.endswith("+00:00"):
        return f"{at[:13]}{int(at[14:16]) // 15}"
    return at


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
    answers: Sequence[Answer], labs: Mapping[str, str], started: Mapping[str, str] | None = None
) -> tuple[PastBlic, ...]:
    """The blics, the oldest first.

    Args:
        answers: those that were given in blics, and others.
        labs: question id → lab.
        started: session → when it began (ISO); a blic that is not there took as long as its answers did.
    """
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer[1].mode == "blic":
            found[answer[1].session].append(answer)
    sat = [
        PastBlic(
            session=session,
            at=utc(moment(rows[-1][1].at)),
            labs=tuple(sorted({labs[name] for name, _, _ in rows if name in labs})),
            answers=len(rows),
            right=sum(entry.outcome == "right" for _, entry, _ in rows),
            points=sum(share for _, _, share in rows),
            seconds=_lasted(rows, (started or {}).get(session, "")),
        )
        for session, rows in found.items()
    ]
    return tuple(sorted(sat, key=lambda each: each.at))


def _lasted(rows: Sequence[Answer], started: str) -> float:
    """From the beginning of a blic until it was handed in."""
    with contextlib.suppress(ValueError, OverflowError):
        lasted = (moment(rows[-1][1].at) - moment(started)).total_seconds()
        if lasted > 0:
            return lasted
    return sum(seconds(entry) for _, entry, _ in rows)


def confidence(answers: Sequence[Answer]) -> Confidence:
    """How the answers came out whose confidence was asked for."""

    def trust(kind: str) -> Trust:
        shares = [share for _, entry, share in answers if entry.sure == kind]
        return Trust(len(shares), mean(shares))

    last: dict[str, Entry] = {}
    for name, entry, _ in answers:
        if entry.sure:
            last.pop(name, None)  # so that the order is that of the last answers
            last[name] = entry
    said = {name: (entry.sure, entry.outcome) for name, entry in reversed(last.items())}
    lucky = tuple(name for name, each in said.items() if each == ("unsure", "right"))
    misled = tuple(name for name, each in said.items() if each == ("sure", "wrong"))
    return Confidence(trust("sure"), trust("unsure"), lucky, misled)
