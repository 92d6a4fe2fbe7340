"""What `stats` does with the log as a whole: written to a file, graded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab import errors, home
from quizlab.commands import _banks, _screen
from quizlab.commands._files import STANDARD, write_whole
from quizlab.errors import QuizlabError
from quizlab.learning import regrading
from quizlab.log import Log, files
from quizlab.view import carrying as view
from quizlab.view.screen import Screen


def export_log(path: Path, *, plain: bool = False) -> int:
    """Write every answer to a file, in the format of its suffix; ``-`` is JSON on standard output.

    Raises:
        QuizlabError: an unknown suffix, or the file cannot be written.
    """
    suffix = ".json" if path == STANDARD else path.suffix.lower()
    if suffix not in files.FORMATS:
        args = {"path": str(path), "known": ", ".join(files.FORMATS)}
        raise QuizlabError("export_suffix", args, errors.USAGE)
    with Log(home.data_folder(), only_read=True) as log:
        entries = [entry for _, entry in log.written()]
    text = files.FORMATS[suffix](entries)
    if path == STANDARD:
        Screen(plain=True).raw(text)
    else:
        _write(path, text.encode())
        view.exported(_screen.piped(plain), len(entries), path)
    return errors.RIGHT


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole({path: data})
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise QuizlabError("export_failed", {"path": str(path), "why": why}) from None


def regrade(banks: Sequence[Path], *, write: bool, plain: bool = False) -> int:
    """Grade every logged answer again; show what would change, or write it after a copy."""
    found = _banks.opened(banks)
    with Log(home.data_folder(), only_read=not write) as log:
        result = regrading.regraded(found, log.written())
        copy = None
        if write and result.changes:
            copy = log.regrade([(change.number, change.now) for change in result.changes])
    view.regraded(_screen.piped(plain), result, copy)
    return errors.RIGHT
