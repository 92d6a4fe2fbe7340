"""The key as a person reads it: its letters or parts one by one, and all of it as one text."""

from __future__ import annotations

import pytest

from quizlab.model import AnyQuestion, FormulaQuestion, Key, Part
from quizlab.question.key import key_of
from tests import samples
from tests.conftest import shipped_bank

COUNTS = (Part("number"), Part("number"))
MIXED = (Part("number", real=True), Part("shape", batch="B"))


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (samples.number(), Key(("9312",), "9312")),
        (samples.choice(), Key(("b",), "b")),
        (samples.multi(answer=("c", "b")), Key(("b", "c"), "b, c")),
        (samples.oral(), Key(("3",), "3")),
        (samples.shape(), Key(("(B, 784)",), "(B, 784)")),
        (samples.pair(), Key(("M − 1", "(K − 1)·M"), "M − 1; (K − 1)·M")),
        (samples.pair(parts=COUNTS, params={"K": 3, "M": 8}), Key(("7", "16"), "7; 16")),
        (samples.pair(parts=MIXED, answer=("0.5", "(B, 2)")), Key(("0,5", "(B, 2)"), "0,5; (B, 2)")),
        (FormulaQuestion(**samples.COMMON, id="f1", answer="0.5*x", symbols=("x",)), Key(("0,5·x",), "0,5·x")),
    ],
    ids=lambda each: each.text if isinstance(each, Key) else "",
)
def test_each_kind_of_question_has_its_key_in_parts(question: AnyQuestion, key: Key) -> None:
    assert key_of(question) == key


@pytest.mark.parametrize("lab", ["lab3", "lab4"])
def test_the_text_of_a_key_is_its_parts_one_after_another(lab: str) -> None:
    for question in shipped_bank(lab).questions:
        key = key_of(question)
        assert key.text in ("; ".join(key.parts), ", ".join(key.parts))
        assert all(key.parts)
