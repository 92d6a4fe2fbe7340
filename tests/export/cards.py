"""Anki itself: a fresh collection that takes imports, and what its cards show."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from quizlab.commands._stamp import Times
from quizlab.export import Exported
from quizlab.export.anki import anki, anki_csv

OLD, NEW = 1_700_000_000, 1_700_000_100
IF_NEWER, ALWAYS = 0, 1


class Anki:
    """A student's collection in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        from anki.collection import Collection

        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.col = Collection(str(folder / "collection.anki2"))

    def take(self, entries: Sequence[Exported], times: int | Times = OLD, *, update: int = IF_NEWER) -> dict[str, int]:
        """Import a package of these entries; how many notes were new, updated and so on."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        path = self.folder / "cards.apkg"
        path.write_bytes(anki("Vodič", entries, times=Times(times, None) if isinstance(times, int) else times))
        options = ImportAnkiPackageOptions(update_notes=update, update_notetypes=update)  # type: ignore[arg-type]
        return counted(self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)))

    def take_text(self, entries: Sequence[Exported]) -> dict[str, int]:
        """Import the text of these entries, with the settings that its header lines give."""
        from anki.collection import ImportCsvRequest

        path = self.folder / "cards.txt"
        path.write_text(anki_csv("Vodič", entries).text(str), encoding="utf-8", newline="\n")
        metadata = self.col.get_csv_metadata(str(path), None)
        return counted(self.col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)))

    def notes(self, search: str = "") -> list[Any]:
        """The notes found, in the order in which their new cards come up."""
        cards = (self.col.get_card(each) for each in self.col.find_cards(search))
        return [card.note() for card in sorted(cards, key=lambda each: each.due)]

    def note(self, name: str) -> Any:
        (found,) = self.notes(f'"Oznaka:{name}"')
        return found

    def age_edits(self, at: int) -> None:
        """Let all notes have been edited at this time, which a test cannot wait for."""
        self.col.db.execute("UPDATE notes SET mod = ?", at)  # type: ignore[union-attr]

    def decks(self) -> set[str]:
        return {self.col.decks.name(self.col.get_card(each).did) for each in self.col.find_cards("")}

    def review(self, note: Any) -> tuple[int, ...]:
        """Learn the card of a note and say how it is scheduled then."""
        (card,) = note.cards()
        self.col.decks.select(card.did)
        self.col.sched.set_due_date([card.id], "0")
        card = self.col.sched.getCard()
        assert card is not None
        assert card.nid == note.id
        card.start_timer()
        self.col.sched.answerCard(card, 3)
        return self.schedule(note)

    def schedule(self, note: Any) -> tuple[int, ...]:
        (card,) = note.cards()
        return (card.id, card.type, card.queue, card.due, card.ivl, card.reps, card.lapses, card.factor)

    def sides(self, note: Any) -> tuple[Page, Page]:
        """What the card shows before and after it is turned."""
        (card,) = note.cards()
        output = card.render_output()
        assert not output.question_av_tags
        assert not output.answer_av_tags
        return Page(output.question_text), Page(output.answer_text)


def counted(answer: Any) -> dict[str, int]:
    kinds = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")
    found = {kind: len(getattr(answer.log, kind)) for kind in kinds}
    return {kind: number for kind, number in found.items() if number}


class Page(HTMLParser):
    """A side of a card as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self.strings: list[str] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._open = tag
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        (self.scripts if self._open == "script" else self.strings).append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.strings).split())
