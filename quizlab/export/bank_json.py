"""The whole bank with findings as one JSON object, for other programs; what a bank says is all there.

The Structs here are its published schema, ``docs/bank.schema.json``.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from quizlab.export.document import Document, Entry
from quizlab.model import AnyQuestion, Atom, Case, Claim, Finding, Group, Ruled, Value
from quizlab.view import machine

FORMAT: Literal["quizlab-bank"] = "quizlab-bank"
VERSION: Literal[1] = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class ExportedBank(Struct, frozen=True, forbid_unknown_fields=True):
    """One bank: its name, and all that its YAML file says."""

    name: str
    title: str
    groups: dict[str, Group]
    questions: tuple[AnyQuestion, ...]


class ExportedOption(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one option."""

    letter: str
    text: str
    verdict: Ruled


class ExportedMistake(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one mistake."""

    tag: str
    answer: str
    verdict: Ruled
    value: Value | None


class ExportedForm(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one accepted form."""

    answer: str
    verdict: Ruled


class ExportedRecollection(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one remembered answer."""

    group: str
    answer: str
    verdict: Ruled
    value: Value | None
    note: str


class ExportedProblem(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a key is not confirmed."""

    code: str
    field: str
    sentence: str


class ExportedFinding(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``quizlab verify --json`` says of one question; without evidence ``snippet`` and ``prints`` are null."""

    id: str
    verdict: Literal["confirmed", "refuted", "disputed", "error"]
    key: str
    value: Value | None
    parameters: dict[str, Atom]
    cases: tuple[Case, ...]
    claims: tuple[Claim, ...]
    options: tuple[ExportedOption, ...]
    mistakes: tuple[ExportedMistake, ...]
    accepted: tuple[ExportedForm, ...]
    recollections: tuple[ExportedRecollection, ...]
    snippet: str | None
    prints: str | None
    problems: tuple[ExportedProblem, ...]
    seconds: float


class Export(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions as their banks hold them, and findings: of each question and of its variants, if any were asked for."""

    format: Literal["quizlab-bank"]
    version: Literal[1]
    title: str
    banks: tuple[ExportedBank, ...]
    findings: tuple[ExportedFinding, ...]
    versions: dict[str, str]


def bank_json(title: str, entries: Sequence[Entry], versions: Mapping[str, str] | None = None) -> Document:
    """One indented JSON object; the chosen questions stand under the bank that they come from."""
    whole = {"format": FORMAT, "version": VERSION, "title": title, "banks": list(_banks(entries))}
    whole["findings"] = [machine.finding(each) for each in _findings(entries)]
    whole["versions"] = dict(versions or {})
    return Document((machine.encode(whole),))


def _banks(entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    for _, group in itertools.groupby(entries, key=lambda each: each.bank.name):
        chosen = list(group)
        bank = chosen[0].bank
        groups = {name: sparse(each) for name, each in bank.groups.items()}
        questions = [written(each.question) for each in chosen]
        yield {"name": bank.name, "title": bank.title, "groups": groups, "questions": questions}


def _findings(entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        yield entry.finding
        yield from (each.finding for each in entry.variants)


def written(question: AnyQuestion) -> dict[str, Any]:
    """A question as its bank writes it: generated options without what was worked out for them."""
    found: dict[str, Any] = sparse(question)
    for option in found.get("options", {}).values():
        if "answer" in option:
            option.pop("text", None)
            option.pop("value", None)
    return found


def sparse(one: Any) -> Any:
    """A Struct as plain data without the fields that say nothing but their default."""
    if isinstance(one, Struct):
        tag = one.__struct_config__.tag
        kept = {one.__struct_config__.tag_field: tag} if tag else {}
        for name, field, default in _fields(type(one)):
            value = getattr(one, name)
            if value != default or type(value) is not type(default):
                kept[field] = sparse(value)
        return kept
    if isinstance(one, dict):
        return {name: sparse(value) for name, value in one.items()}
    return [sparse(each) for each in one] if isinstance(one, tuple | list) else one


@functools.cache
def _fields(struct: type[Struct]) -> tuple[tuple[str, str, Any], ...]:
    """Name, name in JSON and default of every field; one that is required has a default that nothing equals."""
    return tuple(
        (
            field.name,
            field.encode_name,
            field.default_factory() if callable(field.default_factory) else field.default,
        )
        for field in msgspec.structs.fields(struct)
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of the export."""
    found = msgspec.json.schema(Export)
    return {"$schema": DIALECT, "title": "quizlab-bank", **found}
