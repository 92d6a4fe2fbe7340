"""Known mistakes are found, each alone, and none where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from quizlab.own.causes import find
from tests.manuscripts_mistakes.lab3 import lab3
from tests.manuscripts_mistakes.lab4 import lab4
from tests.own import mistakes
from tests.thinned import thinned

SAMPLED = ("", "nested", "functional", "channel-first")
"""Structures of lab 4 that the suite tries; the long trials try all of them."""


def alone(lab: Any, mistake: str, questions: tuple[str, ...]) -> None:
    """The mistake is the only cause, and it names every question that differs because of it."""
    (cause,) = find(lab)
    assert cause.id == mistake
    assert set(questions) <= set(cause.questions)


def ids(lab: Any) -> list[str]:
    """What is found in a lab."""
    return [cause.id for cause in find(lab)]


@pytest.mark.parametrize("structure", thinned(SAMPLED, 3))
def test_lab4_without_a_mistake_has_no_cause(structure: str) -> None:
    assert ids(lab4("", structure)) == []


@pytest.mark.parametrize("structure", mistakes.STRUCTURES3)
def test_lab3_without_a_mistake_has_no_cause(structure: str) -> None:
    assert ids(lab3("", structure)) == []


@pytest.mark.parametrize("mistake", thinned(mistakes.MISTAKES4, 14))
def test_a_mistake_of_lab4_is_the_only_cause(mistake: str) -> None:
    questions = (*mistakes.MISTAKES4[mistake], *mistakes.MISTAKES4_TRAINED.get(mistake, ()))
    alone(lab4(mistake, mistakes.NEEDS.get(mistake, "")), mistake, questions)


@pytest.mark.parametrize("mistake", mistakes.MISTAKES3)
def test_a_mistake_of_lab3_is_the_only_cause(mistake: str) -> None:
    alone(lab3(mistake), mistake, mistakes.MISTAKES3[mistake])


def test_a_missing_part_is_no_cause() -> None:
    parts = tuple(lab4().parts)
    assert ids(lab4(without=parts)) == []
    assert ids(lab4("groupnorm", without=tuple(part for part in parts if part != "unit"))) == ["groupnorm"]
    assert ids(lab3(without=tuple(lab3().parts))) == []


def test_code_that_stops_every_test_is_no_cause() -> None:
    class Rude:
        __own__ = True

        def __getattr__(self, name: str) -> Any:
            raise SystemExit(name)

    assert find(Rude()) == []


def test_a_cause_says_what_the_code_does_what_to_answer_and_whether_it_is_allowed() -> None:
    labs = (
        lab4("anchor-as-positive"),
        lab4("loss-on-images"),
        lab3("padding-in-mean"),
        lab3("padding-read"),
        lab3("depth-4"),
    )
    for cause in (each for lab in labs for each in find(lab)):
        assert cause.says.endswith(".")
        assert cause.answer.endswith(".")
        assert "!" not in cause.says + cause.answer
        assert cause.note == (cause.id in mistakes.NOTES)
