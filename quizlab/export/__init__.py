"""Exports. FORMATS: flag → a pure function from questions with their findings to a document or to bytes."""

from __future__ import annotations

import importlib
from typing import Any, cast

from msgspec import Struct

from quizlab.export.document import Document, Exported, Picture, Variant


class Format(Struct, frozen=True):
    """One format: called with a title and entries, it gives the same bytes for the same input.

    Its module is imported only then, so that whoever lacks the library of one format still has the others.

    Args:
        module: where it is, under `quizlab.export`; the function has the name of the flag, or ``function``.
        variants: how many variants with other numbers a question brings along, unless someone wishes otherwise.
        varies: whether it has any use for variants.
        binary: whether it gives bytes, which belong in a file, instead of a document.
        takes: what it is called with besides title and entries: ``answers`` (where they are), ``form`` (md or
            html, by the name of the file), ``versions`` (that the proofs ran with), ``times`` (when each note last
            changed, see `anki.package.Times`).
    """

    module: str
    function: str
    variants: int = 0
    varies: bool = True
    binary: bool = False
    takes: tuple[str, ...] = ()

    def __call__(self, title: str, entries: Any, **options: Any) -> Any:
        """The export: a `Document`, or bytes if the format is binary."""
        made = getattr(importlib.import_module(f"quizlab.export.{self.module}"), self.function)
        return cast("Document | bytes", made(title, entries, **options))


FORMATS: dict[str, Format] = {
    "md": Format("markdown", "markdown", takes=("answers",)),
    "sheet": Format("sheet", "sheet", varies=False, takes=("form",)),
    "html": Format("html", "html", variants=6),
    "anki": Format("anki", "anki", binary=True, takes=("times",)),
    "anki-csv": Format("anki", "anki_csv"),
    "moodle": Format("moodle", "moodle"),
    "qti": Format("qti", "qti", binary=True),
    "json": Format("bank_json", "bank_json", takes=("versions",)),
}
"""Flag → format, in the order in which help names them."""

__all__ = ["FORMATS", "Document", "Exported", "Format", "Picture", "Variant"]
