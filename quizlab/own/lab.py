"""What is common to a student's labs: their parts as they are, and our own lab for what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own import reference
from quizlab.own.reading import Read
from quizlab.own.standins import Rooms


class OwnLab:
    """A student's lab: its faces are adapters around the student's parts.

    Attributes:
        reference: our own lab.
        sources: the student's files, as trees.
        scratch: a folder in which the student's code may write.
    """

    __own__ = True
    name = ""

    def __init__(
        self, parts: Mapping[str, Any], rooms: Rooms, scratch: Path, sources: Read, more: Mapping[str, Sequence[Any]]
    ) -> None:
        self.reference = reference.module(self.name)
        self.scratch = scratch
        self.rooms = rooms
        self.sources = sources
        self._parts = dict(parts)
        self._more = dict(more)

    def has(self, part: str) -> bool:
        """Whether the student's code has a part."""
        return part in self._parts

    def part(self, name: str) -> Any:
        """The student's own class or function, as it is.

        Raises:
            MissingPartError: it is not there.
        """
        if name not in self._parts:
            raise MissingPartError(name)
        return self._parts[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.reference, name)
