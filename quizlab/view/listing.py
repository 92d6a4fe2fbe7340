"""Lists: the questions of banks, one question whole, the proofs there are."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizlab.model import AnyQuestion, Bank, Group, OpenQuestion, OptionQuestion, Place, Table, hook_of, weight
from quizlab.telling import words
from quizlab.telling.account import kind, seen, source
from quizlab.view.screen import Screen

LEAST = 5
"""Columns under which a line that is cut to fit says nothing: it is written whole, and the terminal breaks it."""


def questions(screen: Screen, banks: Sequence[Bank], chosen: Sequence[AnyQuestion]) -> None:
    """Every chosen question on a line: id, how many groups remembered it, what it asks.

    This is written without Rich, which takes longer to load than all the rest of the command; so what only
    the other screens need is imported there.
    """
    ids = {question.id for question in chosen}
    for bank in banks:
        mine = [question for question in bank.questions if question.id in ids]
        if not mine:
            continue
        if screen.plain:
            screen.line(f"{bank.name}: {words.phrase(bank.title)}, {words.questions(len(mine))}.")
            for question in mine:
                screen.line(_said(question))
        else:
            head = f"{bank.name} · {bank.title} · {words.questions(len(mine))}"
            room = shutil.get_terminal_size().columns
            longest = max(len(question.id) for question in mine)
            longest = longest if room < LEAST else min(longest, room // 3)
            for line in (words.one_line(head), *(_listed(question, longest) for question in mine)):
                screen.raw((line if room < LEAST else cut(line, room)) + "\n")


def _said(question: AnyQuestion) -> str:
    """A question as one line of plain text: what it asks first, what it is last."""
    asked = words.sentence(f"{question.id}: {_asked(question)}")
    return f"{asked} Tema: {question.topic}; vrsta: {kind(question)}; {seen(question)}."


def _listed(question: AnyQuestion, longest: int) -> str:
    unproved = "" if question.verify else f"({words.VERDICTS['unproved']}) "
    return f"{cut(question.id, longest):<{longest}}  {weight(question)}×  {unproved}{_asked(question)}"


def _asked(question: AnyQuestion) -> str:
    return words.one_line(words.text(question.prompt, question.params))


def cut(text: str, width: int) -> str:
    """Text in at most ``width`` columns; what does not fit becomes an ellipsis."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= width:
        return text
    return (chop_cells(text, width - 1)[0].rstrip() if width > 1 else "") + "…"


def whole(screen: Screen, question: AnyQuestion, bank_groups: Mapping[str, Group], place: Place) -> None:
    """One question with its key, its explanation and its recollections, unjudged."""
    from quizlab.telling.maths import readable
    from quizlab.telling.told import explained

    head = (question.id, question.topic, kind(question))
    screen.styled(f"{', '.join(head)}." if screen.plain else " · ".join(head), "bold")
    screen.gap()
    screen.line(words.text(question.prompt, question.params))
    options(screen, question)
    screen.gap()
    _key(screen, question)
    screen.gap()
    explanation = readable(explained(question))
    screen.line(words.sentence(f"Objašnjenje: {explanation}") if screen.plain else explanation)
    if question.params:
        screen.gap()
        given = ", ".join(f"{name} = {value}" for name, value in question.params.items())  # as --set takes them
        screen.line(f"Parametri (--set): {given}")
    screen.gap()
    _recollections(screen, question, bank_groups)
    screen.gap()
    where = f"{_near(place.file)}:{place.line}"
    if screen.plain:
        screen.line(f"Datoteka: {where}")
        screen.line(f"Dokaz: {_proof(question)}")
    else:
        screen.styled(f"{where} · dokaz: {_proof(question)}")


def _proof(question: AnyQuestion) -> str:
    return hook_of(question) or words.VERDICTS["unproved"]


def _near(file: str) -> str:
    """Where a bank lies: by its name if it was installed, else by its path, as short as it is from here."""
    path = Path(file)
    if {"site-packages", "dist-packages"} & set(path.parts):
        return path.name
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return file


def _key(screen: Screen, question: AnyQuestion) -> None:
    """The key, or the points that an explanation must make."""
    from quizlab.question.key import key_of
    from quizlab.view.paragraphs import hanging

    if isinstance(question, OpenQuestion):
        screen.styled("Što treba reći:", "bold")
        for number, point in enumerate(question.points, 1):
            hanging(screen, f"{number})" if screen.plain else str(number), words.text(point.text, question.params))
    else:
        key = f"Ključ: {words.key(key_of(question).text)}"
        screen.styled(words.sentence(key) if screen.plain else key, "bold green")


def _recollections(screen: Screen, question: AnyQuestion, bank_groups: Mapping[str, Group]) -> None:
    """What was remembered, and where it comes from."""
    from quizlab.view.tables import table

    if not question.recollections:
        screen.line("Ovo pitanje nije zapamćeno ni s jednog blica.")
        return
    rows = []
    for one in question.recollections:
        remembered = one.answer or (f"odgovor {one.option}" if one.option else "")
        where = f"{one.group}, {source(bank_groups, one.group)}"
        rows.append((remembered or "bez odgovora", where))
        if screen.plain:
            said = words.sentence(f"Zapamćeno: {remembered}" if remembered else "Zapamćeno bez odgovora")
            screen.line(words.sentence(f"{said} Izvor: {where}"))
    if rows and not screen.plain:
        table(screen, Table(("zapamćeno", "izvor"), tuple(rows)))


def options(screen: Screen, question: AnyQuestion) -> None:
    """The lettered options of a choice."""
    from quizlab.view.paragraphs import hanging

    if not isinstance(question, OptionQuestion):
        return
    screen.gap()
    for letter, option in question.options.items():
        hanging(screen, f"{letter})" if screen.plain else letter, words.text(option.text, question.params), "bold")


def sound(screen: Screen, banks: Sequence[Bank]) -> None:
    """Banks in which nothing is wrong."""
    for bank in banks:
        screen.line(f"{bank.name}: {words.questions(len(bank.questions))}, bez primjedbi.")


def hooks(screen: Screen, used_by: Mapping[str, Sequence[str]], signatures: Mapping[str, Sequence[str]]) -> None:
    """The proofs: name, parameters with their types, and the questions that use each."""
    from quizlab.view.tables import table

    none = "" if screen.plain else "–"
    rows = tuple(
        (name, ", ".join(signatures[name]) or none, ", ".join(used_by.get(name, ())) or none) for name in signatures
    )
    table(screen, Table(("dokaz", "parametri", "pitanja"), rows))
