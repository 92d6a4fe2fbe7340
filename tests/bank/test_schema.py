"""The schema of bank files: it lets the shipped banks pass, and refuses what the reader refuses."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from quizlab import bank
from quizlab.bank.schema import schema
from tests.conftest import ROOT

VALIDATOR = jsonschema.Draft202012Validator(schema())


class Loader(yaml.SafeLoader):
    """YAML as editors read it: a date is text."""


Loader.yaml_implicit_resolvers = {
    letter: [each for each in found if each[0] != "tag:yaml.org,2002:timestamp"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PUBLISHED = ROOT / "docs" / "bank-file.schema.json"
BANKS = {path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader) for path in bank.shipped()}


def test_the_published_schema_is_current() -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("QUIZLAB_UPDATE_DOCS"):
        PUBLISHED.write_text(text, encoding="utf-8")
    assert PUBLISHED.read_text(encoding="utf-8") == text
    VALIDATOR.check_schema(schema())


@pytest.mark.parametrize("name", BANKS)
def test_the_shipped_banks_are_what_the_schema_says_and_name_it(name: str) -> None:
    assert not list(VALIDATOR.iter_errors(BANKS[name]))
    (path,) = (path for path in bank.shipped() if path.stem == name)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/bank-file.schema.json"
    assert (path.parent / first.partition("=")[2]).is_file()


def refused(data: Any, folder: Path) -> bool:
    path = folder / "x.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    try:
        bank.load(path)
    except bank.BankError:
        return True
    return False


def mutations(data: Any) -> list[tuple[str, Any]]:
    """A bank of one question changed in one place: a field lost, one too many, another kind of thing in its place."""
    found = []
    question = data["questions"][0]
    for field in ("id", "topic", "kind", "prompt", "answer", "explain", "recollections"):
        changed = copy.deepcopy(data)
        del changed["questions"][0][field]
        found.append((f"without {field}", changed))
    for field in question:
        changed = copy.deepcopy(data)
        changed["questions"][0][field] = {"x": ["y"]} if not isinstance(question[field], dict) else ["y"]
        found.append((f"odd {field}", changed))
    for place in ([], ["questions", 0], ["questions", 0, "verify"], ["questions", 0, "mistakes", 0]):
        changed = copy.deepcopy(data)
        node: Any = changed
        for step in place:
            node = node[step]
        node["boja"] = 1
        found.append((f"unknown field in {place}", changed))
    changed = copy.deepcopy(data)
    changed["questions"][0]["kind"] = "nema"
    empty = {**data, "questions": []}
    return [*found, ("unknown kind", changed), ("no questions", empty), ("a list", [data])]


ONE = {**BANKS["torch"], "questions": BANKS["torch"]["questions"][:1]}


@pytest.mark.parametrize(("what", "data"), mutations(ONE), ids=lambda each: each if isinstance(each, str) else "")
def test_schema_and_reader_refuse_the_same(what: str, data: Any, tmp_path: Path) -> None:
    assert refused(data, tmp_path), what
    assert list(VALIDATOR.iter_errors(data)), what


def test_the_unchanged_bank_passes_both(tmp_path: Path) -> None:
    assert not refused(ONE, tmp_path)
    assert not list(VALIDATOR.iter_errors(ONE))


def test_a_number_where_text_is_wanted_passes_both(tmp_path: Path) -> None:
    data = copy.deepcopy(ONE)
    data["questions"][0]["topic"] = 3
    assert not refused(data, tmp_path)
    assert not list(VALIDATOR.iter_errors(data))
