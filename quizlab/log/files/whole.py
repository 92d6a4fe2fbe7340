"""The whole log as JSON: ``{"version": 1, "answers": [{…the fields of an entry…}]}``, one answer a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Raw

from quizlab.log.entry import Entry
from quizlab.log.files import fields
from quizlab.log.files.fields import Decoded
from quizlab.model import Problem
from quizlab.unseen import in_json

VERSION = 1
FIELDS = ("version", "answers")


def written(entries: Sequence[Entry]) -> str:
    """The entries as JSON."""
    answers = ",\n".join(msgspec.json.encode(entry).decode() for entry in entries)
    return f'{{"version": {VERSION}, "answers": [\n{in_json(answers)}\n]}}\n'


def read(data: bytes) -> Decoded:
    """The entries in JSON (UTF-8)."""
    try:
        top = msgspec.json.decode(data, type=dict[str, Raw])
        version = msgspec.json.decode(top["version"], type=int)
        if version != VERSION:
            return [], [Problem("import_newer", {"found": str(version)}, field="version")]
        answers = msgspec.json.decode(top["answers"], type=list[Raw])
    except (msgspec.ValidationError, KeyError):
        return [], [Problem("import_shape", line=1)]
    except (msgspec.DecodeError, RecursionError) as error:
        return [], [Problem("import_json", line=_line(data, error))]
    problems = [Problem("unknown_field", {"field": name}, field=name) for name in top if name not in FIELDS]
    entries: list[Entry] = []
    for number, raw, line in _placed(data, answers):
        found, faults = fields.entry(raw)
        entries += found
        problems += [msgspec.structs.replace(fault, line=line, id=f"answers[{number}]") for fault in faults]
    return entries, problems


def _line(data: bytes, error: Exception) -> int:
    """The line where JSON broke off, as far as it is known."""
    at = re.search(r"\(byte (\d+)\)", str(error))
    return data.count(b"\n", 0, int(at[1]) if at else len(data)) + 1


def _placed(data: bytes, answers: Sequence[Raw]) -> Iterator[tuple[int, bytes, int]]:
    """Each answer with its number and the line where it begins."""
    position, line = 0, 1
    for number, answer in enumerate(answers):
        raw = bytes(answer)
        start = data.index(raw, position)
        line += data.count(b"\n", position, start)
        yield number, raw, line
        line += raw.count(b"\n")
        position = start + len(raw)
