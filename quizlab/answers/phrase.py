"""Words and short phrases; case, diacritics, đ/dj, hyphens and spaces are forgiven."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import fold
from quizlab.answers.evaluate import Env
from quizlab.answers.notation import latex
from quizlab.answers.reading import Phrase, Reading, Unreadable, unreadable

if TYPE_CHECKING:
    from quizlab.model import Atom, Part


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:  # noqa: ARG001
    """Reads a phrase; one of ``part.accept`` means the same as all the others of it."""
    folded = fold(latex(text))
    if not folded:
        return unreadable("empty")
    synonyms = tuple(fold(other) for other in part.accept)
    shown = " ".join(text.split())
    return Reading("text", Phrase(folded, shown, synonyms if folded in synonyms else ()), shown)


def holds(value: Phrase, measured: object, env: Env) -> bool:  # noqa: ARG001
    """Whether the measured text is this one or a synonym of it."""
    return isinstance(measured, str) and fold(latex(measured)) in (value.folded, *value.synonyms)


def value_at(value: Phrase, env: Env) -> str:  # noqa: ARG001
    """The text itself."""
    return value.shown
