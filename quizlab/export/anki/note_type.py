"""The note type: its fields, the template that puts them on a card, and how the card looks and plays.

Whoever renames, adds, moves or removes a field makes another type of it for Anki, which then updates no note that a
student has, unless they know to tick «Merge notetypes». What cards look like may change freely.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from quizlab.export.anki import sides
from quizlab.export.anki.evidence import Draw, proof
from quizlab.export.anki.text import rich
from quizlab.export.document import Exported

ID = 1_764_000_000_001
NAME = "quizlab"
FIELDS = (
    "Oznaka", "Pitanje", "Ponuda", "Točni", "Upis", "Savjeti",
    "Odgovor", "Objašnjenje", "Pogreške", "Prisjećanja", "Dokaz",
)  # fmt: skip


def fields(name: str, entry: Exported, draw: Draw) -> tuple[str, ...]:
    """The fields of one note; ``name`` is HTML already."""
    told = entry.told
    return (
        name,
        rich(told.prompt),
        sides.options(told),
        sides.right(told),
        sides.typed(entry.question, entry.finding.key),
        sides.hints(told),
        sides.answer(told),
        rich(told.explain),
        sides.mistakes(told),
        sides.recollections(told),
        proof(told, draw),
    )


def note_type(deck: int, stamp: int) -> dict[str, Any]:
    """The note type as a collection holds it."""
    font = {"font": "Arial", "media": [], "rtl": False, "size": 20, "sticky": False}
    template = {
        "name": "Kartica", "id": ID + 100, "ord": 0, "did": None,
        "qfmt": _part("front.html"), "afmt": _part("back.html"),
        "bqfmt": "{{text:Pitanje}}", "bafmt": "{{text:Odgovor}}", "bfont": "", "bsize": 0,
    }  # fmt: skip
    return {
        "id": ID, "name": NAME, "type": 0, "mod": stamp, "usn": -1, "sortf": 0, "did": deck,
        "flds": [{"name": name, "id": ID + ord, "ord": ord, **font} for ord, name in enumerate(FIELDS, 1)],
        "tmpls": [template], "css": _file("style.css"), "req": [[0, "any", [1]]],
        "latexPre": "", "latexPost": "", "latexsvg": False, "tags": [], "vers": [],
    }  # fmt: skip


def _part(name: str) -> str:
    """A side of the card with its script, which never reads a field as anything but text."""
    return f"{_file(name)}<script>\n{_file('play.js')}</script>\n"


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
