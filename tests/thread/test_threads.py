"""Threads against their gold rows: our own ones always, those of a folder named by QUIZLAB_THREADS where it is set."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from tests.thread import evaluation, seeds

OWN = sorted(evaluation.HERE.glob("*.txt"))
FOLDER = os.environ.get("QUIZLAB_THREADS", "")
OTHERS = sorted(Path(FOLDER).glob("*.txt")) if FOLDER else []


@pytest.fixture(scope="module")
def asked():
    return evaluation.questions()


@pytest.mark.parametrize("path", [*OWN, *OTHERS], ids=lambda path: path.stem)
def test_questions_are_found_and_judged(path: Path, asked) -> None:
    one = evaluation.evaluate(path, asked)
    assert one.precision >= 0.95, one.misses
    assert one.recall >= 0.85, one.misses
    assert one.verdicts >= 0.9, one.misses
    assert one.new_judged == 0, one.misses


MISREAD = {"l": "1", "1": "l", "O": "0", "0": "O", "m": "rn", "č": "è", "i": "l", "đ": "d"}


def misread(text: str, rng: random.Random) -> str:
    """The text as a bad scan gives it back: three of ten of the characters that can be confused are."""
    return "".join(MISREAD.get(char, char) if rng.random() < 0.3 else char for char in text)


def mistyped(text: str, rng: random.Random) -> str:
    """The text typed in a hurry: in a third of the long words a letter is missing or two have changed places."""

    def word(found: re.Match[str]) -> str:
        whole, at = found[0], rng.randrange(2, len(found[0]) - 1)
        swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
        return rng.choice([whole[:at] + whole[at + 1 :], swapped, whole, whole, whole, whole])

    return re.sub(r"[^\W\d_]{7,}", word, text)


@pytest.mark.parametrize("spoil", [misread, mistyped])
def test_scans_and_typing_errors_cost_little(spoil, asked) -> None:
    rng = random.Random(814)
    scores = [
        evaluation.score(
            evaluation.gold_of(path), evaluation.read(spoil(path.read_text(encoding="utf-8"), rng), asked).statements
        )
        for path in OWN
    ]
    found = sum(one.found for one in scores)
    assert found >= 0.9 * sum(one.rows for one in scores)
    assert found >= 0.95 * (found + sum(one.false for one in scores))
    assert sum(one.judged for one in scores) >= 0.9 * sum(one.answered for one in scores)


def test_the_score_counts_what_is_missing_false_and_wrong() -> None:
    rows = evaluation.gold_of(evaluation.HERE / "list.txt")
    nothing = evaluation.score(rows, ())
    talk = sum(row.id == "CHATTER" for row in rows)
    assert (nothing.found, nothing.false, nothing.answered) == (talk, 0, 0)
    statements = evaluation.read((evaluation.HERE / "list.txt").read_text("utf-8"), evaluation.questions()).statements
    every = evaluation.score(rows, statements)
    assert evaluation.score(rows, statements[1:]).found == every.found - 1
    assert evaluation.score(rows, (*statements, statements[0])).false == every.false + 1


@pytest.mark.parametrize("path", [*OWN, *OTHERS], ids=lambda path: path.stem)
def test_every_line_with_words_lies_in_exactly_one_gold_range(path: Path) -> None:
    ranges = {(row.first, row.last) for row in evaluation.gold_of(path)}
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        covering = [one for one in ranges if one[0] <= number <= one[1]]
        assert len(covering) <= 1
        assert covering or not line.strip(), (number, line)


@pytest.mark.skipif(not os.environ.get("QUIZLAB_SEEDS"), reason="the raw recollections are not here")
def test_the_raw_recollections_give_up_the_entries_of_the_coverage_tables() -> None:
    text = Path(os.environ["QUIZLAB_SEEDS"]).read_text(encoding="utf-8")
    lost, _ = seeds.missing(evaluation.read(text, evaluation.questions()).statements)
    assert not lost, lost
