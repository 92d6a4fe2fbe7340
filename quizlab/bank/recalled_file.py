"""The file of facts: strict YAML in, one fact a line out; kept in binary form as long as not a byte of it changes."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from quizlab import __version__, home
from quizlab.bank.errors import BankError
from quizlab.bank.load import read_bytes
from quizlab.bank.recalled import MOST, Decided, Fact, Notes, joined
from quizlab.model import Bank, Problem
from quizlab.proof import sources

HEAD = """\
# Što se pamti s blica: jedan zapis u retku, bez imena. Piše ih `quizlab recall`, a dodaje `quizlab recall --merge`.
# question je oznaka poznatog pitanja; novo pitanje ima prompt i, ako su bili ponuđeni, options. answer je označeno.
"""
KEPT = "prisjecanja.notes"


class Kept(msgspec.Struct, frozen=True):
    """What was decided of a file, with a digest of it and of the banks, and of the modules that decided it."""

    digest: str
    decided: Decided
    sources: dict[str, str]


def attached(banks: Sequence[Bank], path: Path, cache: Path | None = None) -> tuple[Bank, ...]:
    """The banks with the facts of a file.

    Args:
        banks: the banks.
        path: the file.
        cache: a folder where what the facts add may be kept, so that answers are not read again as long as neither
            the file nor a bank nor the code changes; any trouble with it is ignored.

    Raises:
        BankError: with every problem of the file, each with its line.
    """
    data = read_bytes(path)
    digest = hashlib.blake2b(data + msgspec.msgpack.encode(banks) + __version__.encode(), digest_size=16).hexdigest()
    kept = cache / KEPT if cache else None
    if kept and (found := _recall(kept, digest)):
        return joined(banks, found, str(path))
    from quizlab.bank.attaching import decided

    made = decided(banks, decoded(data, str(path)).facts)
    by = sources.Imported().now() if kept else {}
    if kept and all(by.values()):
        home.write_sealed(kept, msgspec.msgpack.encode(Kept(digest, made, by)))
    return joined(banks, made, str(path))


def _recall(kept: Path, digest: str) -> Decided | None:
    """What was decided of the same file and the same banks by the same code."""
    data = home.read_sealed(kept)
    try:
        found = msgspec.msgpack.decode(data, type=Kept) if data is not None else None
    except msgspec.MsgspecError:
        return None
    return found.decided if found and found.digest == digest and sources.unchanged(found.sources) else None


def read(path: Path) -> tuple[Fact, ...]:
    """The facts of a file.

    Raises:
        BankError: with every problem of the file, each with its line.
    """
    return decoded(read_bytes(path), str(path)).facts


def decoded(data: bytes, file: str) -> Notes:
    """The facts that stand in these bytes.

    Raises:
        BankError: with every problem, each with its line.
    """
    from quizlab.bank import fields, nodes

    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise BankError([Problem("bank_not_utf8", {}, file, data.count(b"\n", 0, error.start) + 1)]) from None
    if not text.strip():
        return Notes()
    composed = nodes.compose(text, file)
    if composed.root is None or composed.problems:
        raise BankError(composed.problems or [Problem("bank_empty", {}, file)])
    try:
        notes: Notes = fields.convert(composed.root, Notes)
    except msgspec.ValidationError:
        found = list(fields.faults(composed.root, Notes))
    else:
        found = [
            msgspec.structs.replace(problem, line=nodes.line_at(composed.root, f"facts[{number}]"))
            for number, fact in enumerate(notes.facts)
            for problem in _faults(fact)
        ]
        if not found:
            return notes
    raise BankError([msgspec.structs.replace(each, file=file) for each in found])


def _faults(fact: Fact) -> Iterator[Problem]:
    if bool(fact.question.strip()) == bool(fact.prompt.strip()):
        yield Problem("fact_undecided")
    if not is_day(fact.date):
        yield Problem("fact_date", {"date": fact.date})
    if len(fact.options) > MOST:
        yield Problem("fact_options", {"limit": str(MOST)})


def is_day(text: str) -> bool:
    """Whether a text is a day in the form of ISO 8601."""
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def text_of(facts: Iterable[Fact]) -> str:
    """The file with these facts, in their order; reading it gives them back."""
    rows = (
        ", ".join(f"{name}: {_written(value)}" for name, value in msgspec.to_builtins(one).items()) for one in facts
    )
    listed = "".join(f"  - {{{row}}}\n" for row in rows)
    return f"{HEAD}facts:\n{listed}" if listed else f"{HEAD}facts: []\n"


def _written(value: object) -> str:
    """A value in YAML: an id, a day and a lab bare, all else in double quotes, with odd characters escaped."""
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9-]*[0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    escaped = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", escaped)


def write(path: Path, facts: Iterable[Fact]) -> None:
    """Write a file whole or not at all.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    home.write_whole(path, text_of(facts).encode())
