"""A file of answers, line by line, as editors and spreadsheets save it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlab.home import in_utf16
from quizlab.model import ID

WORDS = re.compile(
    rb"[\x00-\x7f]|\xa0|[%b](?=[A-Za-z])|(?<=[A-Za-z%b])[%b]" % ((re.escape("šđčćžŠĐČĆŽ„”“–".encode("cp1250")),) * 3)
)
"""A byte of Croatian as Windows wrote it (cp1250): its letters only beside other ones."""

QUOTED = re.compile(r'"(?:[^"]|"")*"')
SEPARATED = re.compile(r"\s*sep=.[;,\t]*\s*", re.IGNORECASE)
"""With it a spreadsheet says what stands between its columns."""

HEADINGS = ({"oznaka", "pitanje", "id", "question"}, {"odgovor", "answer", "typed"})

Row = tuple[str, str] | str | None
"""A question's name and the answer; a line that has no such form; None is one that is in no known encoding."""


def rows(data: bytes) -> Iterator[tuple[int, Row]]:
    """The lines that say something, with their numbers."""
    first = True
    for number, line in enumerate(_lines(data), 1):
        if line is None:
            yield number, None
        elif line.strip(" \t\r\ufeff;,"):
            row = _row(line.strip("\r\ufeff"))
            if not (first and _heading(row)):
                yield number, row
                first = False


def _lines(data: bytes) -> list[str | None]:
    if (text := in_utf16(data)) is not None:
        return list(text.split("\n" if "\n" in text else "\r"))
    lines = data.split(b"\n" if b"\n" in data else b"\r")  # only there: within a line some signs break lines, too
    found = [_utf8(line) for line in lines]
    if None in found and all(line is None or line.isascii() for line in found) and not WORDS.sub(b"", data):
        return [line.decode("cp1250") for line in lines]
    return found


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _row(line: str) -> Row:
    """A tab stands between the two; a spreadsheet's semicolon or comma only behind what can be a name."""
    for separator in "\t;,":
        name, there, typed = line.partition(separator)
        name = _unquoted(name)
        if there and (separator == "\t" or ID.match(name) or name.casefold() in HEADINGS[0]):
            return name, _unquoted(typed.rstrip(separator + " \xa0"))
    return line


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    return cell[1:-1].replace('""', '"') if QUOTED.fullmatch(cell) else cell


def _heading(row: Row) -> bool:
    if isinstance(row, str):
        return SEPARATED.fullmatch(row) is not None
    return row is not None and all(cell.casefold() in known for cell, known in zip(row, HEADINGS, strict=True))
