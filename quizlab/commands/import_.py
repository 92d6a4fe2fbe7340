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
    try:
        found = files.read(path)
    except files.FileError as error:
        for problem in error.problems[:TOLD]:
            tell(sentences.problem(problem))
        more = len(error.problems) - TOLD
        tell(view.more_problems(more) if more > 0 else view.nothing_imported())
        return error.status
    with Log(home.data_folder()) as log:
        new = log.merge(found)
    view.imported(_screen.piped(plain), new, len(found))
    return errors.RIGHT
