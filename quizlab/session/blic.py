"""A blic as a state machine without a terminal: answers may be changed until the end, and are graded only then."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

import msgspec

from quizlab import answers
from quizlab.answers import Unreadable
from quizlab.learning import schedule
from quizlab.model import AnyQuestion, OpenQuestion
from quizlab.question import asking
from quizlab.question.asking import Asking
from quizlab.question.grading import grade
from quizlab.session import practice
from quizlab.session.practice import Answered, Questions


class Slot(msgspec.Struct, frozen=True):
    """One question of a blic: what was typed for it so far, whether it is marked to come back to, time spent."""

    item: Asking
    typed: str = ""
    marked: bool = False
    seconds: float = 0.0


class Blic(msgspec.Struct, frozen=True):
    """Where a blic stands. Times are POSIX seconds; ``at`` is the place of the question on the screen."""

    id: str
    names: tuple[str, ...]
    started: float
    ends: float
    slots: tuple[Slot, ...]
    at: int = 0


class Result(msgspec.Struct, frozen=True):
    """What a blic came to: for each slot its graded answer, or None where it was left empty."""

    answered: tuple[Answered | None, ...]
    points: float
    seconds: float
    again: tuple[str, ...]


def begin(
    identity: str,
    names: Sequence[str],
    pool: Sequence[AnyQuestion],
    number: int,
    seed: int,
    now: float,
    minutes: float,
    met: Collection[str] | None = None,
) -> Blic:
    """Draw a blic: written questions only, what returned most is drawn most, and topics take turns.

    Args:
        identity: of the session in the log.
        names: what the command was given.
        pool: the questions to draw from.
        number: how many to draw, if there are so many.
        seed: decides everything.
        now: POSIX seconds.
        minutes: how long it takes.
        met: the ids of the questions that were answered before; a new one comes with the numbers of the quiz. None:
            they are all drawn with any numbers, so that nothing but the seed decides.
    """
    rng = random.Random(seed)
    left = [question for question in pool if written(question)]
    items: list[Asking] = []
    topics: Counter[str] = Counter()
    while left and len(items) < number:
        weights = [schedule.worth(each) / (1 + topics[each.topic]) ** 2 for each in left]
        chosen = rng.choices(left, weights)[0]
        left.remove(chosen)
        topics[chosen.topic] += 1
        new = met is not None and chosen.id not in met
        items.append(asking.compose(chosen, rng, items, numbers="asked" if new else "any"))
    return Blic(identity, tuple(names), now, now + 60 * minutes, tuple(Slot(item) for item in items))


def written(question: AnyQuestion) -> bool:
    """Whether a question can be asked in writing and graded; an oral one cannot."""
    return not isinstance(question, OpenQuestion)


def remaining(blic: Blic, now: float) -> float:
    """Seconds left; never negative, and never more than were given, whatever the clock says."""
    return min(max(0.0, blic.ends - now), blic.ends - blic.started)


def steady(blic: Blic, now: float, ticking: Callable[[], float]) -> Callable[[], float]:
    """A clock for writing a blic: POSIX seconds that go on from now as ``ticking`` does, which nobody sets.

    A wall clock that stands before the beginning (it was set back while the blic was interrupted) begins there.
    """
    first, begun = max(now, blic.started), ticking()
    return lambda: first + ticking() - begun


def over(blic: Blic, now: float) -> bool:
    """Whether the time is up."""
    return now >= blic.ends


def posed(blic: Blic, questions: Questions, place: int | None = None) -> AnyQuestion:
    """The question at a place, as it is asked; by default the one on the screen."""
    item = blic.slots[blic.at if place is None else place].item
    return asking.posed(questions[item.question], item)


def write(blic: Blic, question: AnyQuestion, typed: str, seconds: float) -> Blic | Unreadable:
    """Write an answer to the question on the screen and turn to the next one that is empty.

    Nothing is graded. What cannot be read as an answer is given back, as it would be on paper before it counts.
    """
    reading = answers.read(question, typed, question.params)
    if isinstance(reading, Unreadable):
        return reading
    spent = blic.slots[blic.at].seconds + seconds
    changed = _change(blic, typed=typed, seconds=spent)
    return msgspec.structs.replace(changed, at=_next_empty(changed))


def mark(blic: Blic) -> Blic:
    """Mark the question on the screen to come back to, or unmark it."""
    return _change(blic, marked=not blic.slots[blic.at].marked)


def spent(blic: Blic, seconds: float) -> Blic:
    """Time was spent on the question on the screen without an answer."""
    return _change(blic, seconds=blic.slots[blic.at].seconds + seconds)


def turn(blic: Blic, to: int) -> Blic:
    """Turn to another question; beyond the last one comes the first."""
    return msgspec.structs.replace(blic, at=to % len(blic.slots))


def empty(blic: Blic) -> list[int]:
    """The places without an answer."""
    return [place for place, slot in enumerate(blic.slots) if not slot.typed]


def _next_empty(blic: Blic) -> int:
    """The next place without an answer, from the one on the screen on; the next place if there is none."""
    places = empty(blic)
    return next(
        (place for place in places if place > blic.at), places[0] if places else (blic.at + 1) % len(blic.slots)
    )


def _change(blic: Blic, **changes: object) -> Blic:
    slot = msgspec.structs.replace(blic.slots[blic.at], **changes)
    return msgspec.structs.replace(blic, slots=(*blic.slots[: blic.at], slot, *blic.slots[blic.at + 1 :]))


def finish(blic: Blic, questions: Mapping[str, AnyQuestion], now: datetime) -> Result:
    """Grade every answer; an empty one earns nothing and is not logged. After its end a blic cannot be handed in."""
    begun, end = (datetime.fromtimestamp(each, now.tzinfo) for each in (blic.started, blic.ends))
    now = min(max(now, begun), end)
    answered = tuple(_graded(blic, questions, place, now) for place in range(len(blic.slots)))
    return Result(
        answered=answered,
        points=sum(each.graded.share for each in answered if each),
        seconds=now.timestamp() - blic.started,
        again=tuple(
            slot.item.question
            for slot, each in zip(blic.slots, answered, strict=True)
            if each is None or each.graded.outcome != "right"
        ),
    )


def _graded(blic: Blic, questions: Mapping[str, AnyQuestion], place: int, now: datetime) -> Answered | None:
    slot = blic.slots[place]
    if not slot.typed or slot.item.question not in questions:
        return None
    question = posed(blic, questions, place)
    graded = grade(question, slot.typed)
    if isinstance(graded, Unreadable):  # the bank was changed meanwhile
        return None
    entry = practice.logged(blic.id, slot.item, question, slot.typed, graded, now, slot.seconds)
    return Answered(question, graded, msgspec.structs.replace(entry, mode="blic"))
