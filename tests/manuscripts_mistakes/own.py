"""The faces that hooks see, around parts made here: as little adapting as will do."""

from __future__ import annotations

from typing import Any

from quizlab.hooks.owned import MissingPartError


class Own:
    """A student's lab: parts by name, faces by name; what is not there is missing."""

    __own__ = True

    def __init__(self, reference: Any, parts: dict[str, Any], faces: dict[str, Any]) -> None:
        self.reference = reference
        self.parts = {name: part for name, part in parts.items() if part is not None}
        self.faces = faces

    def part(self, name: str) -> Any:
        if name not in self.parts:
            raise MissingPartError(name)
        return self.parts[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self.faces:
            raise AttributeError(name)
        part, face = self.faces[name]
        self.part(part)
        return face
