"""Completion by the Tab key: what a word could become, and setting it up in the shell in use.

Typer knows the shells. It is asked through an application beside ours that can do nothing else, because the options
that it would add to ours say in English what they do.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from subprocess import SubprocessError
from typing import Literal

import typer

from quizlab import errors
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.model import Bank
from quizlab.telling import sentences
from quizlab.telling.order import croatian
from quizlab.view.screen import Screen

Words = Literal["names", "questions", "topics"]

PLAIN = re.compile(r"[\w.-]+")
"""Words that mean nothing else to any shell; a bank may call itself and its topics anything."""


def words(kind: Words, added: Sequence[Path] | None, incomplete: str) -> list[str]:
    """What a word could become: a bank or a question, a question alone, or a topic.

    Topics have hyphens for spaces, because no shell takes such a word apart; they may be asked for in this form.
    """
    banks = _opened(added)
    questions = [question for bank in banks for question in bank.questions]
    found = {
        "names": [*(bank.name for bank in banks), *(question.id for question in questions)],
        "questions": [question.id for question in questions],
        "topics": sorted({"-".join(question.topic.split()) for question in questions}, key=croatian),
    }
    return [word for word in found[kind] if word.startswith(incomplete) and PLAIN.fullmatch(word)]


def _opened(added: Sequence[Path] | None) -> tuple[Bank, ...]:
    """The banks; none where one of them cannot be read, since nobody wants to hear of that at a Tab."""
    try:
        return _banks.opened([Path(path) for path in added or ()])
    except QuizlabError:
        return ()


def prepare() -> None:
    """Make Typer know how each shell asks and wants to be answered."""
    typer.main.get_command(_typers_own())


def install() -> int:
    """Set completion up in the shell that this was called from.

    Raises:
        QuizlabError: the shell is none that Typer knows, or its files cannot be written.
    """
    _asked("--install-completion")
    Screen().line(sentences.say("completion_installed", {}))
    return errors.RIGHT


def show() -> int:
    """Print the script that completes in the shell that this was called from.

    Raises:
        QuizlabError: the shell is none that Typer knows.
    """
    Screen(plain=True).raw(_asked("--show-completion"))
    return errors.RIGHT


def _asked(option: str) -> str:
    """What Typer prints when it is asked for its own option."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            status = _typers_own()([option], prog_name="quizlab", standalone_mode=False)
    except SystemExit as stop:
        status = stop.code
    except (OSError, SubprocessError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise QuizlabError("completion_unwritten", {"why": why}) from None
    if status:
        raise QuizlabError("unknown_shell")
    return said.getvalue()


def _typers_own() -> typer.Typer:
    """An application that can do nothing but what Typer adds."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(_nothing)
    return app


def _nothing() -> None:
    """Does nothing."""
