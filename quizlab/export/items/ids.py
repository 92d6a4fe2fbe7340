"""The names by which a platform knows an item again."""

from __future__ import annotations

import hashlib

from quizlab.export.items.markup import line
from quizlab.model import AnyQuestion, Atom
from quizlab.question.texts import fill
from quizlab.telling.maths import readable
from quizlab.telling.words import settings

LONGEST_ID = 100
LONGEST_NAME = 120
LONGEST_TAG = 50


def changes(question: AnyQuestion, variant: AnyQuestion) -> dict[str, Atom]:
    """The numbers in which a variant differs from its question, in the question's order."""
    return {
        name: variant.params[name]
        for name in question.variants
        if name in variant.params and question.params.get(name) != variant.params[name]
    }


def identity(question: AnyQuestion, numbers: dict[str, Atom]) -> str:
    """``q1`` or, for a variant, ``q1--kernel-5-c_in-16``; what is too long ends in a digest of the whole."""
    said = "-".join(f"{name}-{value}" for name, value in numbers.items())
    whole = line(f"{question.id}--{said}" if said else question.id)
    if len(whole) <= LONGEST_ID:
        return whole
    digest = hashlib.blake2b(whole.encode(), digest_size=6).hexdigest()
    return f"{whole[: LONGEST_ID - len(digest) - 1]}-{digest}"


def title(question: AnyQuestion, numbers: dict[str, Atom]) -> str:
    """What a list of questions shows: the id, a variant's numbers, and how the question begins."""
    named = f"{question.id} ({settings(numbers)})" if numbers else question.id
    whole = line(f"{named}: {readable(fill(question.prompt, question.params))}")
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1].rstrip()}…"


def tags(*names: str) -> tuple[str, ...]:
    """Names as tags, each once and none longer than Moodle takes."""
    found = (line(name).replace(",", " ")[:LONGEST_TAG].strip() for name in names)
    return tuple(dict.fromkeys(name for name in found if name))
