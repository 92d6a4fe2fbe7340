"""The package (.apkg): a collection and its images in a ZIP, the same bytes for the same cards."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Protocol

from quizlab.export import images
from quizlab.export.anki import collection, note_type
from quizlab.export.anki.collection import Row
from quizlab.export.anki.evidence import in_words
from quizlab.export.anki.notes import notes
from quizlab.export.anki.text import plain
from quizlab.export.document import Exported
from quizlab.model import Plot

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Times(Protocol):
    """When notes last changed, in seconds since 1970."""

    @property
    def least(self) -> int:
        """When what all of them are made of (banks, proofs, this program) last changed."""

    def of(self, note: str, content: str) -> int:
        """When the note of this id last changed, given a digest of what it says now."""


def anki(title: str, entries: Sequence[Exported], *, times: Times) -> bytes:
    """Cards for Anki with their proofs and pictures.

    Anki knows a note again by its id and takes over what a newer package says of it; how well the student knows its
    card stays. It looks only at times: a note that is newer than the one it has loses what the student wrote into it.

    Args:
        title: what the export is called.
        entries: the questions; each variant becomes a note of its own.
        times: when each note last changed.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        pictures = Pictures(archive)
        made = collection.made(plain(title), _rows(entries, times, pictures), times.least)
        archive.writestr(_named("collection.anki2"), made)
        archive.writestr(_named("media"), json.dumps({str(at): name for at, name in enumerate(pictures.names)}))
    return out.getvalue()


def _rows(entries: Sequence[Exported], times: Times, pictures: Pictures) -> Iterator[Row]:
    for place, asked in notes(entries):
        fields = note_type.fields(plain(place.name), asked, pictures.shown)
        content = hashlib.sha256("\x1f".join((place.name, *place.tags, *fields)).encode()).hexdigest()
        # a note that has got its proof is newer than the same one without it, or with one that was recorded, though
        # nothing else has changed
        finding = asked.finding
        newer = 0 if finding.evidence is None else 1 if finding.recorded else 2
        changed = times.of(place.guid, content) + newer
        yield Row(place.guid, place.name, place.deck, place.tags, fields, changed)


class Pictures:
    """Plots put into an archive as they come, each once, under names that their bytes give."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.names: dict[str, None] = {}
        self._archive = archive
        self._drawn: dict[Plot, str] = {}

    def shown(self, plot: Plot) -> str:
        """A plot as an image under its title; where none can be drawn, what would be seen on it."""
        if not images.drawable():
            return in_words(plot)
        name = self._drawn.get(plot) or self._drawn.setdefault(plot, self._put(images.svg(plot)))
        title = plain(plot.title)
        return f'<figure><img src="{name}" alt="{title}"></figure>'

    def _put(self, data: bytes) -> str:
        name = f"quizlab-{hashlib.sha256(data).hexdigest()[:20]}.svg"
        if name not in self.names:
            self._archive.writestr(_named(str(len(self.names))), data)
            self.names[name] = None
        return name


def _named(name: str) -> zipfile.ZipInfo:
    """A file of the archive, without a trace of when and where it was made."""
    info = zipfile.ZipInfo(name, FIRST_DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info
