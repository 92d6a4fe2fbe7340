"""Exports. FORMATS: name → pure function from questions with their findings to a document."""

from __future__ import annotations

from collections.abc import Callable

from quizlab.export.document import Document, Entry, Picture
from quizlab.export.markdown import markdown

Format = Callable[..., Document]

FORMATS: dict[str, Format] = {"md": markdown}
"""Each takes a title and entries, and gives the same bytes for the same input."""

__all__ = ["FORMATS", "Document", "Entry", "Format", "Picture"]
