"""The broken labs of tests/broken through the path of a student's code: a folder, found, loaded, adapted, judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broken import lab3, lab4
from tests.conftest import ROOT
from tests.own.breaking import expected, noticed
from tests.own.looking import look
from tests.thinned import SHORT, thinned


def check(lab: str, name: str, folder: Path) -> None:
    """Exactly the questions of the coverage notice it."""
    assert set(noticed(lab, name, folder)) == expected(lab, name)


@pytest.mark.parametrize("name", thinned(["order swapped", "batch of one squeezed"], 2))
def test_a_broken_lab_4_is_noticed_by_its_questions(name: str, tmp_path: Path) -> None:
    check("lab4", name, tmp_path)


@pytest.mark.parametrize("name", ["RNN of a bag of words"])
def test_a_broken_lab_3_is_noticed_by_its_questions(name: str, tmp_path: Path) -> None:
    check("lab3", name, tmp_path)


@pytest.mark.stress
@pytest.mark.parametrize("name", list(lab4.BROKEN)[:: 8 if SHORT else 1])
def test_every_broken_lab_4(name: str, tmp_path: Path) -> None:
    check("lab4", name, tmp_path)


@pytest.mark.stress
@pytest.mark.parametrize("name", list(lab3.BROKEN)[:: 16 if SHORT else 1])
def test_every_broken_lab_3(name: str, tmp_path: Path) -> None:
    check("lab3", name, tmp_path)


@pytest.mark.parametrize("lab", thinned(["lab3", "lab4"], 2))
def test_our_own_labs_agree_and_have_no_cause(lab: str, tmp_path: Path) -> None:
    found = look(ROOT / "labs" / lab, lab, tmp_path)
    assert found.of("differs") == found.of("unchecked") == {}
    assert found.named == set()
