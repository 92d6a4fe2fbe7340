"""The answer log as a whole: carried to another computer and back, emptied, graded again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from quizlab import errors, home, portable, regrading
from quizlab.commands import banks as opening
from quizlab.errors import QuizlabError
from quizlab.progress import Log
from quizlab.view import asking, sentences
from quizlab.view import progressing as view
from quizlab.view.screen import Screen, is_terminal, tell

STANDARD = Path("-")
TOLD = 20
"""Problems of a file that are told; who sees so many needs no more."""


def export_log(path: Path, *, plain: bool = False) -> int:
    """Write every answer to a file, in the format of its suffix; ``-`` is JSON on standard output.

    Raises:
        QuizlabError: an unknown suffix, or the file cannot be written.
    """
    suffix = ".json" if path == STANDARD else path.suffix.lower()
    if suffix not in portable.FORMATS:
        args = {"path": str(path), "known": ", ".join(portable.FORMATS)}
        raise QuizlabError("export_suffix", args, errors.USAGE)
    with Log(home.data_folder()) as log:
        entries = log.history()
    text = portable.FORMATS[suffix](entries)
    if path == STANDARD:
        Screen(plain=True).raw(text)
    else:
        _write(path, text)
        view.exported(_screen(plain), len(entries), path)
    return errors.RIGHT


def _write(path: Path, text: str) -> None:
    """Write beside and rename: what was there before stays whole until the new file is."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise QuizlabError("export_failed", {"path": str(path), "why": why}) from None
    finally:
        with contextlib.suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)


def import_log(path: Path, *, plain: bool = False) -> int:
    """Add the answers of a file that the log does not have yet; a file with any problem adds none.

    Raises:
        QuizlabError: the file cannot be read.
    """
    found = portable.read(path)
    if isinstance(found, list):
        for problem in found[:TOLD]:
            tell(sentences.problem(problem))
        tell(view.more_problems(len(found) - TOLD) if len(found) > TOLD else view.nothing_imported())
        return errors.USAGE
    with Log(home.data_folder()) as log:
        new = log.merge(found)
    view.imported(_screen(plain), new, len(found))
    return errors.RIGHT


def reset_log(*, yes: bool, plain: bool = False) -> int:
    """Empty the log, after asking and after a copy.

    Raises:
        QuizlabError: there is nobody to ask.
    """
    screen = _screen(plain)
    if not yes and not is_terminal():
        raise QuizlabError("reset_unasked", status=errors.USAGE)
    with Log(home.data_folder()) as log:
        number = len(log.history())
        if number == 0:
            view.nothing_to_empty(screen)
            return errors.RIGHT
        try:
            typed = "d" if yes else asking.line(screen, view.question_of_reset(number, log.path.parent)) or ""
        except KeyboardInterrupt:
            screen.raw("\n")
            view.kept(screen)
            return errors.INTERRUPTED
        if typed.strip().lower() in view.YES:
            view.emptied(screen, number, log.reset())
        else:
            view.kept(screen)
    return errors.RIGHT


def regrade(banks: Sequence[Path], *, write: bool, plain: bool = False) -> int:
    """Grade every logged answer again; show what would change, or write it after a copy."""
    found = opening.opened(banks)
    with Log(home.data_folder()) as log:
        result = regrading.regraded(found, log.entries())
        copy = None
        if write and result.changes:
            copy = log.regrade([(change.number, change.now) for change in result.changes])
    view.regraded(_screen(plain), result, copy)
    return errors.RIGHT


def _screen(plain: bool) -> Screen:
    return Screen(plain=plain or not is_terminal())
