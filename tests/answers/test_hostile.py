"""Whatever is typed: no exception, no hang, a known code with exactly its arguments."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizlab.answers import UNREADABLE_CODES, Reading, Unreadable, cases_of, holds, read, read_part, special_case
from quizlab.model import TupleQuestion
from tests.answers.helpers import PARTS, QUESTIONS, bounded, case
from tests.thinned import thinned

PARAMS = {"k": 3, "c_in": 32, "lr": 1e-4, "flag": True, "mode": "train"}
LIKELY = [
    *"0123456789.,'_ ()[]{}<>+-*/^×·−²³ⁿ=:;|%!?&@#\"\\eExXKMBi∞ℝσπ√≤⟨⟩", "tanh", "max", "emb_size", "hidden",
    "tuple", "Tensor", "int", "od", "do", " i ", "**", "//", "lambda", "import", "__", "inf", "nan", "1e9",
    "None", "torch.Size", "\u200b", "\u202e", "\x00", "\ud800", "ﷺ", "½", "①", "٣", "\n", "đ",
]  # fmt: skip
typed_text = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(LIKELY), max_size=40).map("".join))

ATTACKS = [
    "__import__('os').system('true')", "().__class__.__bases__[0].__subclasses__()",
    "open('/etc/passwd').read()", "9**9**9**9", "9^9^9^9", "K**K**K**K**K", "99999999**99999999",
    "2**(2**(2**(2**(2**2))))", "1e999999", "10**400*1.5", "(" * 10_000, "(" * 400,
    "(" * 200 + "K" + ")" * 200, "[" * 90 + "1" + "]" * 90, "-" * 400 + "1", "K" * 500, "KM" * 250,
    "1+" * 249 + "1", "1*" * 249 + "1", "2**" * 100 + "2", "9" * 500, "9" * 499 + "*" + "9",
    "tanh(" * 60 + "K" + ")" * 60, "tanh " * 60 + "K", "√" * 300 + "K", "K" + "²" * 300, "x" * 100_000,
    "\x00", "a\x00b", "1\x002", "\u202e12", "\ud800", "\udfff1", "\ufdfa" * 400, "e" * 400, "1e" * 200,
    "," * 400, ";" * 400, "i " * 200, " i " * 100, "a" * 400, "1." * 200, "1 " * 250, "lambda: 0",
    "[x for x in (1,2)]", "{}", "{1:2}", "f''", "'a'*10**9", "K if M else K", "K and M", "K == M", "K := 2",
    "yield", "await K", "*K", "**K", "K.real", "K[0]", "max(*K)", "max(K, key=M)", "max", "max()", "max(,)",
    "σ", "²", "^", "ⁿ", "tuple[" * 70 + "int" + "]" * 70, "tuple[int, " * 40, "<class '", "type(" * 90,
    "<" * 200 + ">" * 200, "-1 <" * 100, "od " * 150, "od 1 do 2 do 3", "(,)", "(;)", "()", "[)", "((", "))",
    ")(", "=", "==", ":", "x=", "=x", "a=b=c", "-", "--", "+", "0", "00", "-0", "0**0", "0**-1",
    "(-8)**(1/3)", "1/0", "0/0", "1//0", "log(0)", "sqrt(-1)", "exp(1e308)", "max(1e308*10, 1)", "inf", "nan",
    "∞", "-∞", "1-", "-1-", "1-2-3", "9-1", "0-9", "1–4–9", "١٢٣", "Ⅻ", "㎏", "ǅ", "İ", "ß", "\u0301",
    "a\u0301" * 100, "🙂", "\U0010ffff",
    "1" + " " * 480 + "(1)", "1+" * 235 + "1 = 5 a", "=" * 300, "1 = " * 120 + "1", "\\frac{" * 80,
    "\\frac{1}{" * 50 + "K" + "}" * 50, "_{" * 200, "h_" * 240, "h_(t-1)" * 70, "\\" * 400, "$" * 400,
    "9 " + "kom" * 150 + "!", "9 " + "kom " * 120 + "!", "interval " * 50, "to je " * 80 + "1", "plus " * 90,
    "1 (" * 120 + "1" + ")" * 120, "?" * 400, "ne znam " * 60, "„" * 300 + "”", "%" * 400, "1 %" * 150, ":" * 300,
    "1:" * 240, "x x " * 120, "tip " * 120, "matrica " * 60 + "x", "raspon je " * 45, "jer " * 120,
    "(" + " " * 490 + "=",
]  # fmt: skip


def check(found):
    if isinstance(found, Unreadable):
        assert set(found.args) == set(UNREADABLE_CODES[found.code])
        assert all(isinstance(value, str) for value in found.args.values())
        shown = "".join(found.args.values())
    else:
        assert isinstance(found, Reading)
        shown = found.shown
    assert shown.isprintable() or "\n" in shown
    shown.encode()
    return found


MEASURED = [
    case(9312, K=3, M=4, B=64), case(0.5, x=0.25), case((64, 32), B=64, emb_size=32), case("int"),
    case((-1, 1, False, True)), case(True), case(()), case(("a", "b")), case(((1, 2), (3,), "x")),
    case(float("inf"), K=0), case(float("nan"), K=-1.5, M=1e308), case(10**400, K=10**200, M=10**200),
]  # fmt: skip


def exercise(part, typed):
    found = check(read_part(part, typed, PARAMS))
    if isinstance(found, Reading):
        for measured in MEASURED:
            assert holds(found, measured, PARAMS) in (True, False)
        cases = cases_of(found, part, PARAMS, random.Random(1))
        assert all(holds(found, one, PARAMS) for one in cases)
        special_case(found, found, part, PARAMS)
        again = read_part(part, found.shown, PARAMS)
        assert isinstance(again, Reading), (typed, found.shown, again)
        assert again.shown == found.shown


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.kind)
def test_attacks_on_every_kind(part):
    for typed in ATTACKS:
        start = time.perf_counter()
        exercise(part, typed)
        assert time.perf_counter() - start < 1.0, typed[:50]


@pytest.mark.parametrize("asked", thinned(QUESTIONS, 3), ids=lambda asked: type(asked).__name__)
def test_attacks_on_every_question(asked):
    for typed in ATTACKS:
        start = time.perf_counter()
        found = check(read(asked, typed))
        if isinstance(found, Reading):
            assert all(holds(found, one, asked.params) in (True, False) for one in MEASURED)
        assert time.perf_counter() - start < 1.0, typed[:50]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.kind)
@bounded(150)
@given(typed=typed_text)
@example(typed="")
@example(typed="1e5.")
def test_any_text_of_every_kind(part, typed):
    exercise(part, typed)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: type(asked).__name__)
@bounded(100)
@given(typed=typed_text)
def test_any_text_for_every_question(asked, typed):
    found = check(read(asked, typed))
    if isinstance(found, Reading):
        assert all(holds(found, one, asked.params) in (True, False) for one in MEASURED)
        again = check(read(asked, found.shown))
        assert isinstance(again, Reading) or isinstance(asked, TupleQuestion)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("  \n ", "empty"), ("\u200b", "empty"), ("1" * 501, "too_long"), ("\x00", "odd_character"),
     ("1\u202e2", "odd_character"), ("\ud800", "odd_character"), ("\ufdfa" * 400, "too_long")],
)  # fmt: skip
def test_what_no_kind_reads(typed, code):
    for part in PARTS:
        assert read_part(part, typed, {}).code == code
    for asked in QUESTIONS:
        assert read(asked, typed).code == code


def test_the_odd_character_is_named():
    assert read_part(PARTS[0], "1\u202e2", {}).args == {"typed": "1\ufffd2", "character": "U+202E", "position": "2"}
