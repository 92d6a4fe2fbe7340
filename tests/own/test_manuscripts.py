"""Labs as students write them: no structure alarms, every mistake is named and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.manuscripts import Manuscript, lab3, lab4
from tests.own.checking import faults
from tests.own.looking import look_at


def sample(every: Iterator[Manuscript], step: int, start: int) -> list[Manuscript]:
    """A few of very many, one in so many; those that compute most are left to the long trial."""
    return [each for each in every if each.choice.get("padding") != "half"][start::step]


STRUCTURES = [
    *sample(lab4.structures(), 800, 4),
    *sample(lab3.structures(), 200, 25),
    *islice(lab4.trainers(), 1),
    *islice(lab3.loops(), 1),
]
MISTAKEN = [*sample(lab4.mistaken(), 800, 0), *sample(lab3.mistaken(), 130, 1)]


def called(one: Manuscript) -> str:
    """The name of a test."""
    return f"{one.lab}: {one.called}"


@pytest.mark.parametrize("one", STRUCTURES, ids=called)
def test_a_structure_that_the_text_allows_is_no_alarm(one: Manuscript, tmp_path: Path) -> None:
    assert not faults(one, look_at(one, tmp_path))


@pytest.mark.parametrize("one", MISTAKEN, ids=called)
def test_a_mistake_is_named_and_no_other(one: Manuscript, tmp_path: Path) -> None:
    assert not faults(one, look_at(one, tmp_path))
