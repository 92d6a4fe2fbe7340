"""Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven.

Where one thing has several names, their endings are forgiven too, and an explanation behind them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import fold
from quizlab.answers.evaluate import Env
from quizlab.answers.explained import ways
from quizlab.answers.likeness import same_word, spelt
from quizlab.answers.notation import latex
from quizlab.answers.reading import Phrase, Reading, Unreadable, unreadable

if TYPE_CHECKING:
    from quizlab.model import Atom, Part


_CALLED = r"(?<=\w)\([^()]*\)$"
_OR = r"\s+(?:ili|or)\s+|\s*/\s*"
_PASSED = ("funkcija", "funkcije", "funkciju", "function", "nn", "torch", "functional", "f")


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:  # noqa: ARG001
    """Reads a phrase; one of ``part.accept`` means the same as all the others of it."""
    folded = fold(latex(text))
    if not folded:
        return unreadable("empty")
    synonyms = tuple(fold(other) for other in part.accept)
    shown = " ".join(text.split())
    if folded not in synonyms:
        tries = (text, *_either(text, part), re.sub(_CALLED, "", text), *(way.answer for way in ways(text)))
        found = next(
            (name for one in tries for name in part.accept if fold(one) == fold(name) or _alike(one, name)), None
        )
        folded = folded if found is None else fold(found)
    return Reading("text", Phrase(folded, shown, synonyms if folded in synonyms else ()), shown)


def _either(text: str, part: Part) -> list[str]:
    """One of two names joined by «ili», where both mean the same."""
    pieces = re.split(_OR, text)
    known = all(any(_alike(one, name) for name in part.accept) for one in pieces)
    return pieces[:1] if len(pieces) > 1 and known else []


def _alike(text: str, name: str) -> bool:
    """Whether the words of both are the same, one after another, but for their endings."""
    one, other = ([word for word in spelt(each, joined=True) if word not in _PASSED] for each in (text, name))
    return len(one) == len(other) > 0 and all(map(same_word, one, other))


def holds(value: Phrase, measured: object, env: Env) -> bool:  # noqa: ARG001
    """Whether the measured text is this one or a synonym of it."""
    return isinstance(measured, str) and fold(latex(measured)) in (value.folded, *value.synonyms)


def value_at(value: Phrase, env: Env) -> str:  # noqa: ARG001
    """The text itself."""
    return value.shown
