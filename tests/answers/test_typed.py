"""Every row of typed.tsv and of reading.tsv: what was typed, and the verdict that a fair teacher would give."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quizlab import bank
from quizlab.answers import Unreadable
from quizlab.question.grading import grade
from quizlab.question.variants import varied

HERE = Path(__file__).resolve().parent
KINDS = {"choice", "multi", "number", "shape", "type", "formula", "interval", "text", "tuple", "open"}


def table(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE, strict=True
    )
    return [dict(row) for row in rows]


def typed(row: dict[str, str]) -> str:
    return json.loads(row["typed"]) if row["typed"].startswith('"') else row["typed"]


@cache
def questions() -> dict[str, Any]:
    paths = [*bank.shipped(), HERE / "samples.yaml"]
    return {question.id: question for path in paths for question in bank.load(path).questions}


def asked(row: dict[str, str]) -> Any:
    """The question of a row, with the row's numbers."""
    return _asked(row["question"], row["params"])


@cache
def _asked(name: str, params: str) -> Any:
    question = questions()[name]
    return varied(question, json.loads(params)) if params else question


ROWS = [*table("typed.tsv"), *table("reading.tsv")]


def _right(row: dict[str, str], name: str) -> bool:
    return (row["question"], row["outcome"]) == (name, "right")


NAMES = list(dict.fromkeys(row["question"] for row in ROWS))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_fair_teacher_would_say(name: str) -> None:
    otherwise = {typed(row): found for row in ROWS if row["question"] == name and (found := _otherwise(row))}
    assert otherwise == {}


def _otherwise(row: dict[str, str]) -> object:
    """What was read where the row says something else; None where it is as it says."""
    found = grade(asked(row), typed(row))
    if isinstance(found, Unreadable):
        return None if row["outcome"] == "unreadable" else found
    same = (found.outcome, found.tag) == (row["outcome"], row["tag"]) and row["understood"] in ("", found.understood)
    return None if same else found


@pytest.mark.parametrize("name", [each for each in NAMES if any(_right(row, each) for row in ROWS)])
def test_what_was_understood_is_right_again(name: str) -> None:
    rows = [row for row in ROWS if _right(row, name)]
    otherwise = {typed(row): found for row in rows if (found := _not_again(row))}
    assert otherwise == {}


def _not_again(row: dict[str, str]) -> object:
    """What was read of what was understood of the row, where that is not right."""
    question = asked(row)
    found = grade(question, typed(row))
    assert not isinstance(found, Unreadable)
    again = grade(question, found.understood)
    return None if not isinstance(again, Unreadable) and again.outcome == "right" else again


def test_the_table_is_large_and_of_every_kind() -> None:
    kinds = Counter(str(questions()[row["question"]].__struct_config__.tag) for row in ROWS)
    assert len(ROWS) >= 1650
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 50
    outcomes = Counter(row["outcome"] for row in ROWS)
    assert set(outcomes) == {"right", "wrong", "partial", "unreadable"}
    assert min(outcomes[each] for each in ("right", "wrong", "unreadable")) >= 450
    assert outcomes["partial"] >= 20


def test_every_row_stands_once_and_every_cell_is_sound() -> None:
    keys = [(row["question"], row["params"], typed(row)) for row in ROWS]
    assert len(set(keys)) == len(keys)
    for row in ROWS:
        assert list(row) == ["question", "params", "typed", "outcome", "tag", "understood", "comment"]
        assert isinstance(json.loads(row["params"] or "{}"), dict)
        assert not (row["outcome"] == "unreadable" and (row["tag"] or row["understood"]))
