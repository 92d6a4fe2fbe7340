"""What was remembered after a blic, as facts: who remembers is nowhere, and the same fact is there once. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import astuple, replace

from quizlab.model import AnyQuestion, Bank, Group, Place, Recollection

GROUP = "prisjećanje s blica"
"""What the source is called where nobody named it."""

NEW = "novo-"
"""How the ids of new questions begin."""

MOST = 12
"""So many options a new question may have at most."""


class Fact(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing remembered of one blic: that a question was asked and, if it is known, the answer marked.

    ``question`` is the id of a known question; a new one has its ``prompt`` instead, the ``lab`` that it belongs to and
    the ``options`` offered. ``date`` is ISO, ``title`` names the source.
    """

    date: str
    lab: str = ""
    title: str = GROUP
    question: str = ""
    prompt: str = ""
    options: tuple[str, ...] = ()
    answer: str = ""


class Notes(Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of a file."""

    facts: tuple[Fact, ...] = ()


class Decided(Struct, frozen=True):
    """What facts add to banks, by the bank's name: sources and new questions; by the question's id: recollections."""

    groups: dict[str, dict[str, Group]] = {}
    new: dict[str, tuple[AnyQuestion, ...]] = {}
    more: dict[str, tuple[Recollection, ...]] = {}


def joined(banks: Sequence[Bank], decided: Decided, file: str) -> tuple[Bank, ...]:
    """The banks with what was decided of the facts in a file."""
    return tuple(_joined(bank, decided, file) if bank.name in decided.groups else bank for bank in banks)


def _joined(bank: Bank, decided: Decided, file: str) -> Bank:
    added = decided.new.get(bank.name, ())
    known = (
        replace(each, recollections=(*each.recollections, *decided.more[each.id])) if each.id in decided.more else each
        for each in bank.questions
    )
    return replace(
        bank,
        groups={**bank.groups, **decided.groups[bank.name]},
        questions=(*known, *added),
        places={**bank.places, **{each.id: Place(file, 1, 1) for each in added}},
    )


def folded(text: str) -> str:
    """A text as facts are compared: without case, spare spaces, spaces inside numbers and a mark at its end."""
    flat = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))", "", flat).rstrip(" .?!")


def identity(fact: Fact) -> tuple[str, ...]:
    """What makes two facts the same; the lab counts for new questions only."""
    about = ("", fact.question) if fact.question else (fact.lab, folded(fact.prompt))
    return (fact.date, folded(fact.title), *about, folded(fact.answer), *sorted(map(folded, fact.options)))


def merged(*several: Iterable[Fact]) -> tuple[Fact, ...]:
    """All facts, each once, in an order that does not hang on where they come from.

    Of several spellings of a fact one is taken, always the same, so merging is idempotent, commutative and associative.
    """
    kept: dict[tuple[str, ...], Fact] = {}
    for fact in (each for facts in several for each in facts):
        name = identity(fact)
        if name not in kept or astuple(fact) < astuple(kept[name]):
            kept[name] = fact
    return tuple(fact for _, fact in sorted(kept.items()))


def new_id(fact: Fact) -> str:
    """The id of a new question: the same on every machine, so that answers stay with it when files are merged."""
    seed = f"{fact.lab}\n{folded(fact.prompt)}".encode("utf-8", "surrogatepass")
    return f"{NEW}{hashlib.blake2b(seed, digest_size=4).hexdigest()}"
