"""The JSON Schema of a bank file, for editors: made from the same types that a bank is read into."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from quizlab.model import AnyQuestion, Group

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class BankFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A bank: what it is called, where what was remembered comes from, and its questions."""

    questions: tuple[AnyQuestion, ...]
    title: str = ""
    groups: dict[str, Group] = {}


def schema() -> dict[str, Any]:
    """The schema; where text is wanted a number or a truth value is read as it is written, so these are let pass."""
    found: dict[str, Any] = _lenient(msgspec.json.schema(BankFile))
    whole = found["$defs"]["BankFile"]["properties"]["questions"]
    whole["minItems"] = 1
    return {"$schema": DIALECT, "title": "quizlab-bank-file", **found}


def _lenient(node: Any) -> Any:
    if isinstance(node, list):
        return [_lenient(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "anyOf" in node:  # msgspec before 0.22 names null first
        node = {**node, "anyOf": sorted(node["anyOf"], key=lambda each: each.get("type") == "null")}
    if node.get("type") == "string":
        return {**node, "type": ["string", "number", "boolean"]}
    return {name: _lenient(each) for name, each in node.items()}
