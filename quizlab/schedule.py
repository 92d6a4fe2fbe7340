"""What to ask next: pure, with history, time and chance as arguments."""

from __future__ import annotations

import random
from collections.abc import Sequence

from quizlab.model import AnyQuestion
from quizlab.progress import Entry


def weight(question: AnyQuestion) -> int:
    """How many groups remembered the question: what returned most is what to practise first."""
    return len({recollection.group for recollection in question.recollections})


def last_answers(history: Sequence[Entry]) -> dict[str, Entry]:
    """Question id → its latest answer."""
    return {entry.question: entry for entry in history}


def order(questions: Sequence[AnyQuestion], history: Sequence[Entry], rng: random.Random) -> tuple[AnyQuestion, ...]:
    """The order to ask in.

    First what was last answered wrongly or in part, then what was never asked, then what is known, longest
    unasked first; among equals what came back most often on the quizzes, then by chance.
    """
    latest = last_answers(history)
    shuffled = list(questions)
    rng.shuffle(shuffled)

    def rank(question: AnyQuestion) -> tuple[int, str, int]:
        entry = latest.get(question.id)
        if entry is None:
            return 1, "", -weight(question)
        if entry.outcome == "right":
            return 2, entry.at, -weight(question)
        return 0, "", -weight(question)

    return tuple(sorted(shuffled, key=rank))
