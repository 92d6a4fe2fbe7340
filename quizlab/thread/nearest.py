"""The questions nearest to half a sentence: by cues, by concepts of the course, by words that may be unfinished."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from quizlab.model import AnyQuestion, Question
from quizlab.question.texts import fill
from quizlab.thread import cues
from quizlab.thread.find import matches
from quizlab.thread.fold import words
from quizlab.thread.words import concepts

STEM, SHORTEST = 6, 3
"""So many letters of a word are compared, and so many it must have."""

CUE = 1.0
"""What a sure cue is worth beside all words being there."""

FEWEST = 0.05
"""A question with less in common is not offered."""


class Nearest:
    """The questions of some banks, ready to be looked for."""

    def __init__(self, questions: Sequence[AnyQuestion]) -> None:
        self.features = {each.id: _features(_text(each)) | _cued(each.id) for each in questions}
        used = Counter(one for features in self.features.values() for one in features)
        self.rare = {one: math.log(1 + len(self.features) / number) for one, number in used.items()}
        self.unmet = math.log(1 + len(self.features))

    def of(self, text: str, most: int = 3) -> list[str]:
        """The ids of the nearest questions, the nearest first; none where nothing is in common."""
        said = _features(text)
        begun = {word.text[:STEM] for word in words(text)[-1:] if len(word.text) >= SHORTEST}
        cued = {match.id: match.confidence for match in matches(concepts(text))}
        whole = sum(self.rare.get(one, self.unmet) for one in said) or 1.0
        scores = {
            id: self._common(said, begun, features) / whole + CUE * cued.get(id, 0.0)
            for id, features in self.features.items()
        }
        best = sorted(scores, key=lambda id: -scores[id])
        return [id for id in best[:most] if scores[id] > FEWEST]

    def _common(self, said: Iterable[str], begun: Iterable[str], features: frozenset[str]) -> float:
        common = {one for one in said if one in features}
        for stem in begun:  # the last word may end in the middle
            common |= {one for one in features if one.startswith(stem)} if stem not in features else set()
        return sum(sorted(self.rare[one] for one in common))


def _cued(id: str) -> frozenset[str]:
    """The concepts in which the question is known to be spoken of."""
    entry = cues.entries().get(id)
    asked = entry.asked if entry else ()
    return frozenset(f"#{name}" for cue in asked for term in cue.terms for name in term.names)


def _text(question: Question) -> str:
    return f"{fill(question.prompt, question.params)} {question.asks} {question.topic}"


def _features(text: str) -> frozenset[str]:
    """Stems of words and concepts of the course, which are the same in both languages."""
    stems = {word.text[:STEM] for word in words(text) if len(word.text) >= SHORTEST or word.text.isdigit()}
    return frozenset(stems | {f"#{one.name}" for one in concepts(text)})
