"""The JSON Schema of a bank file, for editors: made from the same types that a bank is read into."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from quizlab.model import AnyQuestion, Group, json_schema


class BankFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A bank: what it is called, where what was remembered comes from, and its questions."""

    questions: tuple[AnyQuestion, ...]
    title: str = ""
    groups: dict[str, Group] = {}


def schema() -> dict[str, Any]:
    """The schema; where text is wanted a number or a truth value is read as it is written, so these are let pass."""
    found: dict[str, Any] = _lenient(json_schema(BankFile, "quizlab-bank-file"))
    whole = found["$defs"]["BankFile"]["properties"]["questions"]
    whole["minItems"] = 1
    return found


def _lenient(node: Any) -> Any:
    if isinstance(node, list):
        return [_lenient(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string":
        return {**node, "type": ["string", "number", "boolean"]}
    return {name: _lenient(each) for name, each in node.items()}
