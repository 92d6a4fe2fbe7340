"""The whole bank as JSON: as its schema says, with all that a bank says."""

from __future__ import annotations

import importlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

from quizlab import bank
from quizlab.export import FORMATS, Exported, Variant
from quizlab.export.bank_json import Export, ExportedBank, schema, written
from quizlab.model import Bank, Finding, Problem
from quizlab.proof.verify import could_not_run
from quizlab.question.variants import several, varied
from tests import samples
from tests.bank.small import WHOLE, write
from tests.conftest import ROOT
from tests.export import helpers
from tests.proofs import Proofs

PUBLISHED = ROOT / "docs" / "bank.schema.json"
BANKS = [bank.load(path) for path in bank.shipped()]
UPDATE = bool(os.environ.get("QUIZLAB_UPDATE_DOCS"))
VALIDATOR = jsonschema.Draft202012Validator(schema())


def exported(*entries: Exported) -> str:
    return FORMATS["json"]("Vodič", entries, versions={"torch": "2"}).text(str)


def unproved(of: Bank) -> list[Exported]:
    return [Exported(of, each, could_not_run(each, Problem("worker_died"), 0.0)) for each in of.questions]


def test_the_published_schema_is_current() -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if UPDATE:
        PUBLISHED.write_text(text, encoding="utf-8")
    assert PUBLISHED.read_text(encoding="utf-8") == text
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_export_is_what_the_schema_says() -> None:
    whole = [each for of in BANKS for each in unproved(of)]
    for entries in ([], helpers.entries(), whole):
        found = json.loads(exported(*entries))
        VALIDATOR.validate(found)
        assert msgspec.convert(found, Export).format == "quizlab-bank"
        assert list(found) == ["format", "version", "title", "banks", "findings", "versions"]


def test_with_the_real_proofs_it_is_what_the_schema_says() -> None:
    proofs = Proofs(importlib.import_module("labs.lab3"))
    whole = [
        Exported(of, each, proofs.finding(each))
        for of in BANKS
        for each in of.questions
        if each.id in ("q41", "q32", "q54", "q35", "q37", "q60")
    ]
    text = exported(*whole)
    found = json.loads(text)
    VALIDATOR.validate(found)
    assert len(found["findings"]) == 6
    assert all(each["snippet"] and each["claims"] for each in found["findings"])
    ends = [each["value"][:2] for one in found["findings"] if one["id"] == "q41" for each in one["mistakes"]]
    assert ["-inf", "inf"] in ends, "an infinite end is not lost"
    assert [0.0, "inf"] in ends


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("banks", 0, "questions", 0, "kind"), "broj"),
        (("banks", 0, "questions", 0, "x"), 1),
        (("banks", 0, "questions", 0, "params"), [1]),
        (("banks", 0, "groups", "A", "boja"), "x"),
        (("findings", 0, "verdict"), "možda"),
        (("version",), 2),
        (("x",), 2),
    ],
)
def test_the_schema_refuses_what_is_none(path: tuple[str | int, ...], value: object) -> None:
    found = json.loads(exported(*helpers.entries()))
    inside = found
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(found)


def read_back(of: Bank, folder: Path) -> Bank:
    """What an export says of a bank, as a bank: JSON is YAML, too."""
    (found,) = json.loads(exported(*unproved(of)))["banks"]
    path = folder / f"{found.pop('name')}.yaml"
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return bank.load(path, thorough=True)


@pytest.mark.parametrize("of", [*BANKS], ids=lambda each: each.name)
def test_all_that_a_bank_says_is_exported(of: Bank, tmp_path: Path) -> None:
    back = read_back(of, tmp_path)
    assert (back.name, back.title, back.groups, back.questions) == (of.name, of.title, of.groups, of.questions)
    assert list(back.places) == list(of.places)


def test_generated_options_are_exported_as_they_are_written(tmp_path: Path) -> None:
    text = WHOLE.replace("a: {text: prvo, claim: one}", "a: {answer: 2*3}")
    of = bank.load(write(tmp_path, text))
    assert read_back(of, tmp_path).questions == of.questions
    assert "text" not in written(of.questions[1])["options"]["a"]


def test_several_banks_are_exported_in_their_order() -> None:
    found = json.loads(exported(*(each for of in BANKS for each in unproved(of))))["banks"]
    assert [each["name"] for each in found] == [each.name for each in BANKS]


def test_findings_are_those_of_verify_and_variants_follow() -> None:
    question = next(each for of in BANKS for each in of.questions if each.id == "q1")
    (values,) = several(question, 1, random.Random(1))
    other = varied(question, values)
    finding = Finding("q1", "confirmed", samples.key("1"), other.params, evidence=samples.evidence())
    found = json.loads(exported(Exported(BANKS[1], question, helpers.finding(question), (Variant(other, finding),))))
    assert [each["parameters"] for each in found["findings"]] == [dict(question.params), dict(other.params)]
    assert found["versions"] == {"torch": "2"}
    VALIDATOR.validate(found)


def test_its_fields_are_in_the_guide() -> None:
    guide = (ROOT / "docs" / "upute.md").read_text(encoding="utf-8")
    table = guide[guide.index("opisuje ga shema [bank.schema.json]") :]
    for name in (*Export.__struct_fields__, *ExportedBank.__struct_fields__):
        assert f"`{name}`" in table or f"`{name}[]`" in table, name


def test_what_was_not_computed_is_said() -> None:
    found = json.loads(exported(*unproved(BANKS[0])))["findings"][0]
    assert (found["verdict"], found["snippet"], found["prints"], found["claims"]) == ("error", None, None, [])
    assert found["problems"][0]["code"] == "worker_died"


def test_same_bytes_in_other_processes() -> None:
    code = (
        "import sys; from tests.export import helpers; from quizlab.export import FORMATS;"
        "sys.stdout.buffer.write(FORMATS['json']('Vodič', helpers.entries(), versions={'torch': '2'})"
        ".text(str).encode())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in "12"
    }
    assert made == {exported(*helpers.entries())}
