"""What a student remembers: FSRS over the raw answer log.

The model is FSRS-6 with its published default parameters (package ``fsrs``). A memory has a stability (days until
recall falls to 0.9) and a difficulty (1 to 10); an answer changes both. Formulas:
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm; the memory model: Ye, Su, Cao, "A
Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling" (KDD 2022).

FSRS lets a failed card be known at once and forgets from there: its data begin on the day after. Having read the key
a minute ago is not knowing it, so that after a wrong answer the curve begins a day later, and at the value of that day.

Memories are never stored as truth: they are replayed from the log, so that an answer can be withdrawn and the
model replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from quizlab.learning import keeping, snapshot, steps
from quizlab.log.entry import ENOUGH, RIGHT, WRONG, Entry, rating
from quizlab.model import Outcome

if TYPE_CHECKING:
    from fsrs import Scheduler

DAY = 86_400.0
"""Seconds."""

DAY_BEGINS = 3 * 3600.0
"""Seconds after midnight UTC: 4 or 5 in the morning in Croatia, the hour at which Anki begins a day, too."""

LONGEST = 36_500
"""Days between two answers beyond which nothing changes."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

PRIOR_RIGHT, PRIOR_ANSWERS = 6.4, 16.0
"""What is believed before the first answer, as answers already seen: 6.4 right of 16. With fewer a dozen answers would
say too much of the questions not asked yet (tests/calibration.py)."""

DAY_AFTER = DAY
"""Seconds after a wrong answer whose recall is that of all moments before; FSRS's data on failures begin there."""

SITTING = 3600.0
"""Seconds from one answer to the next to the same question within which its key is still in the ear."""

STUBBORN = 0.4
"""What is left of the recall with each further wrong answer in one sitting. FSRS takes what was just read for known, so
it has no data for this: a key that did not help a minute later will hardly help the next morning."""

SNAPSHOT = "memory.snapshot"
SCHEMA = 2
"""Of the snapshot; to be raised when the meaning of a memory or of a rating changes."""


class Memory(Struct, frozen=True):
    """How one question is remembered.

    ``stability`` in days, ``difficulty`` from 1 to 10, ``last`` is when it was last answered (POSIX seconds),
    ``lapses`` are the wrong answers, ``outcome`` is that of the last answer, ``missed`` are the wrong answers in the
    sitting of the last answer, ``kept`` is the share of the stability that is believed in (see ``keeping``).
    """

    stability: float
    difficulty: float
    last: float
    reviews: int = 1
    lapses: int = 0
    outcome: Outcome = "right"
    missed: int = 0
    kept: float = 1.0

    @property
    def unsettled(self) -> bool:
        """Whether the last answer was not right, or right only after the key was seen in that sitting."""
        return self.outcome != "right" or self.missed > 0


class State(Struct, frozen=True):
    """Everything replayed from a log up to a row.

    ``points`` are the shares of the ``firsts`` answers that were the first to their question, added up; ``number``
    and ``entry`` are the row with the greatest number (0 and None for an empty log); ``trials`` tell how much is kept
    of a key that was shown.
    """

    memories: dict[str, Memory] = {}
    points: float = 0.0
    firsts: int = 0
    number: int = 0
    entry: Entry | None = None
    trials: keeping.Trials = keeping.NONE

    @property
    def prior(self) -> float:
        """The expected share of points (0 to 1) for a question never asked before."""
        return prior(self.points, self.firsts)


def after(memory: Memory | None, rating: int, at: float) -> Memory:
    """The memory after an answer at a moment (POSIX seconds); None is a question never answered before.

    FSRS counts whole days between answers. As in Anki, whose logs its parameters are fitted to, those are nights
    and not spans of 24 hours: an answer at nine in the evening and one at eight the next evening are a day apart.
    A clock that went backwards counts as the same day.
    """
    outcome: Outcome = "wrong" if rating == WRONG else "right" if rating == RIGHT else "partial"
    if memory is None:
        stability, difficulty = _first(rating)
        missed = int(rating == WRONG)
        return Memory(stability, difficulty, at, 1, missed, outcome, missed)
    days = min(max(0, day(at) - day(memory.last)), LONGEST)
    stability, difficulty = _next()(memory.stability, memory.difficulty, days, rating)
    lapses = memory.lapses + (rating == WRONG)
    missed = (memory.missed if at - memory.last < SITTING else 0) + (rating == WRONG)
    return Memory(stability, difficulty, at, memory.reviews + 1, lapses, outcome, missed, memory.kept)


def recall(memory: Memory, at: float) -> float:
    """The probability (0 to 1) of a right answer from knowledge at a moment (POSIX seconds).

    What is unsettled is not known better at any moment of the first day than at its end.
    """
    return _curve_at(memory, max(at - memory.last, DAY_AFTER if memory.unsettled else 0.0))


def success(memory: Memory, at: float) -> float:
    """The probability (0 to 1) of a right answer at a moment (POSIX seconds), the key still in the ear or not."""
    return _curve_at(memory, max(at - memory.last, 0.0))


def _curve_at(memory: Memory, elapsed: float) -> float:
    """The forgetting curve so many seconds after the last answer.

    That of FSRS-6 is R(t, S) = (1 + F·t/S)^−w₂₀ with F = 0.9^(−1/w₂₀) − 1, so that R(S, S) = 0.9. The
    package floors t to whole days; here it is exact, because a quiz may be hours away.
    """
    decay, factor = _curve()
    further = 0 if memory.outcome == "right" else max(0, memory.missed - 1)
    return float((1 + factor * elapsed / DAY / memory.stability / memory.kept) ** -decay * STUBBORN**further)


def witnessed(trials: keeping.Trials, memory: Memory | None, at: float, *, right: bool) -> keeping.Trials:
    """What an answer tells of how much is kept of a key: something, if it was wrong in an earlier sitting."""
    if memory is None or not memory.unsettled or at - memory.last < SITTING:
        return trials
    each = (msgspec.structs.replace(memory, kept=share) for share in keeping.SHARES)
    return keeping.witnessed(trials, [success(one, at) for one in each], right=right)


def believed(memories: Mapping[str, Memory], trials: keeping.Trials) -> dict[str, Memory]:
    """The memories, those that were ever missed with the share of their stability that the trials tell."""
    share = keeping.share(trials)
    return {
        name: msgspec.structs.replace(memory, kept=share) if memory.unsettled or memory.lapses else memory
        for name, memory in memories.items()
    }


def replay(
    entries: Iterable[Entry], known: Mapping[str, Memory] | None = None, names: Mapping[str, str] | None = None
) -> dict[str, Memory]:
    """Question id → memory, after these answers.

    Args:
        entries: oldest first.
        known: the memories before them.
        names: alias → id of questions that were renamed since.
    """
    return follow(State(dict(known or {})), enumerate(entries, start=1), names).memories


def follow(state: State, rows: Iterable[tuple[int, Entry]], names: Mapping[str, str] | None = None) -> State:
    """The state after some more rows of the same log, oldest first."""
    memories, names = dict(state.memories), names or {}
    points, firsts, number, entry, trials = state.points, state.firsts, state.number, state.entry, state.trials
    for row, given in rows:
        name = names.get(given.question, given.question)
        known = memories.get(name)
        if known is None:
            firsts += 1
            points += 1.0 if given.outcome == "right" else given.share if given.outcome == "partial" else 0.0
        at = seconds(given.at)
        trials = witnessed(trials, known, at, right=given.outcome == "right")
        memories[name] = _outcome(after(known, rating(given), at), given.outcome)
        if row > number:
            number, entry = row, given
    return State(memories, points, firsts, number, entry, trials)


def answered(memory: Memory | None, entry: Entry) -> Memory:
    """The memory after a logged answer."""
    return _outcome(after(memory, rating(entry), seconds(entry.at)), entry.outcome)


def prior(points: float, firsts: int) -> float:
    """The expected share of points (0 to 1) for a question never asked before.

    Args:
        points: shares of points of the answers that were the first to their question, added up.
        firsts: how many such answers there were.
    """
    return (points + PRIOR_RIGHT) / (firsts + PRIOR_ANSWERS)


def seconds(at: str) -> float:
    """The moment of a log entry in POSIX seconds; without a zone it is UTC."""
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def remembered(log: snapshot.Rows, folder: Path | None, names: Mapping[str, str] | None = None) -> State:
    """The state of a whole log, replaying only what is new since the snapshot in a folder.

    The snapshot holds only for the same revision of the log, the same model, the same renames and the same last row.
    """
    kept, renamed = folder / SNAPSHOT if folder else None, names or {}
    state = snapshot.resumed(
        log, kept, lambda revision: _key(revision, renamed), State, lambda state, rows: follow(state, rows, renamed)
    )
    return msgspec.structs.replace(state, memories=believed(state.memories, state.trials))


def _key(revision: int, names: Mapping[str, str]) -> str:
    """Everything besides the rows that a state follows from."""
    from importlib.metadata import version

    return repr((revision, SCHEMA, version("fsrs"), scheduler().parameters, DAY_BEGINS, ENOUGH, sorted(names.items())))


def _outcome(memory: Memory, outcome: Outcome) -> Memory:
    if memory.outcome == outcome:
        return memory
    return msgspec.structs.replace(memory, outcome=outcome)


def day(at: float) -> int:
    """Which day a moment (POSIX seconds) belongs to, counted from 1970; a day begins in the early morning."""
    return int((at - DAY_BEGINS) // DAY)


@cache
def scheduler() -> Scheduler:
    """The package's scheduler without its learning steps: sessions are long enough apart, or the same day anyway."""
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _curve() -> tuple[float, float]:
    decay = scheduler().parameters[20]
    return decay, 0.9 ** (-1 / decay) - 1


@cache
def _first(rating: int) -> tuple[float, float]:
    from fsrs import Card, Rating

    card, _ = scheduler().review_card(Card(card_id=0, due=EPOCH), Rating(rating), EPOCH)
    assert card.stability is not None
    assert card.difficulty is not None
    return card.stability, card.difficulty


@cache
def _next() -> steps.Step:
    return steps.step(scheduler().parameters)
