"""Cards for Anki: a package (.apkg) whose cards can be played, and text that Anki imports.

The package is written here, with the ``sqlite3`` and ``zipfile`` of Python: a note of its own timestamp, images
that lie nowhere as files, and the same bytes for the same cards are what genanki does not give.
"""

from quizlab.export.anki.lines import anki_csv
from quizlab.export.anki.package import anki

__all__ = ["anki", "anki_csv"]
