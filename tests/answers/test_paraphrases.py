"""No right answer is judged wrong and no wrong one right, in whatever words it is said: at worst it is unreadable.

A sample of what `paraphrases` makes of every answer of the banks; ``pytest -m stress`` tries all of it.
"""

from __future__ import annotations

import random

import pytest

from tests.answers.paraphrases import Said, again, denied, one_of_two, outcome, said
from tests.answers.test_typed import questions

SAID = said()
SAMPLE = 700


def all_again() -> list[tuple[Said, str]]:
    return [(one, text) for one in SAID for text in again(one)]


def never_right() -> list[tuple[Said, str]]:
    return [(one, text) for one in SAID if one.outcome == "right" for text in denied(one)]


def undecided() -> list[tuple[Said, str]]:
    return [(one, text) for one in SAID if one.outcome == "right" for text in one_of_two(one, SAID)]


def misread(trials: list[tuple[Said, str]]) -> list[tuple[str, str, str]]:
    """What is read as the opposite of what the same answer is in the bank's words."""
    found = ((one, text, outcome(one.question, text)) for one, text in trials)
    return [(one.question.id, text, now) for one, text, now in found if now not in ("unreadable", one.outcome)]


def right(trials: list[tuple[Said, str]]) -> list[tuple[str, str]]:
    return [(one.question.id, text) for one, text in trials if outcome(one.question, text) == "right"]


def some(trials: list[tuple[Said, str]]) -> list[tuple[Said, str]]:
    return random.Random(20_261_127).sample(trials, SAMPLE)


def test_the_same_in_other_words_has_no_other_verdict() -> None:
    assert misread(some(all_again())) == []


@pytest.mark.stress
def test_what_denies_or_leaves_open_is_not_right() -> None:
    assert right(some(never_right())) == []
    assert right(some(undecided())) == []


@pytest.mark.stress
def test_everything_in_other_words() -> None:
    assert misread(all_again()) == []
    assert right(never_right()) == []
    assert right(undecided()) == []


ORDINARY = (
    "mislim {}",
    "valjda {}",
    "odgovor: {}",
    "mislim da je {}",
    "{} valjda",
    "{} (nisam siguran)",
    "{} :)",
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q1", "9312"),
        ("q14", "(10, 32)"),
        ("q32", "1 - tanh²(x)"),
        ("q41", "<-1, 1>"),
        ("q64", "tuple"),
        ("q31", "Adam"),
        ("q65", "sigmoida"),
        ("q3", "32 i 784"),
        ("q63", "0,6"),
        ("q5", "M-1; (K-1)*M"),
        ("q22", "max(0, d(a,p) - d(a,n) + m)"),
    ],
)
def test_what_people_say_around_an_answer_is_passed_over(name: str, text: str) -> None:
    for way in ORDINARY:
        assert outcome(questions()[name], way.format(text)) == "right", way
