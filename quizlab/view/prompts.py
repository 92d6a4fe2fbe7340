"""The prompt: an answer or a command, by single keys where the terminal gives them, by lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from quizlab import answers
from quizlab.model import AnyQuestion, ChoiceQuestion, OpenQuestion
from quizlab.telling import words
from quizlab.view import keys
from quizlab.view.screen import Screen, is_terminal

Command = Literal[
    "help", "hint", "skip", "undo", "quit", "proof", "vary", "next", "mark", "back", "forward", "finish", "yes", "no"
]

KEYS: dict[str, Command] = {
    "?": "help",
    "n": "hint",
    "s": "skip",
    "u": "undo",
    "q": "quit",
    "p": "proof",
    "v": "vary",
    "m": "mark",
    "k": "finish",
    "d": "yes",
    keys.LEFT: "back",
    keys.RIGHT: "forward",
}

Bar = Sequence[tuple[str, str]]
"""A bar of keys: each with what it does."""


class Typed(Struct, frozen=True):
    """What a student typed for an answer."""

    text: str


def single_keys(screen: Screen) -> bool:
    """Whether one key is enough: on a terminal that is not read aloud."""
    return not screen.plain and is_terminal()


def bar(screen: Screen, items: Bar) -> None:
    """The keys that mean something now, folded between them; plain screens name them only in the help."""
    if screen.plain:
        return
    lines = [""]
    for key, does in items:
        piece = f"{key} {does}"
        if lines[-1] and len(lines[-1]) + len(piece) + 3 > screen.width:
            lines.append("")
        lines[-1] += f" · {piece}" if lines[-1] else piece
    for each in lines:
        screen.styled(each, "dim")


def first_key(screen: Screen, question: AnyQuestion) -> Bar:
    """How the question is answered, as the first of its keys."""
    if isinstance(question, ChoiceQuestion) and single_keys(screen):
        return ((f"a–{list(question.options)[-1]}", "odgovor"),)
    return (("⏎", "otkrij" if isinstance(question, OpenQuestion) else "odgovori"),)


def answer(screen: Screen, question: AnyQuestion, allowed: Sequence[Command], prompt: str) -> Typed | Command | None:
    """One answer or command; None at the end of input.

    A choice takes one key on a terminal. Elsewhere a line is an answer, unless it begins with a colon or is a
    command's letter that cannot be read as an answer (in a question about n, ``n`` is an answer and ``:n`` a hint).
    """
    if isinstance(question, ChoiceQuestion) and single_keys(screen):
        return _choice(screen, question, allowed, prompt)
    typed = line(screen, prompt)
    return None if typed is None else command(question, typed, allowed) or Typed(typed)


def _choice(
    screen: Screen, question: ChoiceQuestion, allowed: Sequence[Command], prompt: str
) -> Typed | Command | None:
    """One key: a letter or the number of an option, or a command."""
    letters = list(question.options)
    screen.raw(prompt)
    while True:
        pressed = keys.press()
        if pressed is None:
            screen.raw("\n")
            return None
        place = int(pressed) - 1 if pressed in tuple("123456789") else -1
        letter = letters[place] if 0 <= place < len(letters) else pressed if pressed in letters else ""
        meant = KEYS.get(pressed)
        if letter:
            screen.raw(letter + "\n")
            return Typed(letter)
        if meant in allowed:
            screen.raw(pressed + "\n")
            return meant


def command(question: AnyQuestion, typed: str, allowed: Sequence[Command]) -> Command | None:
    """The command that a typed line is, if it is one."""
    text = typed.strip().lower()
    meant = KEYS.get(text.removeprefix(":").strip())
    if meant not in allowed:
        return None
    if text.startswith(":") or text == "?":
        return meant
    return meant if isinstance(answers.read(question, typed, question.params), answers.Unreadable) else None


def line(screen: Screen, prompt: str) -> str | None:
    """One typed line; None at the end of input. Where nobody sees what is typed, it is echoed."""
    try:
        interactive = sys.stdin.isatty()
        if interactive:
            import contextlib

            with contextlib.suppress(ImportError):  # editing keys; Windows consoles have their own
                import readline  # noqa: F401
        typed = input(prompt)
    except EOFError:
        screen.raw("\n")
        return None
    screen.raw("" if interactive else words.one_line(typed) + "\n")
    return typed


def key(screen: Screen, prompt: str, allowed: Iterable[Command]) -> Command | None:
    """One command, by a key or by a line; Enter is ``next``, anything not allowed is ``help``; None at the end."""
    accepted = {name: meant for name, meant in KEYS.items() if meant in allowed}
    if "no" in allowed:
        accepted["n"] = "no"
    if single_keys(screen):
        screen.raw(prompt)
        pressed = keys.press()
        if prompt:
            screen.raw((pressed if pressed and pressed.isprintable() else "") + "\n")
        if pressed is None:
            return None
        return "next" if pressed in (keys.ENTER, " ") else accepted.get(pressed, "help")
    typed = line(screen, prompt)
    if typed is None:
        return None
    text = typed.strip().lower().removeprefix(":")
    return accepted.get(text, "help") if text else "next"
