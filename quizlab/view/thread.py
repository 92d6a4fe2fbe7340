"""A judged thread on the screen: each statement with its lines, then contradictions, what is new, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.telling import words
from quizlab.telling.thread import HEADS, NOTHING, SIGNS, VERDICTS, Account, Told, ranges
from quizlab.thread.model import Verdict
from quizlab.view.folding import folded
from quizlab.view.paragraphs import INDENT
from quizlab.view.screen import Screen

STYLES: dict[Verdict, str] = {
    "right": "green",
    "wrong": "red",
    "incomplete": "yellow",
    "depends": "yellow",
    "disputed": "yellow",
    "none": "",
}
SHORTEST = 16
"""So much of a prompt is shown however narrow the screen is."""


def show(screen: Screen, account: Account) -> None:
    """The whole account of a thread."""
    if not (account.statements or account.new or account.unsure):
        screen.line(NOTHING)
        return
    screen.styled(account.summary, "bold")
    for told in account.statements:
        _statement(screen, told)
    if account.against:
        _head(screen, HEADS["against"])
    for name, sides in account.against:
        _against(screen, name, sides)
    _others(screen, HEADS["unsure"], account.unsure, ids=True)
    _others(screen, HEADS["new"], account.new, ids=False)
    if account.unmentioned:
        _head(screen, HEADS["unmentioned"])
        _hang(screen, "", words.sentence(ranges(account.unmentioned)))


def _head(screen: Screen, text: str) -> None:
    screen.gap()
    screen.styled(f"{text}:" if screen.plain else text, "bold")


def _statement(screen: Screen, told: Told) -> None:
    said = f"{told.answer} – {VERDICTS[told.verdict]}" if told.answer else VERDICTS[told.verdict]
    if screen.plain:
        notes = " ".join(told.notes)
        screen.line(
            words.sentence(f"{told.lines}: {told.id}, „{cut(told.asked, 64)}” ({told.sure}): {said}")
            + (f" {notes}" if notes else "")
        )
        return
    screen.gap()
    head = f"{told.lines} · {told.id} ({told.sure}) · "
    screen.pieces([(head + cut(told.asked, screen.width - len(head)), "")])
    _hang(screen, SIGNS[told.verdict], said, STYLES[told.verdict])
    for note in told.notes:
        _hang(screen, " ", note)


def _against(screen: Screen, name: str, sides: Sequence[Told]) -> None:
    if screen.plain:
        said = "; ".join(f"{one.lines} {one.answer} ({VERDICTS[one.verdict]})" for one in sides)
        screen.line(words.sentence(f"{name.split(' · ', maxsplit=1)[0]}: {said}"))
        return
    _hang(screen, "", cut(name, screen.width - len(INDENT)))
    for one in sides:
        text = f"{one.lines}: {one.answer} – {VERDICTS[one.verdict]}"
        _hang(screen, f"{INDENT}{SIGNS[one.verdict]}", text, STYLES[one.verdict])


def _others(screen: Screen, head: str, several: Sequence[Told], *, ids: bool) -> None:
    if several:
        _head(screen, head)
    for one in several:
        text = f"{one.lines}: {one.asked}" + (f" ({one.id})" if ids else "")
        if screen.plain:
            screen.line(text)
        else:
            _hang(screen, "", text)


def _hang(screen: Screen, sign: str, text: str, style: str = "") -> None:
    """Text under its own margin, behind a sign."""
    if screen.plain:
        screen.line(text)
        return
    head = f"{INDENT}{sign} " if sign else INDENT
    for at, line in enumerate(folded(text, max(screen.width - len(head), 10))):
        screen.pieces([(head if at == 0 else " " * len(head), style), (line, style)])


def cut(text: str, room: int) -> str:
    """A prompt as far as it fits: it only says which question is meant, ``quizlab show`` has the whole of it."""
    if len(text) <= room:
        return text
    return text[: max(room - 2, SHORTEST)].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
