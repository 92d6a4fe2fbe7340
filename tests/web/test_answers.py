"""The grader of the page says what the terminal says: of every row of the table, of every variant, of anything typed.

``QUIZLAB_STRESS=short`` tries a tenth of the long trial; ``-s`` shows how long an answer took in node.
"""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import msgspec
import pytest

from quizlab import answers, bank
from quizlab.export.web.answers import FILES, HERE, plain, script
from quizlab.model import (
    AnyQuestion,
    Atom,
    ChoiceQuestion,
    FormulaQuestion,
    IntervalQuestion,
    NumberQuestion,
    Part,
    ShapeQuestion,
    TupleQuestion,
)
from quizlab.question import variants
from tests.answers.helpers import QUESTIONS, question
from tests.answers.test_hostile import ATTACKS
from tests.answers.test_typed import ROWS, asked, typed
from tests.stress.test_answers import ASKED, BY_QUESTION, answer, expression, interval, number, sizes
from tests.web.browser import Asked, differences, in_node, needs_node, one_browser_string

TRIALS = 1_000
LONG = 20_000 if os.environ.get("QUIZLAB_STRESS") == "short" else 200_000
BATCH = 50_000

NUMBERS: dict[str, Atom] = {
    "K": 3,
    "M": 0.75,
    "x": -2,
    "h": 1e-4,
    "W_hh": 2**60,
    "W_xh": 1.0,
    "b_h": True,
    "c_in": 32,
    "mode": "train",
    "kernel": 5,
    "C": 10,
    "n": 0,
    "q": 1e300,
    "B": 64,
    "d_ap": 0.1,
    "m": 0.2,
}
PARTS = (
    Part("number", name="a", real=True),
    Part("shape", name="Šíme i", symbols=("t",)),
    Part("formula", name="k", symbols=("t",)),
    Part("interval", name="raspon"),
)
NUMBERED = (
    (question(NumberQuestion, answer=0.5, real=True, params=NUMBERS), expression),
    (question(NumberQuestion, answer="kernel*c_in", params=NUMBERS), number),
    (question(IntervalQuestion, answer="[-1, M)", params=NUMBERS), interval),
    (question(ShapeQuestion, answer="(N, c_in, t)", batch="N", symbols=("t",), params=NUMBERS), sizes),
    (question(FormulaQuestion, answer="tanh(x1)*K", symbols=("x1", "y"), params=NUMBERS), expression),
)
TOGETHER = question(TupleQuestion, answer=(0.5, "(c_in, 2)", "K*t", "[x, 0]"), parts=PARTS, params=NUMBERS)


def anything(rng: random.Random, trials: int) -> list[Asked]:
    """Answers of the generator of tests/stress, to all questions and kinds."""
    kinds = tuple(ASKED)
    batch: list[Asked] = []
    for _ in range(trials):
        asked = rng.choice(ASKED[rng.choice(kinds)])
        batch.append((asked, one_browser_string(answer(rng, asked)), {}))
    return batch


def numbered(rng: random.Random, trials: int) -> list[Asked]:
    """Answers in which parameters of every type stand, the largest and the smallest among them."""
    batch: list[Asked] = []
    for _ in range(trials):
        asked, write = rng.choice(NUMBERED)
        batch.append((asked, write(rng), {}))
        several = [expression(rng, 2), sizes(rng), expression(rng, 2), interval(rng)]
        batch.append((TOGETHER, rng.choice(("; ", ", ", " i ", "\n")).join(several), {}))
    return batch


def posed(rng: random.Random, asked: AnyQuestion) -> AnyQuestion:
    order = variants.order(asked, rng, {})
    return variants.posed(asked, variants.draw(asked, rng), order)


def to_type(rng: random.Random, asked: AnyQuestion) -> list[str]:
    """The key, the accepted forms and the known mistakes; what the table types; anything."""
    written = [getattr(asked, "answer", "1"), *getattr(asked, "accept", ())]
    written += [mistake.answer for mistake in asked.mistakes]
    rows = BY_QUESTION.get(asked.id, [])
    texts = [answers.written(one) for one in written] + rng.sample(rows, min(8, len(rows)))
    return texts + [answer(rng, asked) for _ in range(8)]


@needs_node
def test_every_row_of_the_table(tmp_path: Path) -> None:
    batch: list[Asked] = [(asked(row), typed(row), {}) for row in ROWS]
    assert differences(batch, tmp_path)[0] == []
    for row, found in zip(ROWS, in_node(batch, tmp_path), strict=True):
        assert (found["outcome"], found["tag"]) == (row["outcome"], row["tag"]), row
        assert row["understood"] in ("", found["understood"])


@pytest.mark.stress
@needs_node
def test_drawn_variants_of_every_question(tmp_path: Path) -> None:
    rng = random.Random(7)
    shipped = [one for path in bank.shipped() for one in bank.load(path).questions]
    batch: list[Asked] = []
    for one in [posed(rng, each) for each in shipped for _ in range(2)]:
        batch += [(one, one_browser_string(text), {}) for text in to_type(rng, one)]
    assert len(batch) > len(shipped) * 16
    assert differences(batch, tmp_path)[0] == []


@pytest.mark.stress
@needs_node
def test_what_others_would_type_to_break_it(tmp_path: Path) -> None:
    found, spent = differences(
        [(asked, one_browser_string(text), {}) for asked in (*QUESTIONS, TOGETHER) for text in ATTACKS], tmp_path
    )
    assert found == []
    assert max(spent) < 1000


@pytest.mark.stress
@needs_node
def test_anything_typed(tmp_path: Path) -> None:
    rng = random.Random(20_260_612)
    assert differences(anything(rng, TRIALS) + numbered(rng, TRIALS // 4), tmp_path)[0] == []


@needs_node
@pytest.mark.stress
def test_anything_typed_at_length(tmp_path: Path) -> None:
    rng = random.Random(20_260_614)
    spent: list[float] = []
    for _ in range(0, LONG, BATCH):
        batch = anything(rng, min(BATCH, LONG)) + numbered(rng, min(BATCH, LONG) // 10)
        found, times = differences(batch, tmp_path)
        assert found == []
        spent += times
    print(f"{len(spent)} answers, {sum(spent) / len(spent):.3f} ms each, {max(spent):.1f} ms at most")


def test_the_script_can_stand_in_a_page() -> None:
    source = script()
    assert {path.stem for path in HERE.glob("*.js")} == set(FILES)
    assert '"use strict"' in source
    assert not re.search(r"</script|<!--|<script", source, re.IGNORECASE)
    assert not re.search(r"\beval\b|\bFunction\b|\bimport\b|\brequire\b|\bfetch\b", source)


def test_numbers_that_json_would_change_are_marked() -> None:
    asked = question(NumberQuestion, answer=2**60, params={"rate": 1.0, "c": 3, "on": True, "s": 0.5})
    found = plain(asked)
    assert found["right"] == [[[{"$int": str(2**60)}]]]
    assert found["params"] == {"rate": {"$float": "1.0"}, "c": 3, "on": True, "s": 0.5}
    other = question(ChoiceQuestion, options={}, answer="a")
    assert plain(other) == json.loads(msgspec.json.encode(other))


X, HALF = (question(FormulaQuestion, answer=key, symbols=("x",)) for key in ("x", "sqrt(x)"))
BATCH_TWICE = question(ShapeQuestion, answer="(B, 3, B)", batch="B")
WORKED = (
    (X, "max(0, x)", "wrong"),
    (X, "sqrt(x^2)", "wrong"),
    (X, "(x^2)^0,5", "right"),
    (HALF, "sqrt(abs(x))", "wrong"),
    (HALF, "x^0,5", "right"),
    (question(NumberQuestion, answer=6), "216^(1/3)", "right"),
    (question(NumberQuestion, answer=6), "floor(216^(1/3))", "right"),
    (question(NumberQuestion, answer=6), "216^(1/3)//1", "right"),
    (question(NumberQuestion, answer=64), "(-2)^(216^(1/3))", "right"),
    (question(ShapeQuestion, answer="(6*n,)", symbols=("n",)), "(n*216^(1/3),)", "right"),
    (BATCH_TWICE, "(64, 3, 64)", "right"),
    (BATCH_TWICE, "(64, 3, 32)", "wrong"),
    (question(ShapeQuestion, answer="(B, 2*B)", batch="B"), "(1, 2)", "wrong"),
    (question(IntervalQuestion, answer="[0, ∞)"), "x >= 0", "right"),
)


@needs_node
def test_values_at_points_decide_as_the_key_would(tmp_path: Path) -> None:
    batch: list[Asked] = [(asked, text, {}) for asked, text, _ in WORKED]
    assert differences(batch, tmp_path)[0] == []
    assert [one["outcome"] for one in in_node(batch, tmp_path)] == [outcome for _, _, outcome in WORKED]
