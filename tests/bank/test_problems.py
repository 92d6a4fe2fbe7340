"""Every problem a bank can have: found together with all others, each with its line, id and field."""
# ruff: noqa: E501 (a table with one case a line)

from __future__ import annotations

import importlib
import re

import pytest

from quizlab.cli import run
from quizlab.hooks import registry
from tests.bank.small import CHOICE, HEAD, NUMBER, OPEN, WHOLE, changed, line_of, refused, short, write

load = importlib.import_module("quizlab.bank.load")  # the module; the package has the function

TUPLE = NUMBER.replace("kind: number", "kind: tuple\n    parts: [{kind: number}, {kind: number}]")
TUPLE = changed("answer: 9*c_in*c_out + 2*c_in", "answer: 1; 2", TUPLE)
TUPLE = HEAD + changed("answer: 9*c_in*c_out + c_out + 2*c_in", "answer: [1, 2]", TUPLE).replace(', answer: "9312"', "")
MULTI = HEAD + CHOICE.replace("kind: choice", "kind: multi").replace("answer: a", "answer: [a]")
FORK = changed(
    "    explain: Zato.\n",
    "    explain: Zato.\n    dispute: {option: b, because: [one], says: Neki., tag: spor}\n",
    HEAD + CHOICE,
)

# what is written instead of what → the problem: code, fragment of its line, id, field
ONE_FAULT = [
    ("kind: number", "kind: nuber", WHOLE, "unknown_kind", "kind: nuber", "n1", "kind"),
    ("kind: number", "kind: [number]", WHOLE, "unknown_kind", "kind: [number]", "n1", "kind"),
    ("    kind: number\n", "", WHOLE, "missing_field", "- id: n1", "n1", "kind"),
    ("- id: n1\n    topic", "- topic", WHOLE, "missing_field", "- topic: arh", "#1", "id"),
    ("    topic: gubitak\n", "", WHOLE, "missing_field", "- id: o1", "o1", "topic"),
    ("        tag: drugo-umjesto-prvog", "        tga: x", WHOLE, "unknown_field", "tga: x", "c1", "options.b.tga"),
    ("title: Mala banka", "titel: Mala banka", WHOLE, "unknown_field", "titel:", "", "titel"),
    ("{title: bilješke, date: 2024-06-02}", "{titel: x, title: y}", WHOLE, "unknown_field", "titel: x", "", "groups.A.titel"),
    ("title: Mala banka", "title: [a]", WHOLE, "wrong_type", "title: [a]", "", "title"),
    ("params: {kernel: 3, c_in: 32, c_out: 32}", "params: [3]", WHOLE, "wrong_type", "params: [3]", "n1", "params"),
    ("recollections: []", "recollections: x", WHOLE, "wrong_type", "recollections: x", "o1", "recollections"),
    ("because: [one]", "because: one", WHOLE, "wrong_type", "because: one", "c1", "recollections[0].ruling.because"),
    ("      - text: drugo", "      - drugo", WHOLE, "wrong_type", "- drugo", "o1", "points[1]"),
    ("verdict: depends", "verdict: maybe", WHOLE, "bad_value", "maybe", "c1", "recollections[0].ruling.verdict"),
    ("- id: n1", "- id: N1", WHOLE, "bad_id", "- id: N1", "N1", "id"),
    ("- id: n1", "- id: ''", WHOLE, "bad_id", "- id: ''", "#1", "id"),
    ("aliases: [c1-staro]", "aliases: [c1 staro]", WHOLE, "bad_id", "aliases:", "c1", "aliases[0]"),
    ("- id: o1", "- id: n1", WHOLE, "duplicate_id", "- id: n1\n    topic: gub", "n1", "id"),
    ("aliases: [c1-staro]", "aliases: [n1]", WHOLE, "duplicate_id", "aliases:", "c1", "aliases[0]"),
    ("tag: bez-pristranosti", "tag: Bez_P", WHOLE, "bad_tag", "tag: Bez_P", "n1", "mistakes[0].tag"),
    ("says: Neki., tag: spor", "says: Neki., tag: ''", FORK, "bad_tag", "dispute:", "c1", "dispute.tag"),
    ("says: Neki., tag: spor", "says: Ne., tag: drugo-umjesto-prvog", FORK, "tag_twice", "dispute:", "c1", "dispute.tag"),
    ("prompt: Objasni.", "prompt: ' '", WHOLE, "empty_text", "prompt: ' '", "o1", "prompt"),
    ("topic: gubitak", "topic:", WHOLE, "empty_text", "topic:\n", "o1", "topic"),
    ("      - text: drugo", "      - text: ''", WHOLE, "empty_text", "- text: ''", "o1", "points[1].text"),
    ("says: Zaboravljene su pristranosti ({c_out}).", "says:", WHOLE, "empty_text", "says:\n", "n1", "mistakes[0].says"),
    ("prompt: Objasni.", "prompt: Zašto {__class__}?", WHOLE, "unknown_placeholder", "__class__", "o1", "prompt"),
    ("      - text: drugo", "      - text: '{c}'", WHOLE, "unknown_placeholder", "'{c}'", "o1", "points[1].text"),
    ("text: drugo\n        value", "text: '{c}'\n        value", WHOLE, "unknown_placeholder", "'{c}'", "c1", "options.b.text"),
    ("hook: lab4.unit_parameters}\n    mis", "hook: lab4.nema}\n    mis", WHOLE, "unknown_hook", "nema", "n1", "verify.hook"),
    ("{bias: false}", "{baas: false}", WHOLE, "unknown_parameter", "baas", "n1", "mistakes[0].with.baas"),
    ("kernel: 3,", "kernel: 0,", WHOLE, "bad_parameter", "kernel: 0", "n1", "params.kernel"),
    ("{c_in: [1, 3]}", "{c_in: [1, x]}", WHOLE, "bad_parameter", "[1, x]", "n1", "variants.c_in"),
    ("s {c_in} ulaznih", "s ulaznih", WHOLE, "variant_unmentioned", "variants:", "n1", "variants.c_in"),
    ("    variants: {c_in: [1, 3]}\n", "    asks: Koliko?\n", WHOLE, "asks_without_variants", "asks:", "n1", "asks"),
    ("    variants: {c_in: [1, 3]}", "    asks: '{c_in}, {c}?'\n    variants: {c_in: [1, 3]}", WHOLE, "unknown_placeholder", "asks:", "n1", "asks"),
    ("text: prvo, claim: one}\n      b", "text: prvo, answer: 3*2}\n      b", WHOLE, "option_text_given", "a: {text", "c1", "options.a.text"),
    ("text: prvo, claim: one}\n      b", "answer: 3*}\n      b", WHOLE, "unreadable_answer", "a: {answer", "c1", "options.a.answer"),
    ("text: prvo, claim: one}\n      b", "text: prvo, claim: one, last: true}\n      b", WHOLE, "option_not_last", "      b:", "c1", "options.b"),
    ("        value: 7", "        value: 7\n        with: {baas: false}", WHOLE, "unknown_parameter", "baas", "c1", "options.b.with.baas"),
    ("{bias: false}", "{bias: false}\n        unless: {c_in: x}", WHOLE, "bad_parameter", "unless:", "n1", "mistakes[0].unless.c_in"),
    ("{c_in: [1, 3]}", "{side: [1, 3]}", WHOLE, "unknown_variant", "side:", "n1", "variants.side"),
    ("{c_in: [1, 3]}", "{c_in: []}", WHOLE, "empty_variant", "c_in: []", "n1", "variants.c_in"),
    ("      a: {text: prvo", "      A: {text: prvo", HEAD + CHOICE.replace("answer: a", "answer: A"), "bad_letters", "options:", "c1", "options"),
    ("      a: {text: prvo", "      a: {words: [drugo], text: prvo", WHOLE, "word_unclear", "      a:", "c1", "options.a.words[0]"),
    ("{c_in: [1, 3]}", "{c_in: [1, 3]}\n    words: {c_in: [kernel]}", WHOLE, "word_taken", "words:", "n1", "words.c_in[0]"),
    ("{c_in: [1, 3]}", "{c_in: [1, 3]}\n    words: {side: [stranica]}", WHOLE, "words_of_no_name", "words:", "n1", "words.side"),
    ("{c_in: [1, 3]}", "{c_in: [1, 3]}\n    original: {c_in: 1}", WHOLE, "unknown_field", "original:", "n1", "original"),
    ("answer: [a]", "answer: [a, a]", MULTI, "bad_key", "answer: [a, a]", "c1", "answer"),
    ("answer: [a]", "answer: [a, d]", MULTI, "key_no_option", "answer: [a, d]", "c1", "answer"),
    (", claim: one}\n      b", "}\n      b", WHOLE, "option_undecided", "a: {text", "c1", "options.a"),
    ("        value: 7", "        value:", WHOLE, "option_undecided", "      b:", "c1", "options.b"),
    ("        value: 7", "        value: 7\n        claim: two", WHOLE, "option_undecided", "      b:", "c1", "options.b"),
    ("        says: Nije.\n", "", WHOLE, "option_unexplained", "      b:", "c1", "options.b"),
    ("        text: drugo", "        text: ' PRVO '", WHOLE, "option_twice", "PRVO", "c1", "options.b.text"),
    ('answer: "9312"', "answer: 9-", WHOLE, "unreadable_answer", "answer: 9-", "n1", "recollections[0].answer"),
    ("answer: [1, 2]", "answer: [1, 2, 3]", TUPLE, "unreadable_answer", "answer: [1, 2, 3]", "n1", "answer"),
    ("answer: 1; 2", "answer: 1; +", TUPLE, "unreadable_answer", "1; +", "n1", "mistakes[0].answer"),
    ("      - {text: prvo, claim: one}\n      - text: drugo", "      []", WHOLE, "no_points", "points:", "o1", "points"),
    ("- group: A", "- group: Z", WHOLE, "unknown_group", "group: Z", "c1", "recollections[0].group"),
    ("        option: b", "        option: c", WHOLE, "recollection_no_option", "option: c", "c1", "recollections[0].option"),
    ("        option: b", "        answer: b", WHOLE, "recollection_undecided", "answer: b", "c1", "recollections[0].answer"),
    ("        option: b", "        option: b\n        claims: [one]", WHOLE, "recollection_twice_decided", "option: b", "c1", "recollections[0].option"),
    ("because: [one]", "because: []", WHOLE, "ruling_without_claims", "ruling:", "c1", "recollections[0].ruling"),
    ("option: b, because", "option: a, because", FORK, "dispute_no_option", "dispute:", "c1", "dispute.option"),
    ("{option: b, because: [one]", "{option: b, because: []", FORK, "ruling_without_claims", "dispute:", "c1", "dispute.because"),
]  # fmt: skip

# files as bytes → code and line; what is not in ONE_FAULT
WHOLE_FILE = [
    (b"", "bank_empty", 1),
    (b"- a", "bank_not_mapping", 1),
    (b"\xff", "bank_not_utf8", 1),
    (b"a\x01", "yaml_character", 1),
    (b"title: [", "yaml_syntax", 1),
    (b"[" * 50, "yaml_deep", 1),
    ("".join(f"a{key}: 1\n" for key in range(100_001)).encode(), "yaml_wide", 100_001),
    (b"title: a", "no_questions", 1),
    (changed("title: Mala", "title: &a Mala").encode(), "yaml_alias", 1),
    (changed("title: Mala", "title: !a Mala").encode(), "yaml_tag", 1),
    (changed("title: Mala banka", "[a]: b").encode(), "yaml_key", 1),
    (changed("title: Mala banka", "title: a\ntitle: b").encode(), "duplicate_key", 2),
    (b"#" * 20_000_001, "bank_too_big", 0),
]

SENTENCE = re.compile(r"[A-ZČĆĐŠŽY„-].*[^ ]\.$")


@pytest.mark.parametrize("case", ONE_FAULT, ids=[f"{case[3]}-{case[6]}" for case in ONE_FAULT])
def test_one_fault_one_sentence(tmp_path, capsys, case):
    old, new, text, code, where, name, field = case
    text = changed(old, new, text)
    line = text[: text.rindex(where)].count("\n") + 1
    assert short(refused(tmp_path, text)) == [(line, code, name, field)]
    path = write(tmp_path, text)
    assert run(["check", str(path)]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    said = heard.err.splitlines()
    assert len(said) == 1
    crumbs = ": ".join(crumb for crumb in (f"{path}:{line}", name, field) if crumb) + ": "
    assert said[0].startswith(crumbs)
    assert SENTENCE.match(said[0].removeprefix(crumbs))
    assert not re.search(
        r"\{|Traceback|\bNone\b|`(int|str|object|array)`", said[0].replace("{c}", "").replace("{__class__}", "")
    )


def test_sound_variations_are_sound(tmp_path):
    for text in (WHOLE, TUPLE, MULTI, FORK, changed("        says: Nije.\n", "", FORK)):
        load.load(write(tmp_path, text))


@pytest.mark.parametrize(("data", "code", "line"), WHOLE_FILE, ids=[case[1] for case in WHOLE_FILE])
def test_a_file_that_is_no_bank(tmp_path, capsys, data, code, line):
    assert [(problem.code, problem.line) for problem in refused(tmp_path, data)] == [(code, line)]
    path = tmp_path / "mala.yaml"
    assert run(["check", str(path)]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    crumb = f"{path}:{line}: " if line else f"{path}: "
    assert heard.err.startswith(crumb)
    assert SENTENCE.match(heard.err.removeprefix(crumb).strip())
    assert heard.err.count("\n") == 1


def test_missing_folder_and_no_banks_at_all(tmp_path, capsys, monkeypatch):
    assert run(["check", str(tmp_path / "nema.yaml"), str(tmp_path)]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert heard.err == (
        f"{tmp_path / 'nema.yaml'}: Banka pitanja ne postoji. Provjeri put do datoteke.\n"
        f"{tmp_path}: Banka se ne može pročitati (to je mapa). Provjeri put i prava pristupa.\n"
    )
    gone = [each._replace(bank=tmp_path / "prazno" / each.bank.name) for each in registry.labs()]
    monkeypatch.setattr(registry, "labs", lambda: tuple(gone))
    assert run(["check"]) == 2
    assert capsys.readouterr().err.startswith(f"{gone[0].bank}: Banka pitanja ne postoji.")


def test_one_id_in_two_banks(tmp_path, capsys):
    one, other = write(tmp_path, WHOLE, "jedna.yaml"), write(tmp_path, HEAD + OPEN, "druga.yaml")
    assert run(["check", str(one), str(other)]) == 2
    assert (
        capsys.readouterr().err == f"{other}:5: o1: id: Pitanje „o1” postoji i u banci jedna. Promijeni jednu oznaku.\n"
    )


def test_as_a_process(quizlab, tmp_path):
    done = quizlab("check", str(write(tmp_path, changed("kind: number", "kind: nuber"))))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "n1: kind: Vrsta pitanja „nuber” ne postoji." in done.stderr
    sound = quizlab("check", str(write(tmp_path, WHOLE)))
    assert (sound.returncode, sound.stdout) == (0, "mala: 3 pitanja, bez primjedbi.\n")
    (advice,) = sound.stderr.splitlines()
    assert advice.endswith("o1: points[1]: Točka „drugo” ne navodi tvrdnju (claim), pa je ništa ne dokazuje.")


def test_every_problem_at_once(tmp_path, capsys):
    text = WHOLE
    expected = []
    independent = [
        ("titel:", "title: Mala banka", "titel: x", "unknown_field"),
        ("topic: opet", "    kind: number", "    kind: number\n    topic: opet", "duplicate_key"),
        ("kernel: 0", "kernel: 3,", "kernel: 0,", "bad_parameter"),
        ("answer: 9-", 'answer: "9312"', "answer: 9-", "unreadable_answer"),
        ("tga: x", "tag: drugo-umjesto-prvog", "tga: x", "unknown_field"),
        ("maybe", "verdict: depends", "verdict: maybe", "bad_value"),
        ("because: one", "because: [one]", "because: one", "wrong_type"),
        ("aliases: x", "aliases: [c1-staro]", "aliases: x", "wrong_type"),
        ("prompt: ''", "prompt: Objasni.", "prompt: ''", "empty_text"),
        ("{c}", "      - text: drugo", "      - text: '{c}'", "unknown_placeholder"),
    ]  # fmt: skip
    for _, old, new, _ in independent:
        text = changed(old, new, text)
    expected = sorted((line_of(text, where), code) for where, _, _, code in independent if code)
    found = refused(tmp_path, text)
    assert [(problem.line, problem.code) for problem in found] == expected
    assert run(["check", str(tmp_path / "mala.yaml")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == len(expected) == 10


def test_broken_groups_are_not_blamed_on_recollections(tmp_path):
    text = changed("{title: bilješke, date: 2024-06-02}", "{date: 2024-06-02}")
    assert short(refused(tmp_path, text)) == [(3, "missing_field", "", "groups.A.title")]
    assert [
        problem.code
        for problem in refused(tmp_path, changed("groups:\n  A: {title: bilješke, date: 2024-06-02}\n", ""))
    ] == [
        "unknown_group",
        "unknown_group",
    ]


def test_every_code_of_the_bank_is_tested_here():
    """The list above leaves no code of this room out."""
    folder = registry.PACKAGE / "bank"
    source = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    source += (registry.PACKAGE / "proof" / "binding.py").read_text("utf-8") + (
        registry.PACKAGE / "commands" / "_banks.py"
    ).read_text("utf-8")
    codes = set(re.findall(r'(?:Problem|blame)\(\s*"([a-z_0-9]+)"', source)) | {"bank_missing", "bank_unreadable"}
    tested = {case[3] for case in ONE_FAULT} | {case[1] for case in WHOLE_FILE}
    tested |= {"bank_missing", "bank_unreadable", "bank_json", "lab_left_out", "duplicate_id_across"}
    tested |= {"claim_without_proof", "no_mistakes", "unused_parameter", "key_longest", "key_only_no"}  # test_omissions
    tested |= {"claim_twice", "claim_homeless", "claim_elsewhere", "unknown_claim"}  # in test_homes.py, and these two:
    tested |= {"point_unclaimed", "mistake_unbuilt", "mistake_twice_built"}
    tested |= {"fact_undecided", "fact_date", "fact_options"}  # in test_recalled.py
    tested |= {
        "too_many_variants",
        "too_many_answers",
        "too_many_models",
        "too_many_words",
        "bank_slow",
    }  # in test_huge.py
    assert codes - tested == {"not_settable", "unknown_question"}  # of --set and of names
    assert len(codes) > 35


def test_a_field_too_many_does_not_hide_what_else_is_wrong(tmp_path, capsys):
    bank_file = tmp_path / "b.yaml"
    bank_file.write_text(
        """\
title: x
questions:
  - id: z1
    topic: t
    kind: choice
    prompt: "Pitanje {c}?"
    options:
      a: {text: da, value: 1}
      b: {text: ne, claim: x}
    answer: c
    verify: {hook: lab4.nema}
    explain: zato
    recollections: [{group: Z}]
    boja: crvena
""",
        encoding="utf-8",
    )
    assert run(["check", str(bank_file)]) == 2
    said = capsys.readouterr().err.splitlines()
    fields = [line.removeprefix(f"{bank_file}:").split(": ")[2] for line in said]
    assert fields == ["prompt", "options.a", "options.b", "answer", "verify.hook", "recollections[0].group", "boja"]
