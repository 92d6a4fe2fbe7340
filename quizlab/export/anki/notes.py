"""Which notes there are: who each one is for ever, where it lies, how it is tagged, and when it last changed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from quizlab.export.document import Exported
from quizlab.model import AnyQuestion, Atom, Bank
from quizlab.telling import words

ROOT = "quizlab"
VARIED = f"{ROOT}::varijante"


class Place(Struct, frozen=True):
    """A note without its texts: its identity, its name, its deck, its tags."""

    guid: str
    name: str
    deck: str
    tags: tuple[str, ...]


def notes(entries: Sequence[Exported]) -> Iterator[tuple[Place, Exported]]:
    """A note for every question and every variant of it; the same question with the same numbers comes once."""
    seen: set[str] = set()
    for entry in entries:
        asked = [(entry.question, entry.finding), *((each.question, each.finding) for each in entry.variants)]
        for index, (question, finding) in enumerate(asked):
            values = _values(entry.question, question) if index else {}
            guid = guid_of(entry.question, values)
            if guid not in seen:
                seen.add(guid)
                yield _place(entry, guid, values), Exported(entry.bank, question, finding)


def _values(asked: AnyQuestion, variant: AnyQuestion) -> dict[str, Atom]:
    """The numbers that make a variant what it is; none for the numbers of the question itself."""
    names = [name for name in (asked.variants or variant.params) if name in variant.params]
    values = {name: variant.params[name] for name in names}
    return {} if all(asked.params.get(name) == value for name, value in values.items()) else values


def guid_of(question: AnyQuestion, values: dict[str, Atom]) -> str:
    """The identity of a note, from the question's first id and the variant's numbers and never from texts."""
    first = question.aliases[0] if question.aliases else question.id
    whole = msgspec.json.encode([first, values], order="sorted")
    return base64.urlsafe_b64encode(hashlib.sha256(whole).digest()[:15]).decode("ascii")


def _place(entry: Exported, guid: str, values: dict[str, Atom]) -> Place:
    question = entry.question
    tags = (f"{ROOT}::{_tag(entry.bank.name)}::{_tag(question.topic)}", *([VARIED] if values else ()))
    name = f"{question.id} ({words.settings(values)})" if values else question.id
    return Place(guid, words.one_line(name), deck_of(entry.bank), tags)


def deck_of(bank: Bank) -> str:
    """«quizlab::Lab 4 · Metričko ugrađivanje»."""
    name = re.sub(r"^([^\W\d_])([^\W\d_]*)(\d+)$", lambda found: f"{found[1].upper()}{found[2]} {found[3]}", bank.name)
    return f"{ROOT}::{_level(f'{name} · {bank.title}' if bank.title else name)}"


def _level(text: str) -> str:
    """A text as one level of a deck's name."""
    return re.sub(r"::+", ":", words.one_line(text).replace('"', "”")).strip(": ")


def _tag(text: str) -> str:
    """A text as one level of a tag: words joined by underscores."""
    return re.sub(r"[^\w.+-]+", "_", words.one_line(text)).strip("_") or "bez_teme"
