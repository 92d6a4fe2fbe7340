"""The whole bank with findings as one JSON object, for other programs; what a bank says is all there.

The Structs here are its published schema, ``docs/bank.schema.json``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from quizlab.export.document import Document, Exported
from quizlab.export.headings import by_bank
from quizlab.model import AnyQuestion, Finding, Group, json_schema
from quizlab.telling import machine
from quizlab.telling.machine import ExportedFinding

FORMAT: Literal["quizlab-bank"] = "quizlab-bank"
VERSION: Literal[1] = 1


class ExportedBank(Struct, frozen=True, forbid_unknown_fields=True):
    """One bank: its name, and all that its YAML file says."""

    name: str
    title: str
    groups: dict[str, Group]
    questions: tuple[AnyQuestion, ...]


class Export(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions as their banks hold them, and findings: of each question and of its variants, if any were asked for."""

    format: Literal["quizlab-bank"]
    version: Literal[1]
    title: str
    banks: tuple[ExportedBank, ...]
    findings: tuple[ExportedFinding, ...]
    versions: dict[str, str]


def bank_json(title: str, entries: Sequence[Exported], versions: Mapping[str, str] | None = None) -> Document:
    """One indented JSON object; the chosen questions stand under the bank that they come from."""
    whole = {"format": FORMAT, "version": VERSION, "title": title, "banks": list(map(_bank, by_bank(entries)))}
    whole |= msgspec.structs.asdict(machine.findings(_findings(entries), versions or {}))
    return Document((machine.encode(whole),))


def _bank(chosen: Sequence[Exported]) -> dict[str, Any]:
    bank = chosen[0].bank
    groups = {name: sparse(each) for name, each in bank.groups.items()}
    questions = [written(each.question) for each in chosen]
    return {"name": bank.name, "title": bank.title, "groups": groups, "questions": questions}


def _findings(entries: Sequence[Exported]) -> Iterator[Finding]:
    for entry in entries:
        yield entry.finding
        yield from (each.finding for each in entry.variants)


def written(question: AnyQuestion) -> dict[str, Any]:
    """A question as its bank writes it: generated options without what was worked out for them."""
    found: dict[str, Any] = sparse(question)
    found.pop("original", None)  # of a question as it is asked, not of a bank
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
    found = json_schema(Export, "quizlab-bank")
    for each in found["$defs"].values():
        each.get("properties", {}).pop("original", None)
    return found
