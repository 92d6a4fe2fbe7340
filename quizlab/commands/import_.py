"""The import command: the answers of another computer."""

from __future__ import annotations

from pathlib import Path

from quizlab import errors, home
from quizlab.commands import _screen
from quizlab.log import Log, files
from quizlab.telling import sentences
from quizlab.view import carrying as view
from quizlab.view.screen import tell

TOLD = 20
"""Problems of a file that are told; who sees so many needs no more."""


def import_log(path: Path, *, plain: bool = False) -> int:
    """Add the answers of a file that the log does not have yet; a file with any problem adds none.

    Raises:
        QuizlabError: the file cannot be read.
    """
    found = files.read(path)
    if isinstance(found, list):
        for problem in found[:TOLD]:
            tell(sentences.problem(problem))
        tell(view.more_problems(len(found) - TOLD) if len(found) > TOLD else view.nothing_imported())
        return errors.USAGE
    with Log(home.data_folder()) as log:
        new = log.merge(found)
    view.imported(_screen.piped(plain), new, len(found))
    return errors.RIGHT
