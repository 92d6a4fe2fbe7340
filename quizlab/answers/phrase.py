"""Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven.

Where one thing has several names, their endings are forgiven too, and an explanation behind them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quizlab.answers.clean import fold, tidy
from quizlab.answers.evaluate import Env
from quizlab.answers.explained import ways
from quizlab.answers.likeness import same_word, spelt
from quizlab.answers.notation import worded
from quizlab.answers.reading import Phrase, Reading, Unreadable, unreadable
from quizlab.answers.saying import unsaid

if TYPE_CHECKING:
    from quizlab.model import Atom, Part


_CALLED = r"(?<=\w)\([^()]*\)$"
_OR = r"\s+(?:ili|or)\s+|\s*/\s*"
_PASSED = ("funkcija", "funkcije", "funkciju", "function", "nn", "torch", "functional", "f")


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:  # noqa: ARG001
    """Reads a phrase; one of ``part.accept`` means the same as all the others of it."""
    folded = spelling(text)
    if not folded:
        return unreadable("empty")
    synonyms = _folds(part.accept)
    shown = " ".join(text.split())
    if folded not in synonyms:
        bare = unsaid(tidy(text))
        tries = [one for each in dict.fromkeys((text, bare)) for one in _tries(each, part)]
        found = next((name for one in tries if (name := _name(one, part))), None)
        if found is None and (mixed := _mixed(bare, part)):
            return unreadable("unknown_word", text, symbol=mixed)
        folded = folded if found is None else fold(found)
    return Reading("text", Phrase(folded, shown, synonyms if folded in synonyms else ()), shown)


def spelling(text: str) -> str:
    """What two spellings of one phrase have in common."""
    return fold(worded(text))


def _tries(text: str, part: Part) -> list[str]:
    """The text, and what of it could be the name alone."""
    return [text, *_either(text, part), re.sub(_CALLED, "", text), *(way.answer for way in ways(text))]


@lru_cache(maxsize=16)
def _folds(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of one thing, folded; there may be thousands, and an answer is tried against them in several ways."""
    return tuple(map(fold, names))


@lru_cache(maxsize=16)
def _spelt(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_telling, names))


def _telling(text: str) -> tuple[str, ...]:
    """The words of a text that tell one name from another."""
    return tuple(word for word in spelt(text, joined=True) if word not in _PASSED)


def _name(text: str, part: Part) -> str | None:
    """The name that a text is: one of those that are right, or one for which the question has other words."""
    names = [*part.accept, *(name for name, others in part.words.items() for _ in (name, *others))]
    known = (*part.accept, *(other for name, others in part.words.items() for other in (name, *others)))
    folded, said = fold(text), _telling(text)
    spellings = zip(names, _folds(known), _spelt(known), strict=True)
    return next((name for name, other, words in spellings if folded == other or _same(said, words)), None)


def _mixed(text: str, part: Part) -> str:
    """What is said besides a right name, which then is neither right nor wrong; "" where there is no such name."""
    said = _telling(text)
    for telling in _spelt(part.accept):
        others = [word for word in said if not any(same_word(word, one) for one in telling)]
        if telling and others and all(any(same_word(one, word) for word in said) for one in telling):
            return others[0]
    return ""


def _either(text: str, part: Part) -> list[str]:
    """One of two names joined by «ili», where both mean the same."""
    pieces = re.split(_OR, text)
    if len(pieces) == 1:
        return []
    said = [_telling(one) for one in pieces]
    return pieces[:1] if all(any(_same(one, name) for name in _spelt(part.accept)) for one in said) else []


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of both are the same, one after another, but for their endings."""
    return len(one) == len(other) > 0 and all(map(same_word, one, other))


def holds(value: Phrase, measured: object, env: Env) -> bool:  # noqa: ARG001
    """Whether the measured text is this one or a synonym of it."""
    return isinstance(measured, str) and spelling(measured) in (value.folded, *value.synonyms)


def value_at(value: Phrase, env: Env) -> str:  # noqa: ARG001
    """The text itself."""
    return value.shown
