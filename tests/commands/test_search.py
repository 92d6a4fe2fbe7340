"""Questions are found by any text in them."""

from __future__ import annotations

import pytest

from quizlab.answers.clean import bare
from tests.conftest import Run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("padding", "t1"),
        ("sazimanje korak", "t3"),
        ("SAŽIMANJE", "t3"),
        ("zaboravljene pristranosti", "q1"),
        ("9312", "q1"),
        ("unit_parameters", "q1"),
    ],
)
def test_a_question_is_found_by_any_of_its_texts(quizlab: Run, text: str, found: str) -> None:
    done = quizlab("search", text, "--plain")
    assert done.returncode == 0
    assert any(line.startswith(f"{found}: ") for line in done.stdout.splitlines())


def test_nothing_found_is_a_sentence(quizlab: Run) -> None:
    done = quizlab("search", "kvantna gravitacija")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Nigdje ne piše „kvantna gravitacija”.")


def test_all_the_words_must_stand_in_a_question(quizlab: Run) -> None:
    many = quizlab("search", "pristranosti", "--plain").stdout.splitlines()
    few = quizlab("search", "pristranosti LSTM", "--plain").stdout.splitlines()
    assert 1 < len(few) < len(many)


def test_letters_are_bare() -> None:
    assert bare("Đačka ŠKOLA, čćž") == "dacka skola, ccz"
