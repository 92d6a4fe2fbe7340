"""Questions that no cue knows, as those of a bank of one's own: found by the words of their prompt."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from quizlab.model import AnyQuestion
from quizlab.question.texts import fill
from quizlab.thread import cues
from quizlab.thread.find import Match
from quizlab.thread.fold import words

STEM, SHORTEST = 6, 4
"""So many letters of a word are compared, and so many it must have."""

COVERED, COMMON = 0.6, 3
"""The share of a prompt, by weight, that must be there for it to be meant, and how many words at least."""


class Prompts:
    """The prompts of the questions that have no cues."""

    def __init__(self, questions: Sequence[AnyQuestion]) -> None:
        self.stems = {
            question.id: _stems(fill(question.prompt, question.params))
            for question in questions
            if question.id not in cues.entries()
        }
        used = Counter(stem for stems in self.stems.values() for stem in stems)
        self.weights = {stem: math.log(1 + (1 + len(self.stems)) / number) for stem, number in used.items()}

    def nearest(self, text: str) -> Match | None:
        """The question whose prompt the text has most of; None if it is not enough of any."""
        if not self.stems:
            return None
        said = _stems(text)
        found = [self._match(id, stems, said) for id, stems in self.stems.items()]
        best = max(found, key=lambda match: match.confidence)
        return best if best.confidence >= COVERED else None

    def _match(self, id: str, stems: frozenset[str], said: frozenset[str]) -> Match:
        common = stems & said
        whole = math.fsum(self.weights[stem] for stem in stems)
        weight = math.fsum(self.weights[stem] for stem in common)
        return Match(id, weight, round(weight / whole, 2) if len(common) >= COMMON else 0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.text[:STEM] for word in words(text) if len(word.text) >= SHORTEST)
