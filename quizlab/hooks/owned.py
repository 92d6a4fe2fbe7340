"""What a hook may ask of a lab that is not ours: whether it is a student's, and which part is not there."""

from __future__ import annotations


class MissingPartError(Exception):
    """A part that a hook asks for is not in the student's code; the question is then not checked, never wrong."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def is_own(lab: object) -> bool:
    """Whether the lab is a student's own: its structure may be anything that the text of the lab allows."""
    return getattr(lab, "__own__", False) is True
