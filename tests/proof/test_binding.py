"""Parameters against the signatures of hooks, without running any."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from quizlab.errors import USAGE, QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, NumberQuestion, Verify
from quizlab.proof import binding
from quizlab.question.texts import fill, placeholders
from tests.bank.small import bounded


def hook(
    lab: object,
    *,
    size: Annotated[int, Meta(ge=1, le=512)] = 3,
    margin: Annotated[float, Meta(ge=0.1, le=10)] = 1.0,
    free: float = 0.0,
    flat: bool = False,
    order: Literal["bn", "relu"] = "bn",
    name: str = "",
) -> None:
    """A hook with a parameter of every type."""


@pytest.fixture(autouse=True)
def catalogue(monkeypatch):
    monkeypatch.setitem(registry.hooks_of("lab4"), "lab4.test", hook)
    yield
    binding.parameters.cache_clear()


GIVEN = {"size": 3, "margin": 1.0, "free": 0.0, "flat": False, "order": "bn", "name": ""}


def question(**changes: object) -> AnyQuestion:
    fields = {"id": "q", "topic": "t", "prompt": "p", "explain": "e", "recollections": (), "answer": 1}
    return NumberQuestion(**{**fields, "verify": Verify("lab4.test"), "params": GIVEN, **changes})


@pytest.mark.parametrize(
    ("name", "value", "sound"),
    [
        ("size", 1, True),
        ("size", 512, True),
        ("size", 0, False),
        ("size", 513, False),
        ("size", 3.0, False),
        ("size", True, False),
        ("size", "3", False),
        ("margin", 1, True),
        ("margin", 0.05, False),
        ("margin", float("nan"), False),
        ("free", float("inf"), False),
        ("flat", True, True),
        ("flat", "no", False),
        ("flat", 0, False),
        ("order", "relu", True),
        ("order", "conv", False),
        ("name", "no", True),
        ("name", 3, False),
    ],
)
def test_values_in_a_bank(name, value, sound):
    problems = binding.check("lab4.test", {name: value}, "params")
    assert [(problem.code, problem.field) for problem in problems] == (
        [] if sound else [("bad_parameter", f"params.{name}")]
    )


def settings(asked, typed):
    """What is set, or the problems with it."""
    try:
        return binding.read_settings(asked, typed)
    except QuizlabError as error:
        return [*error.problems] if error.status == USAGE else error


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("size", "16", 16),
        ("size", "0", None),
        ("size", "513", None),
        ("size", "a", None),
        ("size", "", None),
        ("size", "2.5", None),
        ("size", "9" * 5000, None),
        ("margin", "0.5", 0.5),
        ("margin", "nan", None),
        ("free", "nan", None),
        ("free", "inf", None),
        ("free", "1e999", None),
        ("free", "-2", -2.0),
        ("flat", "true", True),
        ("flat", "možda", None),
        ("order", "relu", "relu"),
        ("order", "Relu", None),
    ],
)
def test_values_from_the_command_line(name, typed, value):
    found = settings(question(), {name: typed})
    if value is None:
        assert isinstance(found, list)
        assert [problem.code for problem in found] == ["bad_parameter"]
        assert found[0].args["value"] == typed
    else:
        assert found == {name: value}
        assert type(found[name]) is type(value)


@bounded(150)
@given(st.sampled_from(sorted(GIVEN)), st.text(max_size=10))
def test_anything_typed_is_read_or_refused(name, typed):
    found = settings(question(), {name: typed})
    assert isinstance(found, list) or binding.check("lab4.test", found, "set") == []


def test_every_setting_that_is_wrong_is_named():
    found = settings(question(), {"size": "x", "depth": "1", "flat": "x"})
    assert [problem.code for problem in found] == ["bad_parameter", "not_settable", "bad_parameter"]
    (problem,) = settings(question(params={}), {"size": "3"})
    assert problem.code == "nothing_settable"
    assert settings(question(), {}) == {}


def test_what_a_hook_is_called_with():
    asked = question(verify=Verify("lab4.test", {"flat": True}))
    assert binding.bind(asked) == {**GIVEN, "flat": True}
    assert binding.bind(asked, {"flat": False, "order": "relu"}) == {**GIVEN, "flat": False, "order": "relu"}


def test_ranges_are_described():
    described = {name: binding.describe(kind) for name, (kind, _) in binding.parameters("lab4.test").items()}
    assert described == {
        "size": "int 1–512",
        "margin": "float 0.1–10",
        "free": "float",
        "flat": "true | false",
        "order": "bn | relu",
        "name": "str",
    }


def test_nothing_heavy_is_loaded():
    code = "import sys; from quizlab import bank; from quizlab.proof import binding\n"
    code += "binding.parameters('lab4.unit_parameters')\n"
    code += "[bank.load(path) for path in bank.shipped()]\n"
    code += "print([name for name in ('torch', 'numpy', 'sympy', 'rich', 'typer') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_placeholders():
    assert placeholders("{a} {b_2} {{c}} {0} {} {a.b} {a!r} {č}") == ("a", "b_2", "c")
    assert fill("{a} {b} {0} {a.b}", {"a": 3, "x": 1}) == "3 {b} {0} {a.b}"
    assert fill("{a}", {"a": "{b}", "b": 1}) == "{b}"


@bounded(150)
@given(st.text(alphabet="{}a_b0.[]!: \\", max_size=20))
def test_fill_against_plain_replacing(text):
    expected = text
    for name in ("a", "b", "a_b"):
        expected = expected.replace("{" + name + "}", "7")
    assert fill(text, {"a": 7, "b": 7, "a_b": 7}) == expected
