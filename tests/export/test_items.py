"""What all exports to learning platforms share: grades, names, texts, and the usual spellings of an answer."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from quizlab.export import Document, Exported
from quizlab.export.items import grades, items, markup, mathjax, spellings, unicode
from quizlab.export.items.ids import identity, title
from quizlab.export.moodle import moodle
from quizlab.export.qti import qti
from quizlab.model import AnyQuestion, NumberQuestion
from quizlab.question import grading
from quizlab.telling.words import one_line
from tests import samples
from tests.export import platforms
from tests.export.moodle_reader import GRADES

ROOT = Path(__file__).resolve().parents[2]
DIGEST = "from tests.export.test_items import digest; print(digest())"


@pytest.mark.parametrize("number", range(1, 27))
def test_shares_are_grades_of_moodle_and_come_to_a_hundred(number: int) -> None:
    found = grades.shares(number)
    assert len(found) == number
    assert sum(found) == pytest.approx(100, abs=1e-3)
    assert all(share in GRADES for share in found)
    assert grades.penalties(number) == tuple(-share for share in found)


def test_no_shares() -> None:
    assert grades.shares(0) == ()


def test_a_variant_is_named_by_its_numbers() -> None:
    assert identity(samples.number(), {}) == "n1"
    assert identity(samples.number(), {"c": 5, "x": 0.5}) == "n1--c-5-x-0.5"
    assert title(samples.number(prompt="Je li a < {c}?"), {"c": 32}) == "n1 (c = 32): Je li a < 32?"


def test_long_names_are_cut_and_stay_apart() -> None:
    one, other = (identity(samples.number(id="q" * 99), {"c": number}) for number in (1, 2))
    assert len(one) == len(other) == 100
    assert one != other
    assert len(title(samples.number(prompt="riječ " * 99), {})) <= 120


def test_a_line_has_no_character_that_is_never_shown() -> None:
    for sign in map(chr, [*range(0x3000), *range(0xD7F0, 0x10000), *range(0xE0000, 0xE0080)]):
        slow = markup.FORBIDDEN.sub("", one_line(f"a{sign}b"))
        assert markup.line(f"a{sign}b") == slow


def test_latex() -> None:
    assert mathjax(r"za $x<1$ i $$y$$, a \$5 i \(z\)") == r"za \(x&lt;1\) i \[y\], a $5 i &#92;(z\)"
    assert unicode(r"za $x^2 < 1$") == "za x² &lt; 1"


@pytest.mark.parametrize(
    ("shown", "some"),
    [
        ("(K − 1)·M", {"(K - 1)*M", "(K-1)*M", "M*(K-1)", "(K-1)M", "M(K-1)", "M·(K−1)", "(K - 1) * M"}),
        ("1 − tanh²(x)", {"1 − tanh²(x)", "1-tanh(x)^2", "1 - tanh(x)**2", "1-tanh^2(x)"}),
        ("0,5·h + 1", {"0.5*h + 1", "1 + 0.5*h", "0,5*h+1", "0.5h+1"}),
        ("(1 − (x)²)", {"1-x^2"}),
        ("a − b", {"a - b", "a-b"}),
        ("a·b/c", {"a*b/c"}),
    ],
)
def test_formulas(shown: str, some: set[str]) -> None:
    found = list(spellings.formula(shown))
    assert some <= set(found)
    assert "b-a" not in found
    assert "b/c*a" not in found


@pytest.mark.stress
def test_every_spelling_is_what_quizlab_reads_it_as() -> None:
    """No spelling on a list of right ones is wrong, and none of a mistake right; nothing is unreadable."""
    checked = 0
    for entry in platforms.shipped():
        questions: list[AnyQuestion] = [entry.question, *(each.question for each in entry.variants)]
        for question, item in zip(questions, items([entry], mathjax), strict=True):
            for answer in item.gaps[0].answers if len(item.gaps) == 1 else ():
                typed = answer.text.replace(".", ",") if isinstance(question, NumberQuestion) else answer.text
                graded = grading.grade(question, typed)
                assert isinstance(graded, grading.Graded), (item.id, typed)
                assert (graded.outcome == "right") is (answer.fraction == 100), (item.id, typed)
                checked += 1
    assert checked > 1000


def test_a_mistake_that_comes_to_the_key_is_left_out() -> None:
    (item,) = items([_entry(samples.number(params={"c": 0}))], mathjax)
    assert [each.text for each in item.gaps[0].answers] == ["0"]


def _entry(question: AnyQuestion) -> Exported:
    return Exported(platforms.helpers.bank(question), question, platforms.unproved(question))


def digest() -> str:
    found = [*platforms.shipped(), *platforms.hostile(), *platforms.proved()]
    forms = [moodle("Vodič", found).text(str).encode(), qti("Vodič", found)]
    return " ".join(hashlib.sha256(data).hexdigest() for data in forms)


@pytest.mark.stress
def test_same_input_same_bytes() -> None:
    """In two processes with other hash seeds, and in this one."""
    found = {digest()}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", DIGEST]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout.strip())
    assert len(found) == 1


@pytest.mark.stress
@pytest.mark.parametrize("form", [moodle, qti])
def test_ten_thousand_questions(form: Callable[[str, Sequence[Exported]], Document | bytes]) -> None:
    base = platforms.shipped()
    many = []
    for number in range(10_000):
        each = base[number % len(base)]
        question = platforms.replace(each.question, id=f"q{number}")
        many.append(platforms.replace(each, question=question, variants=()))
    start = time.perf_counter()
    form("V", many)
    assert time.perf_counter() - start < 60
