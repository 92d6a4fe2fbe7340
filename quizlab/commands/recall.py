"""The recall command: what a blic asked, taken down right after it, and the files of others merged in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from quizlab import errors, home, locks
from quizlab.bank import recalled_file
from quizlab.bank.recalled import GROUP, Fact, identity, merged
from quizlab.commands import _banks, _names
from quizlab.commands._recalling import Blic, Recalling, Undo
from quizlab.commands._screen import piped
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.telling import words
from quizlab.telling.when import day_past
from quizlab.view.screen import Screen


class RecallOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the recall command was asked for."""

    lab: str = ""
    day: str = ""
    group: str = ""
    merge: tuple[Path, ...] = ()
    plain: bool = False


def recall(options: RecallOptions) -> int:
    """Ask what a blic asked and keep it, or merge what others kept.

    Raises:
        QuizlabError: an unknown lab or day, or a file that cannot be read or written; then nothing is changed.
    """
    screen = piped(options.plain)
    path = home.data_folder() / home.RECALLED
    if options.merge:
        return _merge(screen, path, options.merge)
    kept(path)  # what could not be added to is better said before anything is typed
    banks = _banks.opened()
    (lab,) = _names.meant(banks, [options.lab or registry.usual()])[:1]
    bank = next((each for each in banks if each.name == lab), None)
    if bank is None:
        raise QuizlabError("unknown_question", {"name": lab}, errors.USAGE)
    blic = Blic(bank, banks, _day(options.day), words.one_line(options.group) or GROUP)
    return Recalling(screen, blic, lambda fact: remembered(path, fact)).ask()


def kept(path: Path) -> tuple[Fact, ...]:
    """The facts there are; none where there is no file."""
    return recalled_file.read(path) if path.exists() else ()


def keep(path: Path, facts: Sequence[Fact]) -> int:
    """Add facts to those that are kept; how many were new.

    Raises:
        QuizlabError: the file cannot be read or written.
    """
    with locks.alone(path):
        before = kept(path)
        whole = merged(before, facts)
        if whole != before or not path.exists():
            _write(path, whole)
    return len(whole) - len(merged(before))


def remembered(path: Path, fact: Fact) -> Undo:
    """Keep a fact; what is returned takes it back: the fact goes, and what it took the place of returns.

    Raises:
        QuizlabError: the file cannot be read or written; the undo may raise it, too.
    """
    same = [each for each in kept(path) if identity(each) == identity(fact)]
    keep(path, [fact])
    return lambda: _put_back(path, fact, same)


def _put_back(path: Path, fact: Fact, same: Sequence[Fact]) -> None:
    with locks.alone(path):
        _write(path, merged([each for each in kept(path) if identity(each) != identity(fact)], same))


def _write(path: Path, facts: Sequence[Fact]) -> None:
    try:
        recalled_file.write(path, facts)
    except OSError as error:
        raise QuizlabError("new_unwritten", {"path": str(path), "why": error.strerror or str(error)}) from None


def _merge(screen: Screen, path: Path, others: Sequence[Path]) -> int:
    read = [recalled_file.read(each) for each in others]  # all of them, before anything is written
    before = len(merged(kept(path)))
    new = keep(path, [fact for facts in read for fact in facts])
    there = len(merged(*read)) - new
    said = words.counted(new, "novi zapis", "nova zapisa", "novih zapisa")
    screen.line(f"Dodano: {said}. Već je bilo: {there}. Ukupno: {before + new}.")
    screen.line(f"Datoteka: {path}")
    return errors.RIGHT


def _day(said: str) -> str:
    """A day as people call it, in the form of ISO 8601.

    Raises:
        QuizlabError: it is none.
    """
    day = day_past(said, datetime.now().astimezone().date())
    if day is None:
        raise QuizlabError("recall_day", {"day": said}, errors.USAGE)
    return day.isoformat()
