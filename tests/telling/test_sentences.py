"""Each code has its sentence, each sentence its arguments, and nobody reads a word of English or of code."""

from __future__ import annotations

import ast
import itertools
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import quizlab
from quizlab.answers import UNREADABLE_CODES
from quizlab.answers.reading import UnreadableCode
from quizlab.hooks import registry
from quizlab.model import Code, Problem
from quizlab.telling import sentences

ROOT = Path(quizlab.__file__).parent
SOURCES = [path for path in sorted(ROOT.rglob("*.py")) if path.name not in ("sentences.py", "codes.py")]

GIVERS = {"Problem", "QuizlabError", "say"}  # (code, {name: text})
SPREADERS = {"blame", "_blame", "_failed"}  # (code, …, name=text)
TROUBLE = {"path", "why"}  # what progress.Log._trouble gives with every code

Use = tuple[str, int, str, set[str] | None]


def needs(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def constants(node: ast.AST) -> Iterator[str]:
    """The codes that an expression can be: a constant, or a choice between constants."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def names_in(node: ast.AST | None, assigned: dict[str, ast.AST]) -> set[str] | None:
    """The argument names that a dict expression is sure to have; None where it cannot be seen."""
    if node is None:
        return set()
    if isinstance(node, ast.Name):
        return names_in(assigned[node.id], assigned) if node.id in assigned else None
    if isinstance(node, ast.Dict):
        return {key.value for key in node.keys if isinstance(key, ast.Constant)}
    return None


def given_in(scope: ast.AST) -> Iterator[tuple[int, str, ast.AST]]:
    """What names are given in a function: line, name, expression."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.lineno, node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.lineno, node.target.id, node.value


def latest(assigned: list[tuple[int, str, ast.AST]], before: int) -> dict[str, ast.AST]:
    """What each name was given last before a line."""
    return {name: value for line, name, value in sorted(assigned, key=lambda each: each[0]) if line < before}


def uses() -> list[Use]:
    """Every place that gives a code: file, line, code, names of its arguments."""
    found: list[Use] = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for scope in scopes:
            assigned = list(given_in(scope))
            for node in ast.walk(scope):  # view/help.py hands codes on as pairs
                pair = node.value.elts if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) else []
                if path.name == "help.py" and len(pair) == 2:
                    found += [(path.name, node.lineno, code, names_in(pair[1], {})) for code in constants(pair[0])]
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call) and node.args):
                called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if called not in GIVERS | SPREADERS | {"_trouble"}:
                    continue
                codes = latest(assigned, call.lineno)
                first = call.args[0]
                first = codes.get(first.id, first) if isinstance(first, ast.Name) else first
                if called in SPREADERS:
                    starred = [keyword for keyword in call.keywords if keyword.arg is None]
                    names = {keyword.arg for keyword in call.keywords if keyword.arg}
                    for keyword in starred:
                        names |= names_in(keyword.value, codes) or set()
                    given: set[str] | None = names
                elif called == "_trouble":
                    given = TROUBLE
                else:
                    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
                    given = names_in(call.args[1] if len(call.args) > 1 else keywords.get("args"), codes)
                found += [(path.name, call.lineno, code, given) for code in constants(first)]
    return found


USES = uses()


def test_the_search_finds_what_there_is():
    assert len({code for _, _, code, _ in USES}) > 60
    assert {"duplicate_key", "key_refuted", "no_option", "timed_out", "progress_write", "bank_missing"} <= {
        use[2] for use in USES
    }


def test_every_code_has_its_sentence():
    assert list(sentences.PROBLEMS) == list(get_args(Code)), "in one order, so that both are easy to compare"


def test_every_argument_of_a_sentence_is_given_wherever_it_is_said():
    for file, line, code, given in USES:
        if given is not None:
            assert needs(sentences.PROBLEMS[code]) <= given, (file, line, code)
    seen = {code for _, _, code, given in USES if given is not None}
    unseen = {code for _, _, code, _ in USES} - seen
    assert {code for code in unseen if needs(sentences.PROBLEMS[code])} <= set(), "give the arguments as a dict display"


def test_no_sentence_is_dead():
    written: set[str] = set()
    for path in SOURCES:
        tree = ast.walk(ast.parse(path.read_text("utf-8")))
        written |= {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(sentences.PROBLEMS) - written == set()


def test_unreadable_answers_have_theirs():
    assert list(sentences.UNREADABLE) == list(UNREADABLE_CODES) == list(get_args(UnreadableCode))
    for code, names in UNREADABLE_CODES.items():
        assert needs(sentences.UNREADABLE[code]) <= {*names, "typed"}, code
    kinds = {"number", "shape", "type", "formula", "interval", "text", "tuple", "choice", "multi", "open"}
    assert set(sentences.HINTS) == kinds


@pytest.mark.parametrize("code", sentences.PROBLEMS)
def test_a_sentence_is_one(code):
    filled = sentences.PROBLEMS[code].format_map(dict.fromkeys(needs(sentences.PROBLEMS[code]), "x"))
    assert re.match(r"[A-ZČĆĐŠŽ„-]", filled)
    filled = filled.replace('"quizlab[proof]"', "quizlab")  # brackets mean something to most shells
    assert filled[-1] == "." or re.search(r": (python -m |quizlab )[a-z0-9 -]+$", filled)
    assert "  " not in filled
    assert filled.count("„") == filled.count("”")
    assert len(filled) < 160
    assert not re.search(r"\b(je|su) da li|\bda li\b|'|\"", filled)


@pytest.mark.parametrize("code", sentences.UNREADABLE)
def test_why_an_answer_cannot_be_read_and_what_to_write(code):
    words = dict.fromkeys(UNREADABLE_CODES[code], "x") | {"typed": "x"}
    for kind, part in itertools.product(sentences.HINTS, (0, 2)):
        said = sentences.unreadable(code, words, part, kind)
        assert said.endswith(". Ovo se ne broji.")
        assert said.count("a primjer") <= 1
        assert ("(2. dio)" in said) == bool(part)
        assert not re.search(r"\b(rekao|upisao|mislio) si|si \w+(ao|io)\b", said)


def test_arguments_are_safe_short_and_never_missing():
    said = sentences.say("unknown_question", {"name": "a\x1b[31m\nb{0}\u202e" + "x" * 1000})
    assert said.startswith("Ne poznajem „a⟨U+001B⟩[31m⟨novi redak⟩b{0}⟨U+202E⟩x")
    assert "\x1b" not in said
    assert len(said) < 400
    assert sentences.say("key_refuted", {"key": "b", "value": ""}) == "Ključ b opovrgnut je: izračunato je –."
    assert sentences.say("claim_fails", {"claim": "c", "says": "Ima ih 3."}).endswith("Ima ih 3.")


def test_what_the_system_and_yaml_say_is_said_in_croatian():
    assert "nema prava pristupa" in sentences.say("output_failed", {"path": "a", "why": "Permission denied"})
    assert "nepoznato" in sentences.say("output_failed", {"path": "a", "why": "nepoznato"})
    assert "nedostaje dvotočka" in sentences.say("yaml_syntax", {"what": "could not find expected ':'"})
    assert "Očekuje se popis, a piše jedna" in sentences.say("wrong_type", {"expected": "list", "found": "scalar"})
    assert "„sporno”" in sentences.say("ruling_unsupported", {"ruling": "disputed", "answer": "a", "claim": "c"})
    wanted = {"name": "c_in", "value": "x", "wanted": "int 1–512"}
    assert sentences.say("bad_parameter", wanted).endswith("Očekuje se cijeli broj 1–512.")


@pytest.mark.parametrize("code", sentences.UNREADABLE)
def test_a_key_that_cannot_be_read_says_why(code):
    args = dict.fromkeys(UNREADABLE_CODES[code], "x") | {"answer": "9-", "why": code}
    said = sentences.say("unreadable_answer", args)
    assert said.startswith("Odgovor ne odgovara vrsti pitanja: ")
    assert code not in said


def test_breadcrumbs():
    found = Problem("empty_text", {}, "mapa/a.yaml", 7, "q1", "prompt")
    assert sentences.problem(found) == "mapa/a.yaml:7: q1: prompt: Tekst je prazan. Napiši ga."
    assert sentences.problem(Problem("empty_text", file="a.yaml")) == "a.yaml: Tekst je prazan. Napiši ga."
    assert sentences.problem(Problem("empty_text")) == "Tekst je prazan. Napiši ga."


def test_every_range_of_every_hook_can_be_said():
    from quizlab.proof import binding

    for hook in registry.catalogue():
        for kind, _ in binding.parameters(hook).values():
            said = sentences.say("bad_parameter", {"name": "n", "value": "v", "wanted": binding.describe(kind)})
            assert not re.search(r"typing|Annotated|<class|\bint\b|\bfloat\b|\bstr\b", said)
