"""A plain scalar becomes what its field asks for; what YAML would make of it does not matter."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizlab.bank import fields, nodes
from quizlab.model import Atom, Value
from tests.bank.small import HEAD, NUMBER, bounded, changed, loaded, refused, short

TRAPS = ["no", "yes", "on", "Off", "NO", "True", "3:20", "190:20:30", "010", "0o17", "0x1f", "0b11", "1_000", "~"]
TRAPS += [
    "null",
    "Null",
    "2024-06-02",
    "2001-12-14t21:59:43.10-05:00",
    ".inf",
    "-.inf",
    ".nan",
    "1e-4",
    "+12",
    "=",
    "<<",
]
TRAPS += ["1.", ".5", "1e5", "12e03", "-0", "0", "00", "1e999", "9" * 40, "0.1", "-1", "true", "false", "truth", "1,5"]


def value_of(written: str, wanted: object) -> object:
    root = nodes.compose(f"field: {written}\n", "f").root
    assert root is not None
    node = nodes.entry(root, "field")
    assert node is not None
    return fields.plain(node, wanted)


def same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def expected(text: str) -> Atom:
    """A naive reading of an Atom: decimal digits, a decimal point or exponent, true, false; all else is text."""
    if text in ("true", "false"):
        return text == "true"
    digits = text.lstrip("+-")
    if len(text) - len(digits) <= 1 and digits.isascii():
        if digits.isdigit() and (digits == "0" or digits[0] != "0"):
            return int(text) if int(text).bit_length() < 64 else text
        mantissa = re.split("[eE]", digits)[0]
        whole = mantissa.split(".")[0]
        plain_zeros = whole in ("", "0") or whole[0] != "0"
        if plain_zeros and set(digits) <= set("0123456789.eE+-") and any(mark in digits for mark in ".eE"):
            try:
                number = float(text)
            except ValueError:
                return text
            return number if math.isfinite(number) else text
    return text


@pytest.mark.parametrize("written", TRAPS)
def test_traps_are_read_by_the_field(written):
    assert same(value_of(written, str), written)
    assert same(value_of(f'"{written}"', Atom), written)
    assert same(value_of(written, Atom), expected(written))


def test_the_traps_are_real():
    """PyYAML's own resolver gets most of them wrong: that is why it is not asked."""
    wrong = [
        text
        for text in TRAPS
        if text not in ("=", "<<") and not same(yaml.safe_load(f"field: {text}")["field"], expected(text))
    ]
    assert len(wrong) >= 20
    assert {"no", "3:20", "010", "1e-4", "~", "0x1f", "1_000", "2024-06-02"} <= set(wrong)
    assert yaml.safe_load("no") is False
    assert yaml.safe_load("3:20") == 200
    assert yaml.safe_load("010") == 8
    assert yaml.safe_load("1e-4") == "1e-4"
    assert yaml.safe_load("2024-06-02") == date(2024, 6, 2)


WORDS = st.text(alphabet="0123456789+-._eExXoOnNyYfFaAtTrRuUlLsS:~", min_size=1, max_size=12)
PLAIN = WORDS.filter(lambda text: not re.match(r"[-?:]\Z|---|\.\.\.", text) and not text.endswith(":"))


@bounded(500)
@given(PLAIN)
def test_any_plain_scalar(text):
    assert same(value_of(text, str), text)
    assert same(value_of(f"'{text}'", Atom), text)
    assert same(value_of(text, Atom), expected(text))


@bounded(150)
@given(st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(-50, 50))
def test_integers_round_trip(number):
    assert same(value_of(str(number), Atom), number)
    assert same(value_of(str(number), bool | str), str(number))


@bounded(150)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_round_trip(number):
    assert same(value_of(repr(number), Atom), number)


def test_integers_beyond_64_bits_stay_text():
    assert value_of(str(2**63 - 1), Atom) == 2**63 - 1
    assert value_of(str(2**63), Atom) == str(2**63)


def test_values_of_options_may_be_nested():
    assert value_of("[1, [2, 010], no, 1e-4]", Value | None) == [1, [2, "010"], "no", 1e-4]
    assert value_of("", Value | None) is None
    assert value_of("''", Value | None) == ""


def test_in_a_whole_question(tmp_path):
    text = HEAD + NUMBER.replace('{group: A, answer: "9312"}', "{group: A, answer: 010, note: no}")
    text = text.replace("topic: arhitektura", "topic: 3:20").replace(
        "answer: 9*c_in*c_out + c_out + 2*c_in", "answer: 010"
    )
    question = loaded(tmp_path, text).questions[0]
    assert question.topic == "3:20"
    assert question.answer == "010"
    assert (question.recollections[0].answer, question.recollections[0].note) == ("010", "no")
    assert question.mistakes[0].with_ == {"bias": False}
    assert question.params == {"kernel": 3, "c_in": 32, "c_out": 32}


@pytest.mark.parametrize("written", ["no", "False", "0", '"false"', "off"])
def test_only_true_and_false_are_booleans(tmp_path, written):
    text = HEAD + changed("bias: false", f"bias: {written}", NUMBER)
    assert short(refused(tmp_path, text)) == [(15, "bad_parameter", "n1", "mistakes[0].with.bias")]
    text = HEAD + NUMBER.replace("    explain:", f"    real: {written}\n    explain:")
    assert [problem[1] for problem in short(refused(tmp_path, text))] == ["bad_value"]
