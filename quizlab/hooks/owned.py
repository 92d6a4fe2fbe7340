"""What a hook may ask of a lab that is not ours: whether it is a student's, and which part is not there."""

from __future__ import annotations

import inspect
from typing import Any


class MissingPartError(Exception):
    """A part that a hook asks for is not in the student's code; the question is then not checked, never wrong.

    Several parts at once are joined by a plus sign: ``dataset+evaluate``.
    """

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def is_own(lab: object) -> bool:
    """Whether the lab is a student's own: its structure may be anything that the text of the lab allows."""
    return getattr(lab, "__own__", False) is True


def has(lab: Any, *parts: str) -> bool:
    """Whether the lab has these parts; ours has all of them."""
    try:
        needs(lab, *parts)
    except MissingPartError:
        return False
    return True


def needs(lab: Any, *parts: str) -> None:
    """Go on only where the student's lab has these parts.

    Raises:
        MissingPartError: one of them is not there.
    """
    if is_own(lab):
        missing = [part for part in parts if not _is_there(lab, part)]
        if missing:
            raise MissingPartError("+".join(missing))


def _is_there(lab: Any, part: str) -> bool:
    try:
        lab.part(part)
    except MissingPartError:
        return False
    return True


def material(lab: Any, part: str) -> Any:
    """The lab, or ours where that part is missing and no question is asked about it: digits, batches, a loop."""
    return lab if has(lab, part) else lab.reference


def reference_of(lab: Any) -> Any:
    """Our own lab, for what is never a student's: the corpus, a training loop, torch's own functions."""
    return lab.reference if is_own(lab) else lab


def offers(lab: Any, part: str, word: str) -> bool:
    """Whether a part can be told something: a parameter of the student's own class or function has that word in it."""
    if not is_own(lab):
        return True
    if (takes := getattr(lab, "takes", None)) is not None:
        return bool(takes(part, word))
    try:
        names = inspect.signature(lab.part(part)).parameters
    except (TypeError, ValueError):
        return False
    return any(word in name.lower() for name in names)
