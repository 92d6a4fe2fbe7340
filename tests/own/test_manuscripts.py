"""Labs as students write them: no structure alarms, every mistake is named and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.manuscripts import Manuscript, lab3, lab4
from tests.own.looking import look_at

PARTS = {"lab3": 6, "lab4": 8}
MAY_LACK = {"bidirectional"}
"""A part that the lab's text does not ask for."""


def sample(every: Iterator[Manuscript], step: int, start: int) -> list[Manuscript]:
    """A few of very many, one in so many; those that compute most are left to the long trial."""
    return [each for each in every if each.choice.get("padding") != "half"][start::step]


STRUCTURES = [
    *sample(lab4.structures(), 75, 4),
    *sample(lab3.structures(), 60, 25),
    *islice(lab4.trainers(), 2),
    *islice(lab3.loops(), 1),
]
MISTAKEN = [*sample(lab4.mistaken(), 110, 0), *sample(lab3.mistaken(), 65, 1)]


def called(one: Manuscript) -> str:
    """The name of a test."""
    return f"{one.lab}: {one.called}"


def check_structure(one: Manuscript, folder: Path) -> None:
    """All parts are found, nothing differs but what is noted, and no mistake is named."""
    found = look_at(one, folder)
    assert len(found.loaded.places) == PARTS[one.lab], (found.loaded.places, found.loaded.troubles)
    noted = {name for each in found.causes if each.note for name in each.questions}
    assert {name: why for name, why in found.of("differs").items() if name not in noted} == {}
    assert {name: why for name, why in found.of("unchecked").items() if why not in MAY_LACK} == {}
    assert found.named == set()


def check_mistake(one: Manuscript, folder: Path) -> None:
    """The mistake is named, in the file where it is, and no other one."""
    found = look_at(one, folder)
    assert found.named == {one.mistake}
    (cause,) = (each for each in found.causes if not each.note)
    assert cause.file in one.files
    assert cause.line >= 1
    noted = {name for each in found.causes for name in each.questions}
    assert set(found.of("differs")) <= noted


@pytest.mark.parametrize("one", STRUCTURES, ids=called)
def test_a_structure_that_the_text_allows_is_no_alarm(one: Manuscript, tmp_path: Path) -> None:
    check_structure(one, tmp_path)


@pytest.mark.parametrize("one", MISTAKEN, ids=called)
def test_a_mistake_is_named_and_no_other(one: Manuscript, tmp_path: Path) -> None:
    check_mistake(one, tmp_path)
