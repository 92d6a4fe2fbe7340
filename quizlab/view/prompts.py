"""The prompt: an answer or a command, by single keys where the terminal gives them, by lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from quizlab import answers
from quizlab.model import AnyQuestion, ChoiceQuestion, MultiQuestion, OpenQuestion
from quizlab.question import texts
from quizlab.telling import words
from quizlab.view import editing, interrupting, keys
from quizlab.view.screen import Screen, is_terminal
from quizlab.view.ticking import Clock

Command = Literal[
    "help",
    "hint",
    "skip",
    "show",
    "again",
    "undo",
    "quit",
    "proof",
    "vary",
    "next",
    "mark",
    "back",
    "forward",
    "finish",
    "yes",
    "no",
]

KEYS: dict[str, tuple[Command, ...]] = {
    "?": ("help",),
    "n": ("no", "hint"),
    "s": ("skip",),
    "u": ("undo",),
    "q": ("quit",),
    "p": ("show", "proof"),
    "o": ("again",),
    keys.REDRAW: ("again",),
    "v": ("vary",),
    "m": ("mark",),
    "k": ("finish",),
    "d": ("yes",),
    "<": ("back",),
    ">": ("forward",),
    keys.LEFT: ("back",),
    keys.RIGHT: ("forward",),
}
"""What each key may mean; which of it, depends on what is allowed."""

SHOWING = ("pokaži", "pokazi", "pokaži odgovor", "pokazi odgovor")
"""How people ask for the answer; that they do not know it, the reader of answers understands."""

BLINK, LINGER = 0.5, 1.0
"""Seconds after the first key of a choice in which a second one makes a word of it, and not an answer or a command.

People type a word with about a quarter of a second between letters, slow ones and slow lines with half of one; a
key that also begins an offered text waits longer. Enter ends the waiting, so nobody who knows the key has to.
"""

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
        screen.styled(each)


def asking_bar(screen: Screen, question: AnyQuestion, items: Bar) -> None:
    """How a question is answered, then its commands: after a colon where a line is typed and no key acts at once."""
    bar(screen, (_answering(question), *(items if _by_keys(screen, question) else map(_typed, items))))


def _answering(question: AnyQuestion) -> tuple[str, str]:
    if isinstance(question, ChoiceQuestion):
        return f"a–{list(question.options)[-1]}", "odgovor"
    if isinstance(question, MultiQuestion):
        return "više slova,", "npr. b, d ⏎"
    return "⏎", "otkrij" if isinstance(question, OpenQuestion) else "odgovori"


def _typed(item: tuple[str, str]) -> tuple[str, str]:
    key, does = item
    return f":{key}" if key.isalpha() else key, does


def _by_keys(screen: Screen, question: AnyQuestion) -> bool:
    return isinstance(question, ChoiceQuestion | OpenQuestion) and single_keys(screen)


def answer(
    screen: Screen, question: AnyQuestion, allowed: Sequence[Command], prompt: str | Clock
) -> Typed | Command | None:
    """One answer or command; None at the end of input. What was typed before it was asked for is dropped.

    In a choice one key is enough on a terminal, where no word follows it. Elsewhere a line is an answer, unless it
    begins with a colon or is a command's letter that cannot be read as an answer (in a question about n, ``n`` is an
    answer and ``:n`` a hint).
    """
    typed = _asked(screen, question, allowed, prompt)
    return None if typed is None else command(question, typed, allowed) or Typed(typed)


def aloud(screen: Screen, question: OpenQuestion, allowed: Sequence[Command], prompt: str) -> Command | None:
    """``next`` once an open question was answered aloud, or a command; None at the end of input."""
    typed = _asked(screen, question, allowed, prompt)
    if not typed:
        return None if typed is None else "next"
    return command(question, typed, allowed) or "help"


def _asked(screen: Screen, question: AnyQuestion, allowed: Sequence[Command], prompt: str | Clock) -> str | None:
    keys.forget()
    if _by_keys(screen, question):
        return _entry(screen, prompt, lambda key: _patience(question, key, allowed))
    return line(screen, prompt)


def _patience(question: AnyQuestion, key: str, allowed: Sequence[Command]) -> float | None:
    """How long to wait for more after a key; None where it means nothing by itself and begins a word."""
    if not isinstance(question, ChoiceQuestion):
        return BLINK if _meant(key, allowed) else None
    if _meant(key, allowed) is None and isinstance(answers.read(question, key), answers.Unreadable):
        return None
    shown = (texts.fill(option.text, question.params) for option in question.options.values())
    begins = any(len(text) > 1 and text.casefold().startswith(key.casefold()) for text in shown)
    return LINGER if begins else BLINK


def _entry(screen: Screen, prompt: str | Clock, patience: Callable[[str], float | None]) -> str | None:
    """One key, or the line that it begins; pasted text is a line. None at the end of input."""
    idle = prompt.tick if isinstance(prompt, Clock) else None
    with keys.raw(), contextlib.ExitStack() as stack:
        screen.raw(prompt.begin() if isinstance(prompt, Clock) else prompt)
        stack.enter_context(keys.marked(screen.raw))
        first = keys.press(idle)
        while first in ("", " ", keys.ERASE) or (first in keys.MOVES and patience(first) is None):
            first = keys.press(idle)
        if first is None or first == keys.ENTER or first in keys.MOVES:
            screen.raw("\n")
            return "" if first == keys.ENTER else first
        screen.raw(first)
        wait = None if isinstance(first, keys.Pasted) else patience(first)
        if wait is not None and not keys.more(wait):
            screen.raw("\n")
            return first
        rest, ended = keys.held()
    if ended:
        screen.raw(f"{rest}\n")
        return first + rest
    return _continued(screen, prompt, first + rest)


def _continued(screen: Screen, prompt: str | Clock, begun: str) -> str | None:
    """The line whose beginning was typed already, edited to its end; None at the end of input."""
    screen.raw("\r")
    if not editing.possible():  # what edits lines there edits only what follows
        rest = line(screen, (prompt.begin() if isinstance(prompt, Clock) else prompt) + begun)
        return None if rest is None else begun + rest
    import readline

    readline.set_startup_hook(lambda: readline.insert_text(begun))
    try:
        return line(screen, prompt)
    finally:
        readline.set_startup_hook(None)


def command(question: AnyQuestion, typed: str, allowed: Sequence[Command]) -> Command | None:
    """The command that a typed line is, if it is one."""
    text = typed.strip().lower()
    meant = _meant(text, allowed)
    if meant and (text.startswith(":") or text == "?"):
        return meant
    if "show" in allowed and text.strip(" .!:") in SHOWING:
        return "show"
    reading = answers.read(question, typed, question.params)
    if not isinstance(reading, answers.Unreadable):
        return None
    knows_not = "show" in allowed and reading.code == "given_up" and any(map(str.isalpha, text))
    return "show" if knows_not else meant


def _meant(text: str, allowed: Iterable[Command]) -> Command | None:
    """The one of the allowed commands that is called so."""
    found = KEYS.get(text.lower().removeprefix(":").strip(), ())
    return next((each for each in found if each in allowed), None)


def line(screen: Screen, prompt: str | Clock) -> str | None:
    """One typed line; None at the end of input. Where nobody sees what is typed, it is echoed."""
    if isinstance(prompt, Clock):
        with prompt.running():
            return line(screen, prompt.begin())
    try:
        interactive = sys.stdin.isatty()
        with interrupting.heard() if interactive else contextlib.nullcontext():
            typed = editing.line(prompt) if interactive else input(prompt)
    except EOFError:
        screen.raw("\n")
        return None
    screen.raw("" if interactive else words.one_line(typed) + "\n")
    return typed


def choose(screen: Screen, prompt: str, allowed: Sequence[Command]) -> Command | None:
    """One of what is offered, or ``next`` for Enter; anything else changes nothing and is asked again."""
    while True:
        keys.forget()
        if single_keys(screen):
            typed = _entry(screen, prompt, lambda key: BLINK if _meant(key, allowed) else None)
        else:
            typed = line(screen, prompt)
        if typed is None:
            return None
        said = _meant(typed, allowed) if typed.strip() else "next"
        if said:
            return said
        screen.line(f"„{words.one_line(typed.strip())}” nije ponuđeno; ništa se nije promijenilo.")


def key(screen: Screen, prompt: str, allowed: Iterable[Command]) -> Command | None:
    """One command, by a key or by a line; Enter is ``next``, anything not allowed is ``help``; None at the end."""
    if single_keys(screen):
        screen.raw(prompt)
        pressed = keys.press()
        if prompt:
            screen.raw((pressed if pressed and pressed.isprintable() and pressed not in keys.MOVES else "") + "\n")
        if pressed is None:
            return None
        return "next" if pressed in (keys.ENTER, " ") else _meant(pressed, allowed) or "help"
    typed = line(screen, prompt)
    if typed is None:
        return None
    return (_meant(typed.strip(), allowed) or "help") if typed.strip() else "next"
