"""Text that Anki imports: a line a card with two sides, behind header lines that say what the columns are.

Its cards are of the type Basic, which every collection has. A text carries no pictures, so plots are told in words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from quizlab.export.anki import sides
from quizlab.export.anki.evidence import in_words, proof
from quizlab.export.anki.notes import notes
from quizlab.export.anki.text import rich
from quizlab.export.document import Document, Exported
from quizlab.telling.account import Account

HEAD = (
    "#separator:tab",
    "#html:true",
    "#guid column:1",
    "#notetype:Basic",
    "#deck column:4",
    "#tags column:5",
    "#columns:guid\tFront\tBack\tDeck\tTags",
)


def anki_csv(title: str, entries: Sequence[Exported]) -> Document:
    """Cards for Anki as text; the title is not in it, because Anki has no room for one."""
    del title
    out = io.StringIO()
    out.writelines(f"{line}\n" for line in HEAD)
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for place, asked in notes(entries):
        told = asked.told
        writer.writerow((place.guid, _front(told), _back(told), place.deck, " ".join(place.tags)))
    return Document((out.getvalue(),))


def _front(told: Account) -> str:
    return f"<div><b>{rich(told.prompt)}</b></div>{sides.options(told)}{sides.hints(told)}"


def _back(told: Account) -> str:
    parts = (
        ("", sides.answer(told)),
        ("", f"<p>{rich(told.explain)}</p>"),
        ("Moguće pogreške", sides.mistakes(told)),
        ("Što se pamtilo", sides.recollections(told)),
        ("Dokaz", proof(told, in_words)),
    )
    return "".join(f"<h4>{head}</h4>{part}" if head else part for head, part in parts if part)
