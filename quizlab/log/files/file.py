"""A file of answers: which format it has, and the answers in it or all that is wrong with it."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from quizlab import errors
from quizlab.errors import QuizlabError
from quizlab.home import in_utf16
from quizlab.log.entry import Entry
from quizlab.log.files import reviews, whole
from quizlab.log.files.fields import Decoded
from quizlab.model import Problem

FORMATS: dict[str, Callable[[Sequence[Entry]], str]] = {".json": whole.written, ".csv": reviews.written}
"""Suffix → the answers as text."""

LARGEST = 200_000_000
"""Bytes; some 700 000 answers."""


class FileError(QuizlabError):
    """A file of answers that cannot be used, with every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems, status=errors.USAGE)


def read(path: Path) -> tuple[Entry, ...]:
    """The answers in a file, in the order of the file; ``-`` is standard input.

    Raises:
        FileError: with everything that is wrong with what the file holds.
        QuizlabError: the file cannot be read.
    """
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a path with a zero byte
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise QuizlabError("batch_failed", {"path": str(path), "why": why}, errors.USAGE) from None
    entries, problems = _decoded(data, path.suffix.lower())
    if problems:
        raise FileError([replace(problem, file=str(path)) for problem in problems])
    return tuple(entries)


def _decoded(data: bytes, suffix: str) -> Decoded:
    if len(data) > LARGEST:
        return [], [Problem("import_too_big", {"limit": str(LARGEST // 1_000_000)})]
    text = in_utf16(data)
    if text is None:
        data = data.removeprefix(codecs.BOM_UTF8)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            if not (suffix == ".csv" or reviews.begins(data.decode("latin-1"))):
                return [], [Problem("bank_not_utf8", line=data.count(b"\n", 0, error.start) + 1)]
            text = data.decode("cp1250", "replace")  # a spreadsheet's; what is read of it are numbers and names of a-z
            data = text.encode()
    else:
        data = text.encode()
    if text.lstrip()[:1] in ("{", "["):
        del text  # of a long log it takes as much memory again
        return whole.read(data)
    if suffix == ".csv" or reviews.begins(text):
        return reviews.read(text)
    return whole.read(data) if suffix == ".json" else ([], [Problem("import_unknown")])
