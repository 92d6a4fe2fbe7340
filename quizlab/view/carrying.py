"""What is said when a log is carried, emptied or graded again."""

from __future__ import annotations

from pathlib import Path

from quizlab.learning.regrading import Change, Regraded
from quizlab.log import Entry
from quizlab.model import Table
from quizlab.telling import words
from quizlab.view import tables
from quizlab.view.screen import Screen

YES = ("d", "da")


def answers(number: int) -> str:
    """«26 odgovora»."""
    return words.counted(number, "odgovor", "odgovora", "odgovora")


def exported(screen: Screen, number: int, path: Path) -> None:
    """How much was written, and where to."""
    screen.line(f"Izvezeno: {answers(number)}. Datoteka: {path}")


def imported(screen: Screen, new: int, read: int) -> None:
    """How much of a file was new."""
    if new == 0:
        screen.line(f"Ništa novo. Odgovora u datoteci: {words.count(read)}; napredak ih već ima.")
    else:
        screen.line(f"Uvezeno: {answers(new)}. U datoteci ih je {words.count(read)}.")


def more_problems(number: int) -> str:
    """That a list of problems was cut short."""
    return f"Još {words.counted(number, 'problem', 'problema', 'problema')} u toj datoteci. Ništa nije uvezeno."


def nothing_imported() -> str:
    """What problems of a file lead to."""
    return "Ništa nije uvezeno."


def question_of_reset(number: int, folder: Path) -> str:
    """What is asked before the log is emptied."""
    return f"Obrisati {answers(number)}? Kopija ostaje u mapi {words.one_line(folder)}. [d/N] "


def emptied(screen: Screen, number: int, copy: Path) -> None:
    """That the log is empty, and where its copy is."""
    screen.line(f"Obrisano: {answers(number)}. Kopija: {copy}")


def kept(screen: Screen) -> None:
    """That nothing was deleted."""
    screen.line("Ništa nije obrisano.")


def nothing_to_empty(screen: Screen) -> None:
    """That the log is empty already."""
    screen.line("Napredak je prazan, pa nema što obrisati.")


def regraded(screen: Screen, found: Regraded, copy: Path | None) -> None:
    """Every answer that comes out differently, and what was left alone; with a copy, that it was written."""
    if found.changes and screen.plain:
        for change in found.changes:
            screen.line(_said(change))
    elif found.changes:
        rows = tuple(_row(change) for change in found.changes)
        tables.table(screen, Table(("pitanje", "kada", "odgovor", "bilo", "sada"), rows))
        screen.gap()
    screen.line(_total(found, written=copy is not None))
    if found.gone:
        screen.line(f"Preskočeno jer tog pitanja više nema: {answers(found.gone)}.")
    if found.unread:
        screen.line(f"Preskočeno jer se ne može ponovno pročitati: {answers(found.unread)}.")
    if copy is not None:
        screen.line(f"Kopija prijašnjeg napretka: {copy}")


def _total(found: Regraded, *, written: bool) -> str:
    if not found.changes:
        return f"Sve ocjene vrijede i dalje. Provjereno: {answers(found.same)}."
    changed = answers(len(found.changes))
    if written:
        return f"Promijenjeno: {changed}."
    return f"Promijenilo bi se: {changed}. Za upis dodaj --write."


def _row(change: Change) -> tuple[str, ...]:
    was = change.was
    return was.question, words.day(was.at[:10]), words.one_line(was.typed), grade(was), grade(change.now)


def _said(change: Change) -> str:
    was = change.was
    typed = words.one_line(was.typed)
    return f"{was.question}, odgovor „{typed}”: bilo {grade(was)}, sada {grade(change.now)}."


def grade(entry: Entry) -> str:
    """«točno», «krivo (bez-pristranosti)», «djelomično (67 %)»."""
    notes = [entry.tag] if entry.tag else []
    if entry.outcome == "partial":
        notes.append(f"{round(entry.share * 100)} %")
    word = words.OUTCOMES[entry.outcome]
    return f"{word} ({', '.join(notes)})" if notes else word
