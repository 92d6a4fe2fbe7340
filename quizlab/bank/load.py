"""Find banks, read them, and remember what was read as long as not a byte of it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from quizlab import __version__, home
from quizlab.bank.errors import BankError
from quizlab.errors import USAGE, QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Bank, Code, Problem
from quizlab.proof import sources

MAX_BYTES = 20_000_000
"""Ten thousand questions of the usual length; what it takes to check them is bounded by time (`limits.ALLOWED`)."""


def shipped() -> tuple[Path, ...]:
    """The banks of the labs that are installed, those of quizlab first."""
    return tuple(each.bank for each in registry.labs())


def load(path: Path, cache: Path | None = None, *, thorough: bool = False) -> Bank:
    """Read one bank.

    Args:
        path: a YAML file; its stem is the bank's name.
        cache: a folder for the checked bank in binary form. An entry is found by a digest of the file's
            bytes and taken only while the modules that were imported to check it are unchanged, so it cannot be
            stale; any trouble with it is ignored.
        thorough: also go through all numbers that each question can be asked with, as ``quizlab check`` does.

    Raises:
        BankError: with every problem of the file.
    """
    if path.suffix.lower() == ".json":  # what was exported is for programs
        raise BankError([Problem("bank_json", {}, str(path))])
    data = read_bytes(path)
    kept = cache / f"{_short(str(path))}-{_digest(data, path)}.bank" if cache else None
    if kept and not thorough and (bank := _recall(kept)):
        return bank
    from quizlab.bank.decode import decode

    bank = decode(data, path, thorough=thorough)
    unproved = [each.id for each in bank.questions if each.verify is None]
    if unproved and path.resolve() in {each.resolve() for each in shipped()}:  # a bank of one's own may have them
        places = ((name, bank.places[name].line) for name in unproved)
        raise BankError(
            [Problem("missing_field", {"field": "verify"}, str(path), at, name, "verify") for name, at in places]
        )
    if kept:
        _keep(kept, bank)
    return bank


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that may not be larger than the limit."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        code: Code = "bank_missing" if isinstance(error, FileNotFoundError) else "bank_unreadable"
        raise BankError([Problem(code, {"why": error.strerror or str(error)}, str(path))]) from None
    if len(data) > MAX_BYTES:
        raise BankError([Problem("bank_too_big", {"limit": str(MAX_BYTES // 1_000_000)}, str(path))])
    return data


def _digest(data: bytes, path: Path) -> str:
    code = hashlib.blake2b(data, digest_size=12)
    code.update(f"{__version__} {path}".encode("utf-8", "surrogateescape"))
    code.update(repr(registry.labs()).encode("utf-8", "surrogateescape"))  # a hook belongs to a lab that is installed
    return code.hexdigest()


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


class Kept(msgspec.Struct, frozen=True):
    """A checked bank with the files that it was checked by: path → digest."""

    bank: Bank
    sources: dict[str, str]


def _recall(kept: Path) -> Bank | None:
    """The bank that was kept; None if there is none, if a single bit of it or of what checked it changed."""
    data = home.read_sealed(kept)
    try:
        found = msgspec.msgpack.decode(data, type=Kept) if data is not None else None
    except msgspec.MsgspecError:
        return None
    return found.bank if found and sources.unchanged(found.sources) else None


def _keep(kept: Path, bank: Bank) -> None:
    """Keep a checked bank in place of the older ones of the same file."""
    checked_by = sources.Imported().now()
    if not all(checked_by.values()):
        return
    try:
        data = msgspec.msgpack.encode(Kept(bank, checked_by))
        for old in kept.parent.glob(f"{kept.stem.partition('-')[0]}-*.bank"):
            old.unlink(missing_ok=True)
    except (OSError, UnicodeEncodeError):  # no right; a path that is no text
        return
    home.write_sealed(kept, data)


def find(banks: Iterable[Bank], name: str) -> AnyQuestion | None:
    """The question with this id or alias."""
    for bank in banks:
        for question in bank.questions:
            if name == question.id or name in question.aliases:
                return question
    return None


def select(banks: Sequence[Bank], names: Sequence[str]) -> tuple[AnyQuestion, ...]:
    """The questions that names of banks and ids ask for, in bank order and each once; all of them without names.

    Raises:
        QuizlabError: with a problem for each name that is neither a bank's nor a question's.
    """
    wanted: set[str] = set()
    unknown: list[Problem] = []
    for name in names:
        folded = name.strip().lower()
        whole = [bank for bank in banks if bank.name.lower() == folded]
        one = find(banks, folded)
        if not whole and one is None:
            unknown.append(Problem("unknown_question", {"name": name}))
        wanted |= {question.id for bank in whole for question in bank.questions}
        wanted |= {one.id} if one else set()
    if unknown:
        raise QuizlabError(unknown, status=USAGE)
    every = (question for bank in banks for question in bank.questions)
    return tuple(question for question in every if not names or question.id in wanted)
