"""How long questions take a student: learnt from the log, answer by answer, and believed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Literal

from msgspec import Struct

from quizlab.learning.memory import Memory, success
from quizlab.log.entry import Entry
from quizlab.model import AnyQuestion, ChoiceQuestion, MultiQuestion, OpenQuestion

Pace = Literal["choice", "typed", "oral"]

PRIOR: Mapping[Pace, float] = {"choice": 30.0, "typed": 45.0, "oral": 100.0}
"""Seconds from one question to the next before anything is known of the student."""

STRENGTH = 4.0
"""So many answers the prior is worth."""

RECENT = 40
"""So many of the last answers of a kind tell how fast a student is."""

FAR = 5000
"""So many of the last answers are looked through at most: how fast somebody was before them says nothing of now."""

PAUSE = 300.0
"""Seconds between two answers beyond which the student was away."""

Tempo = Mapping[Pace, float]


class Turn(Struct, frozen=True):
    """One answer: to which question, and the seconds until it was given."""

    question: str
    seconds: float


def kind(question: AnyQuestion) -> Pace:
    """How a question is answered: with a key, with a line, aloud."""
    if isinstance(question, OpenQuestion):
        return "oral"
    return "choice" if isinstance(question, ChoiceQuestion | MultiQuestion) else "typed"


def _seconds(entry: Entry) -> float:
    return datetime.fromisoformat(entry.at).timestamp()


def turns(entries: Iterable[Entry], since: int = 0) -> list[Turn]:
    """The answers with their times: from the answer before in the same session on, so that reading counts, too.

    Where there is none, or a pause lies between, only the time until the answer was given is known. ``since`` leaves
    out so many of the first answers.
    """
    last: dict[str, float] = {}
    found = []
    for place, entry in enumerate(entries):
        at = _seconds(entry)
        gap = at - last.get(entry.session, at)
        last[entry.session] = at
        seconds = max(entry.seconds, gap if gap <= PAUSE else 0.0)
        if seconds > 0 and place >= since:
            found.append(Turn(entry.question, min(seconds, PAUSE)))
    return found


def _latest(entries: Sequence[Entry], number: int) -> list[Turn]:
    """The turns of so many last answers: what comes before an answer counts only within a pause of it."""
    start = max(0, len(entries) - number)
    first = start
    if start:
        since = _seconds(entries[start]) - PAUSE
        while first and _seconds(entries[first - 1]) >= since:
            first -= 1
    return turns(entries[first:], since=start - first)


def tempo(entries: Sequence[Entry], known: Callable[[str], AnyQuestion | None]) -> Tempo:
    """Seconds a question of each kind takes: the median of the last answers, with the prior as so many more.

    Args:
        entries: the last `FAR` answers of the log, oldest first.
        known: the question of a logged id; None if there is none any more.
    """
    number = 8 * RECENT
    while True:  # as far back as it takes to have enough of each kind
        seen: dict[Pace, list[float]] = {each: [] for each in PRIOR}
        for turn in _latest(entries, number):
            question = known(turn.question)
            if question is not None:
                seen[kind(question)].append(turn.seconds)
        if number >= len(entries) or all(len(times) >= RECENT for times in seen.values()):
            break
        number *= 8
    return {each: _blended(PRIOR[each], times[-RECENT:]) for each, times in seen.items()}


def _blended(prior: float, times: Sequence[float]) -> float:
    if not times:
        return prior
    return (STRENGTH * prior + len(times) * median(times)) / (STRENGTH + len(times))


def seconds(
    questions: Iterable[AnyQuestion], tempo: Tempo, memories: Mapping[str, Memory], prior: float, now: float
) -> float:
    """How long it takes to ask questions, each again as often as it is likely to be wrong.

    Args:
        questions: to be asked.
        tempo: seconds a question of each kind takes.
        memories: question id → memory of those that were asked before.
        prior: the probability (0 to 1) that a question never asked before is known.
        now: POSIX seconds.
    """
    total = 0.0
    for question in questions:
        memory = memories.get(question.id)
        known = success(memory, now) if memory else prior
        total += tempo[kind(question)] * (2 - known)
    return total


def fitting(whole: float, number: int, minutes: float) -> int:
    """How many of so many questions, which take so many seconds altogether, fit into these minutes; at least one."""
    return max(1, min(number, int(60 * minutes * number / whole))) if whole > 0 else number
