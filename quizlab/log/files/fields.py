"""One answer in JSON, field by field, each with what it may be."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw

from quizlab.log.entry import SHARES, Entry, Mode
from quizlab.model import ID, Atom, Code, Outcome, Problem, Sure

TIME = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)

FROM, TO = "1900", "3000"
"""What a clock that was wrong may have shown: nobody answers then, but such an answer is logged and comes back with
its file. It counts from when it can have been given (``log/order.py``)."""

SECONDS = Annotated[float, Meta(ge=0, le=1e6)]
SHARE = Annotated[float, Meta(ge=0, le=1)]
HINTS = Annotated[int, Meta(ge=0, le=1000)]
NAME = Annotated[str, Meta(min_length=1, max_length=100)]

TYPES: dict[str, Any] = dict.fromkeys(Entry.__struct_fields__, str) | {
    "session": NAME,
    "outcome": Outcome,
    "seconds": SECONDS,
    "share": SHARE,
    "sure": Sure,
    "hints": HINTS,
    "mode": Mode,
}
DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in TYPES.items()}
RANGES = {"seconds": ("0", "1000000"), "share": ("0", "1"), "hints": ("0", "1000")}
CHOICES = {"outcome": "right, wrong, partial", "sure": "„”, sure, unsure", "mode": "practice, blic"}
REQUIRED = Entry.__struct_fields__[: -len(Entry.__struct_defaults__)]


Decoded = tuple[list[Entry], list[Problem]]
"""The answers that could be read, and all that is wrong with the others."""


def entry(raw: bytes) -> Decoded:
    """One answer."""
    try:
        fields = msgspec.json.decode(raw, type=dict[str, Raw])
    except msgspec.ValidationError:
        return [], [Problem("import_record")]
    problems = [Problem("missing_field", {"field": name}, field=name) for name in REQUIRED if name not in fields]
    values = {}
    for name, value in fields.items():
        if name not in TYPES:
            problems.append(Problem("unknown_field", {"field": name}, field=name))
            continue
        try:
            values[name] = _value(name, value)
        except (msgspec.DecodeError, RecursionError, ValueError):
            problems.append(_fault(name, bytes(value).decode()))
    if problems:
        return [], problems
    values.setdefault("share", SHARES[values["outcome"]])
    return [Entry(**values)], []


def _value(name: str, raw: Raw) -> Any:
    """The value of one field.

    Raises:
        ValueError: it is none that the log would have written (msgspec's errors are of this kind, too).
    """
    value = DECODERS[name].decode(raw)
    if name == "at":
        return _moment(value)
    if name == "question" and not ID.match(value):
        raise ValueError(value)
    if name == "params":
        msgspec.json.decode(value, type=dict[str, Atom])
    return value


def _moment(at: str) -> str:
    """A time as the log writes it: in UTC, so that text sorts as time does."""
    if not TIME.fullmatch(at):
        raise ValueError(at)
    moment = datetime.fromisoformat(at)
    try:
        found = at if at.endswith("+00:00") else moment.astimezone(UTC).isoformat()
    except OverflowError:
        raise ValueError(at) from None
    if not FROM <= found < TO:
        raise ValueError(at)
    return found


def _fault(name: str, found: str) -> Problem:
    """What is wrong with the value of a field."""
    if name in RANGES:
        least, most = RANGES[name]
        return Problem("import_number", {"found": found, "least": least, "most": most}, field=name)
    if name in CHOICES:
        return Problem("bad_value", {"found": found, "known": CHOICES[name]}, field=name)
    if name == "question":
        return Problem("bad_id", {"name": found.strip('"')}, field=name)
    codes: dict[str, Code] = {"at": "import_time", "params": "import_params"}
    return Problem(codes.get(name, "import_text"), {"found": found}, field=name)
