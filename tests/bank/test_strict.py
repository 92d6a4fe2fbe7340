"""What YAML allows and a bank does not; what no program should choke on."""

from __future__ import annotations

import time

import pytest
import yaml

from quizlab import bank
from quizlab.bank import nodes
from tests.bank.small import CHOICE, HEAD, NUMBER, OPEN, WHOLE, changed, line_of, loaded, refused, short, write


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_loader(request, monkeypatch):
    """With libyaml and without it."""
    monkeypatch.setattr(nodes, "Loader", getattr(yaml, request.param, yaml.SafeLoader))


def test_a_sound_bank(tmp_path, either_loader):
    found = loaded(tmp_path, WHOLE)
    assert (found.name, found.title) == ("mala", "Mala banka")
    assert [question.id for question in found.questions] == ["n1", "c1", "o1"]
    assert found.groups["A"].date == "2024-06-02"
    starts = {name: line_of(WHOLE, f"- id: {name}") for name in ("n1", "c1", "o1")}
    assert {name: place.line for name, place in found.places.items()} == starts | {"c1-staro": starts["c1"]}
    assert found.places["n1"].last_line == starts["c1"] - 1
    assert found.places["o1"].last_line == WHOLE.count("\n")


@pytest.mark.parametrize("between", ["\n\n", "# opaska\n", "\n  # opaska\n\n"])
@pytest.mark.parametrize(
    "explain", ["explain: Zato.", "explain: >-\n      Zato\n      što.", "explain: |\n      Zato."]
)
def test_a_question_ends_where_its_last_line_does(tmp_path, either_loader, between, explain):
    number = NUMBER.partition("    explain:")[0]
    number = number + "    recollections: []\n    " + explain + "\n"
    found = loaded(tmp_path, HEAD + number + between + OPEN)
    assert found.places["n1"].last_line == (HEAD + number).count("\n")
    assert found.places["o1"].line == (HEAD + number + between).count("\n") + 1


def test_a_flow_mapping_ends_at_its_brace(tmp_path, either_loader):
    text = HEAD + changed('{group: A, answer: "9312"}', '{group: A,\n         answer: "9312"\n        }', NUMBER) + OPEN
    assert loaded(tmp_path, text).places["n1"].last_line == line_of(text, "- id: o1") - 1


@pytest.mark.parametrize("encode", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_bom_and_crlf_change_nothing(tmp_path, either_loader, encode):
    assert loaded(tmp_path, encode(WHOLE)) == loaded(tmp_path, WHOLE)


DUPLICATES = [
    ("title: Mala banka", "title: Mala banka\ntitle: Druga", "title: Druga"),
    ("    kind: number", "    kind: number\n    topic: opet", "topic: opet"),
    ("      - tag: bez-pristranosti", "      - tag: bez-pristranosti\n        'tag': opet", "'tag': opet"),
    ("        with: {bias: false}", "        with: {bias: false,\n               bias: true}", "bias: true}"),
    ("          verdict: depends", "          verdict: depends\n          verdict: disputed", "disputed"),
]


@pytest.mark.parametrize(("old", "new", "where"), DUPLICATES)
def test_duplicate_keys_at_any_depth(tmp_path, either_loader, old, new, where):
    text = changed(old, new)
    (problem,) = refused(tmp_path, text)
    assert (problem.code, problem.line) == ("duplicate_key", line_of(text, where))
    assert problem.args["first"] == str(line_of(text, where) - (2 if where == "topic: opet" else 1))
    assert yaml.safe_load(text)  # PyYAML takes the last one and says nothing


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("topic: gubitak", "topic: &a gubitak", "yaml_alias"),
        ("  - id: o1", "  - &a\n    id: o1", "yaml_alias"),
        ("topic: gubitak", "topic: !!str gubitak", "yaml_tag"),
        ("topic: gubitak", "topic: ! gubitak", "yaml_tag"),
        ("topic: gubitak", "topic: !ruby/object gubitak", "yaml_tag"),
        ("topic: gubitak", "!!str topic: gubitak", "yaml_tag"),
        ("topic: gubitak", "topic: gubitak\n    ? [a, b]\n    : c", "yaml_key"),
        ("topic: gubitak", "topic: gubitak\n    ? {a: b}\n    : [c, d: {e: f}]", "yaml_key"),
    ],
)
def test_what_only_yaml_allows(tmp_path, either_loader, old, new, code):
    text = changed(old, new)
    assert [problem.code for problem in refused(tmp_path, text)] == [code]


def test_an_alias_is_refused_and_nothing_else_is_blamed_for_it(tmp_path, either_loader):
    text = changed("title: Mala banka", "title: &a Mala banka")
    text = changed("topic: gubitak", "topic: *a", text)
    text = changed("    prompt: Što je istina?", "    prompt: *nema", text)
    lines = [1, line_of(text, "*nema"), line_of(text, "*a")]
    assert [(problem.line, problem.code) for problem in refused(tmp_path, text)] == [(at, "yaml_alias") for at in lines]


def test_code_in_tags_is_not_run(tmp_path, either_loader):
    mark = tmp_path / "ran"
    tag = f'!!python/object/apply:os.system ["touch {mark}"]'
    (problem,) = refused(
        tmp_path, changed("topic: gubitak", "topic: gubitak").replace("title: Mala banka", f"title: {tag}")
    )[:1]
    assert (problem.code, problem.line) == ("yaml_tag", 1)
    assert problem.args["tag"] == "!!python/object/apply:os.system"
    assert not mark.exists()


def test_a_billion_laughs(tmp_path, either_loader):
    laughs = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    start = time.perf_counter()
    problems = refused(tmp_path, laughs)
    assert time.perf_counter() - start < 2
    assert {problem.code for problem in problems} >= {"yaml_alias", "no_questions"}


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_quickly(tmp_path, either_loader, piece):
    start = time.perf_counter()
    problems = refused(tmp_path, "title: x\nquestions:\n  " + piece * 100_000)
    assert time.perf_counter() - start < 3
    assert problems[-1].code == "yaml_deep"
    assert problems[-1].line == 3


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "bank_empty", 1),
        (b"# samo opaska\n", "bank_empty", 1),
        (b"\xef\xbb\xbf", "bank_empty", 1),
        (b"---\n", "bank_empty", 1),
        (b"\n\n- a\n", "bank_not_mapping", 3),
        (b"samo tekst", "bank_not_mapping", 1),
        (b"title: a\n", "no_questions", 1),
        (b"title: a\nquestions: []\n", "no_questions", 2),
        (b"title: a\nquestions:\n", "no_questions", 2),
        (b"title: a\n\nquestions: {a: b}\n", "no_questions", 3),
        (b"title: a\nfoo\x00: b\n", "yaml_character", 2),
        (b"title: a\r\nfoo: \x1b[31m\r\n", "yaml_character", 2),
        (b"title: a\nfoo: \xc4\xc4\n", "bank_not_utf8", 2),
        ("title: š\n".encode("cp1250"), "bank_not_utf8", 1),
        ("title: a\n".encode("utf-16"), "bank_not_utf8", 1),
        ("title: a\n".encode("utf-16-le"), "yaml_character", 1),
        (b"title: a\n---\ntitle: b\n", "yaml_syntax", 2),
        (b"title: a: b\n", "yaml_syntax", 1),
        (b'title: "a\n', "yaml_syntax", 1),
        (b"title: a\n\tquestions: b\n", "yaml_syntax", 2),
        (b"title: a\nquestions: [a, b\nc: d\n", "yaml_syntax", 3),
        (b"title: a\nquestions:\n  - a\n - b\n", "yaml_syntax", 4),
        (b'title: "\\q"\n', "yaml_syntax", 1),
        (b"%YAML 9.9\n---\na: b\n", "yaml_syntax", 1),
    ],
)
def test_files_that_are_no_bank(tmp_path, either_loader, data, code, line):
    (problem,) = refused(tmp_path, data)
    assert (problem.code, problem.line) == (code, line)


def test_what_stands_before_a_syntax_error_is_reported_too(tmp_path):
    text = changed("topic: gubitak", "topic: gubitak\n    topic: opet") + "bad: [\n"
    assert [problem.code for problem in refused(tmp_path, text)] == ["duplicate_key", "yaml_syntax"]


def test_twenty_one_megabytes(tmp_path):
    path = write(tmp_path, WHOLE + "# " + "x" * 21_000_000)
    start = time.perf_counter()
    with pytest.raises(bank.BankError) as caught:
        bank.load(path)
    assert time.perf_counter() - start < 1
    assert [problem.code for problem in caught.value.problems] == ["bank_too_big"]
    assert bank.load(write(tmp_path, WHOLE + "# " + "x" * 6_000_000))


def test_a_missing_file_a_folder_and_one_without_rights(tmp_path, monkeypatch):
    for path, code in (
        (tmp_path / "nema.yaml", "bank_missing"),
        (tmp_path, "bank_unreadable"),
        (tmp_path / "x.json", "bank_json"),
    ):
        with pytest.raises(bank.BankError) as caught:
            bank.load(path)
        assert [(problem.code, problem.file) for problem in caught.value.problems] == [(code, str(path))]

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)  # root may read everything
    with pytest.raises(bank.BankError) as caught:
        bank.load(tmp_path / "mala.yaml")
    assert [problem.code for problem in caught.value.problems] == ["bank_unreadable"]


def test_without_a_title_the_file_names_the_bank(tmp_path):
    assert loaded(tmp_path, changed("title: Mala banka\n", "")).title == "mala"
    assert [problem[:2] for problem in short(refused(tmp_path, changed("title: Mala banka", "title: [a]")))] == [
        (1, "wrong_type")
    ]


def test_questions_need_no_choice(tmp_path):
    assert len(loaded(tmp_path, HEAD + CHOICE).questions) == 1
