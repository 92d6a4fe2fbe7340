"""Lists: the questions of banks, one question whole, the proofs there are."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence

from quizlab.model import AnyQuestion, Bank, Group, OpenQuestion, OptionQuestion, Place, Table
from quizlab.schedule import weight
from quizlab.view import blocks, words
from quizlab.view.screen import Screen
from quizlab.wording import fill

KINDS = {
    "choice": "izbor",
    "multi": "više točnih",
    "number": "broj",
    "shape": "oblik",
    "type": "tip",
    "formula": "formula",
    "interval": "interval",
    "text": "riječ",
    "open": "usmeno",
    "tuple": "više dijelova",
}


def kind(question: AnyQuestion) -> str:
    """The question's kind in Croatian."""
    return KINDS[str(question.__struct_config__.tag)]


def questions(screen: Screen, banks: Sequence[Bank], chosen: Sequence[AnyQuestion]) -> None:
    """Every chosen question on a line: id, how many groups remembered it, what it asks.

    This is written without Rich, which takes longer to load than all the rest of the command.
    """
    ids = {question.id for question in chosen}
    for bank in banks:
        mine = [question for question in bank.questions if question.id in ids]
        if not mine:
            continue
        head = f"{bank.name} · {bank.title} · {words.questions(len(mine))}"
        if screen.plain:
            screen.line(head)
            for question in mine:
                about = f"{question.topic}, {kind(question)}, pamti se {weight(question)}×"
                screen.line(f"{question.id}: {_asked(question)} ({about})")
        else:
            room = shutil.get_terminal_size().columns
            longest = min(max(len(question.id) for question in mine), room // 3)
            for line in (head, *(_listed(question, longest) for question in mine)):
                screen.raw(_cut(words.one_line(line) if line is head else line, room) + "\n")


def _listed(question: AnyQuestion, longest: int) -> str:
    return f"{_cut(question.id, longest):<{longest}}  {weight(question)}×  {_asked(question)}"


def _asked(question: AnyQuestion) -> str:
    return words.one_line(fill(question.prompt, question.params))


def _cut(text: str, width: int) -> str:
    """Text in at most ``width`` columns; what does not fit becomes an ellipsis."""
    from rich.cells import cell_len, chop_cells

    if cell_len(text) <= width:
        return text
    return (chop_cells(text, width - 1)[0].rstrip() if width > 1 else "") + "…"


def whole(screen: Screen, question: AnyQuestion, bank_groups: Mapping[str, Group], place: Place) -> None:
    """One question with its key, its explanation and its recollections, unjudged."""
    from quizlab.judge import key_of

    screen.styled(f"{question.id} · {question.topic} · {kind(question)}", "bold")
    _space(screen)
    screen.line(fill(question.prompt, question.params))
    options(screen, question)
    _space(screen)
    if isinstance(question, OpenQuestion):
        screen.styled("Što treba reći:", "bold")
        for number, point in enumerate(question.points, 1):
            blocks.hanging(screen, f"{number})" if screen.plain else str(number), fill(point.text, question.params))
    else:
        screen.styled(f"Ključ: {words.one_line(key_of(question))}", "bold green")
    _space(screen)
    screen.line(fill(question.explain, question.params))
    if question.params:
        screen.line(f"Parametri (--set): {words.settings(question.params)}")
    _space(screen)
    rows = []
    for one in question.recollections:
        group = bank_groups[one.group]
        when = f"{group.title}, {words.day(group.date)}" if group.date else group.title
        remembered = one.answer or (f"odgovor {one.option}" if one.option else "bez odgovora")
        rows.append((remembered, f"{one.group}, {when}"))
    blocks.table(screen, Table(("zapamćeno", "izvor"), tuple(rows)))
    _space(screen)
    screen.styled(f"{place.file}:{place.line} · dokaz: {question.verify.hook}", "dim")


def _space(screen: Screen) -> None:
    """An empty line between the parts of a screen; plain output has none."""
    if not screen.plain:
        screen.line()


def options(screen: Screen, question: AnyQuestion) -> None:
    """The lettered options of a choice."""
    if not isinstance(question, OptionQuestion):
        return
    _space(screen)
    for letter, option in question.options.items():
        if screen.plain:
            screen.line(f"{letter}) {fill(option.text, question.params)}")
        else:
            blocks.hanging(screen, letter, fill(option.text, question.params), "bold")


def hooks(screen: Screen, used_by: Mapping[str, Sequence[str]], signatures: Mapping[str, Sequence[str]]) -> None:
    """The proofs: name, parameters with their types, and the questions that use each."""
    rows = tuple(
        (name, ", ".join(signatures[name]) or "–", ", ".join(used_by.get(name, ())) or "–") for name in signatures
    )
    blocks.table(screen, Table(("dokaz", "parametri", "pitanja"), rows))
