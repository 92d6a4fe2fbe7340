"""An exported bank is read as strictly as one in YAML, and every problem has its place."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.bank import json_nodes
from quizlab.bank.exported import decode
from quizlab.bank.nodes import Entries, Items, Node, Scalar
from quizlab.commands._banks import opened
from quizlab.export import FORMATS, Entry
from quizlab.model import Bank, Problem
from quizlab.proof.verify import could_not_run
from tests.bank.small import WHOLE, bounded, write
from tests.conftest import Run

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def export(of: Bank) -> str:
    entries = [Entry(of, each, could_not_run(each, Problem("worker_died"), 0.0)) for each in of.questions]
    return FORMATS["json"]("Vodič", entries).text(str)


@pytest.fixture
def text(tmp_path: Path) -> str:
    return export(bank.load(write(tmp_path, WHOLE)))


def problems(text: str, tmp_path: Path) -> list[tuple[int, str, str, str]]:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(bank.BankError) as caught:
        bank.load_all(path)
    assert {each.file for each in caught.value.problems} == {str(path)}
    return [(each.line, each.code, each.id, each.field) for each in caught.value.problems]


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


FAULTS = [
    ('"title": "Mala banka"', '"naslov": "Mala banka"', "unknown_field", "", "naslov"),
    ('"kind": "choice"', '"kind": "izbor"', "unknown_kind", "c1", "kind"),
    ('"id": "c1"', '"id": "n1"', "duplicate_id", "n1", "id"),
    ('"hook": "lab4.unit_parameters"', '"hook": "lab9.x"', "unknown_hook", "n1", "verify.hook"),
    ('"tag": "bez-pristranosti"', '"tag": "Bez"', "bad_tag", "n1", "mistakes[0].tag"),
    ('"bias": false', '"bias": "ne"', "bad_parameter", "n1", "mistakes[0].with.bias"),
    ('"answer": "a"', '"answer": "z"', "key_no_option", "c1", "answer"),
    ('"kernel": 3', '"kernel": []', "wrong_type", "n1", "params.kernel"),
    ('"version": 1', '"version": 9', "json_newer", "", "version"),
    ('"versions"', '"verzije"', "unknown_field", "", "verzije"),
    ('"name": "mala"', '"name": ""', "missing_field", "", "name"),
    ('"name": "mala"', '"name": []', "wrong_type", "", "name"),
    ('"groups": {', '"groups": {"A": {"title": "x"},', "duplicate_key", "", ""),
]


@pytest.mark.parametrize(("old", "new", "code", "name", "field"), FAULTS, ids=[f"{f[2]}-{f[1][:12]}" for f in FAULTS])
def test_a_fault_has_its_code_and_its_place(
    text: str, tmp_path: Path, old: str, new: str, code: str, name: str, field: str
) -> None:
    assert old in text
    found = problems(text.replace(old, new, 1), tmp_path)
    assert (code, name, field) in [each[1:] for each in found]
    where = {each[0] for each in found if each[1] == code}
    around = line(text, old)
    assert any(abs(each - around) <= 2 for each in where)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_syntax"),
        ("{", "json_syntax"),
        ('{"format": "quizlab-bank",}', "json_syntax"),
        ('{"format" "quizlab-bank"}', "json_syntax"),
        ("{format: 1}", "json_syntax"),
        ("[1 2]", "json_syntax"),
        ("[,1]", "json_syntax"),
        ("{} {}", "json_syntax"),
        ('"a', "json_syntax"),
        ('{"format": "\\ud800"}', "json_syntax"),
        ('{"format": NaN}', "json_syntax"),
        ('{"format": 010}', "json_syntax"),
        ("[" * 30 + "]" * 30, "yaml_deep"),
        ("[" * 100_000, "yaml_deep"),
        ("[]", "json_no_export"),
        ("3", "json_no_export"),
        ("null", "json_no_export"),
        ("{}", "json_no_export"),
        ('{"format": "nešto", "version": 1}', "json_no_export"),
        ('{"format": "quizlab-bank", "banks": []}', "json_newer"),
        ('{"format": "quizlab-bank", "version": 1}', "missing_field"),
        ('{"format": "quizlab-bank", "version": 1, "banks": {}}', "wrong_type"),
        ('{"format": "quizlab-bank", "version": 1, "banks": []}', "no_questions"),
        ('{"format": "quizlab-bank", "version": 1, "banks": [3]}', "wrong_type"),
        ('{"format": "quizlab-bank", "version": 1, "banks": [{"name": "x"}]}', "no_questions"),
        ('{"format": "quizlab-bank", "version": 1, "banks": [{"name": "x", "questions": [1]}]}', "wrong_type"),
    ],
)
def test_what_is_no_export_is_said(tmp_path: Path, text: str, code: str) -> None:
    assert code in [each[1] for each in problems(text, tmp_path)]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(bank.BankError) as caught:
        decode(b'{"format":\n "\xff"}', tmp_path / "x.json")
    assert [(each.code, each.line) for each in caught.value.problems] == [("bank_not_utf8", 2)]


def test_a_file_that_is_not_there_or_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(bank.BankError, match="bank_missing"):
        bank.load_all(tmp_path / "nema.json")
    monkeypatch.setattr(importlib.import_module("quizlab.bank.load"), "MAX_EXPORT", 10)
    assert [each[1] for each in problems("[" * 11, tmp_path)] == ["bank_too_big"]


def plain(node: Node) -> object:
    """A tree as what Python's own reader gives; a scalar as it is written."""
    if isinstance(node, Entries):
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, Items):
        return [plain(each) for each in node.items]
    return ("text", node.text) if node.quoted else ("bare", node.text)


def expected(value: Json) -> object:
    if isinstance(value, dict):
        return {name: expected(each) for name, each in value.items()}
    if isinstance(value, list):
        return [expected(each) for each in value]
    return ("text", value) if isinstance(value, str) else ("bare", "" if value is None else json.dumps(value))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@bounded(200)
@given(value=values, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_any_json_is_read_as_it_is(value: Json, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = json_nodes.compose(text, "f")
    assert found.problems == []
    assert found.root is not None
    assert plain(found.root) == expected(value)
    assert found.root.last <= text.count("\n") + 1


@bounded(300)
@given(st.data())
def test_whatever_is_cut_or_changed_is_an_error_or_json(data: st.DataObject) -> None:
    text = json.dumps({"a": [1, "b\n", None], "č": {"x": -1.5e3, "y": []}}, indent=1)
    at = data.draw(st.integers(0, len(text)))
    changed = text[:at] + data.draw(st.sampled_from(["", '"', "{", "]", ",", ":", "\\", "0", "x", "\x00"]))
    changed += text[at + data.draw(st.integers(0, 2)) :]
    found = json_nodes.compose(changed, "f")
    try:
        value = json.loads(changed)
    except ValueError:
        assert [each.code for each in found.problems] == ["json_syntax"]
        return
    if not found.problems:  # the same key twice is one
        assert found.root is not None
        assert isinstance(plain(found.root), type(expected(value)))


def test_lines_are_those_of_the_text() -> None:
    root = json_nodes.compose('{\n\n "a": [1,\n 2\n ],\r\n "b":\n 3}\n', "f").root
    assert isinstance(root, Entries)
    assert (root.line, root.last) == (1, 7)
    assert root.entries["a"] == (3, Items(3, 5, [Scalar(3, 3, "1"), Scalar(4, 4, "2")]))
    assert root.entries["b"] == (6, Scalar(7, 7, "3"))


def test_the_command_checks_an_export(text: str, tmp_path: Path, quizlab: Run) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    done = quizlab("check", "x.json")
    assert (done.returncode, done.stdout) == (0, "mala: 3 pitanja, bez primjedbi.\n")
    listed = quizlab("list", "mala", "--bank", "x.json", "--plain")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "c1" in listed.stdout
    (tmp_path / "x.json").write_text(text.replace('"kind": "choice"', '"kind": "izbor"'), encoding="utf-8")
    done = quizlab("check", "x.json")
    assert done.returncode == 2
    place = line(text, '"kind": "choice"')
    assert done.stderr.startswith(f"x.json:{place}: c1: kind: Vrsta pitanja „izbor” ne postoji.")


def test_an_export_of_what_is_open_opens_beside_it(tmp_path: Path) -> None:
    lab4 = next(bank.load(path) for path in bank.shipped() if path.stem == "lab4")
    whole = export(lab4)
    path = tmp_path / "lab4.json"
    path.write_text(whole, encoding="utf-8")
    before = opened()
    assert [(each.name, each.questions) for each in opened([path])] == [(each.name, each.questions) for each in before]
    path.write_text(whole.replace('"id": "q26"', '"id": "moj26"'), encoding="utf-8")
    *same, new = opened([path])
    assert [each.name for each in same] == [each.name for each in before]
    assert [each.id for each in new.questions] == ["moj26"]
    assert list(new.places) == ["moj26"]
    path.write_text(whole.replace('"prompt": "', '"prompt": "Drukčije: ', 1), encoding="utf-8")
    with pytest.raises(bank.BankError, match="duplicate_id_across"):
        opened([path])
