"""Students' labs, structure × mistake: exactly the one cause, and nothing on right ones.

Two families: folders of files, found, loaded and adapted (`tests.manuscripts`), and labs made of objects, which try
many more mistakes and name exactly the questions that differ (`tests.manuscripts_mistakes`).
``QUIZLAB_STRESS=short`` takes a few of each, none of those that compute most.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from quizlab.own.causes import find
from quizlab.own.judging import judge
from tests.conftest import shipped_bank
from tests.manuscripts import Manuscript
from tests.manuscripts import lab3 as files3
from tests.manuscripts import lab4 as files4
from tests.manuscripts_mistakes.lab3 import lab3
from tests.manuscripts_mistakes.lab4 import lab4
from tests.own import mistakes
from tests.own.checking import faults
from tests.own.conftest import in_scratch  # noqa: F401 (it works by being here)
from tests.own.looking import look_at
from tests.own.pairs import MISTAKEN, PAIRS3, PAIRS4, STRUCTURES
from tests.own.test_manuscripts import called

pytestmark = pytest.mark.stress

SHORT = os.environ.get("QUIZLAB_STRESS") == "short"


def taken(every: Sequence[Any], few: int) -> list[Any]:
    """All of them; in short trials so few, from all over."""
    return list(every[:: -(-len(every) // few)] if SHORT else every)


def light(every: Sequence[Manuscript]) -> list[Manuscript]:
    """Without those whose images keep their size, in short trials."""
    return [each for each in every if not SHORT or each.choice.get("padding") != "half"]


LAB4 = [each for each in shipped_bank("lab4").questions if each.id not in mistakes.TRAINED]
LAB3 = [each for each in shipped_bank("lab3").questions if each.id not in ("q34", "q53")]
TRAINED = [each for each in shipped_bank("lab4").questions if each.id in mistakes.TRAINED]


def test_there_are_as_many_as_are_promised() -> None:
    assert len([*files4.structures()]) >= 200
    assert len([*files3.structures()]) >= 200
    assert len(MISTAKEN) + len(PAIRS4) + len(PAIRS3) >= 300


@pytest.mark.parametrize("one", taken(light(STRUCTURES), 5), ids=called)
def test_no_structure_alarms(one: Manuscript, tmp_path: Path) -> None:
    assert not faults(one, look_at(one, tmp_path))


@pytest.mark.parametrize("one", taken(light(MISTAKEN), 5), ids=called)
def test_every_mistake_is_named_whatever_the_structure(one: Manuscript, tmp_path: Path) -> None:
    assert not faults(one, look_at(one, tmp_path))


def differing(questions: Sequence[Any], lab: Any) -> tuple[str, ...]:
    """The questions that differ in a lab."""
    return tuple(each.id for each in questions if judge(each, lab).outcome == "differs")


@pytest.mark.parametrize(("mistake", "structure"), taken(PAIRS4, 3))
def test_lab4(mistake: str, structure: str) -> None:
    lab = lab4(mistake, structure)
    assert [cause.id for cause in find(lab)] == [mistake]
    assert differing(LAB4, lab) == mistakes.MISTAKES4[mistake]


@pytest.mark.parametrize("structure", taken(mistakes.STRUCTURES4, 2))
def test_lab4_without_a_mistake(structure: str) -> None:
    lab = lab4("", structure)
    assert find(lab) == []
    assert {judge(each, lab).outcome for each in (*LAB4, *TRAINED)} == {"agrees", "general"}


@pytest.mark.parametrize("mistake", taken(list(mistakes.MISTAKES4_TRAINED), 2))
def test_lab4_trained(mistake: str) -> None:
    assert differing(TRAINED, lab4(mistake)) == mistakes.MISTAKES4_TRAINED[mistake]


@pytest.mark.parametrize(("mistake", "structure"), taken(PAIRS3, 4))
def test_lab3(mistake: str, structure: str) -> None:
    lab = lab3(mistake, structure)
    assert [cause.id for cause in find(lab)] == [mistake]
    assert differing(LAB3, lab) == mistakes.MISTAKES3[mistake]
