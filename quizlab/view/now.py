"""What to do now, on one screen; written without Rich, which takes longer to load than all the rest."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from msgspec import Struct

from quizlab.telling import words
from quizlab.view import calling
from quizlab.view.folding import folded
from quizlab.view.screen import Screen

WIDEST, ROOMY = 80, 60
"""Columns that are used at most, and from which there are empty lines."""


class Now(Struct, frozen=True):
    """Where the student stands: the ``lab`` practised last, or the usual one.

    ``wrong`` says of which lab how many questions were last answered wrong; ``resume`` is how many questions of an
    interrupted session are behind and left, ``blic`` the seconds left of an interrupted blic. ``unread``: there may
    be answers, but they cannot be read.
    """

    lab: str
    answers: int = 0
    wrong: Mapping[str, int] = {}
    resume: tuple[int, int] | None = None
    blic: float = 0.0
    unread: bool = False


def shown(screen: Screen, now: Now) -> None:
    """The next steps, the most urgent first, each with the command that does it."""
    head = "Što sada" if now.answers or now.unread else "Još nema odgovora. Započni prvim korakom"
    steps = _steps(now)
    rest = calling.command("--help")
    if screen.plain:
        screen.line(f"{head}:")
        for text, command in steps:
            screen.line(f"{text}: {command}")
        screen.line(f"Sve naredbe: {rest}")
        return
    width = min(shutil.get_terminal_size().columns, WIDEST)
    gap = [""] if width >= ROOMY else []
    lines = [f"{head}:", *gap]
    for text, command in steps:
        lines += [f"  {line}" for line in folded(text, width - 2)]
        lines.append(f"    {words.one_line(command)}")  # whole, so that it can be copied
    lines += [*gap, *folded(f"Sve naredbe: {rest}", width)]
    screen.raw("\n".join(lines) + "\n")


def _steps(now: Now) -> list[tuple[str, str]]:
    steps = []
    if now.blic:
        steps.append((f"Nastavi blic: još {words.duration(now.blic)}", calling.command("blic", "--resume")))
    if now.resume:
        behind, left = now.resume
        text = f"Nastavi prekinuto vježbanje (iza tebe: {words.questions(behind)}; preostalo: {left})"
        steps.append((text, calling.command("practice", "--resume")))
    steps.append(("Vježbaj petnaest minuta", calling.command("practice", now.lab, "--minutes", "15")))
    if wrong := now.wrong.get(now.lab, 0):
        text = f"Ponovi što je posljednji put bilo krivo ({words.questions(wrong)})"
        steps.append((text, calling.command("practice", now.lab, "--mistakes")))
    if not now.blic:  # a new one would hand it in
        steps.append(("Napiši blic: deset pitanja, deset minuta", calling.command("blic", now.lab)))
    sheet = calling.command("export", "--sheet", now.lab, "-o", f"{now.lab}.html")
    steps.append(("Spremi podsjetnik na jednoj stranici", sheet))
    if now.answers:
        steps.append(("Pogledaj napredak i prognozu", calling.command("stats")))
    return steps
