"""A student's own code beside the answers of practice: one line where it differs, and nothing loads without it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizlab.commands._beside import CLOSING, Beside
from quizlab.errors import QuizlabError
from quizlab.own.messages import Judged, Named
from quizlab.own.opening import Place
from quizlab.own.runner import Examined
from quizlab.telling import own as telling
from tests.conftest import Run
from tests.own.looking import questions

FLAT = """\
import torch
from torch import nn


class IdentityModel(nn.Module):
    def get_features(self, img):
        return torch.flatten(img)
"""
ASKED = questions("lab4", "q1", "q2", "q6", "q9")
Q1, Q2, Q6, Q9 = ASKED
SUM = Named("loss-sum", "model", "model.py", 30, "model.py:30", "Gubitak se zbraja.", "", ("q6", "q22"), False)


def told(*causes: Named, **judged: Judged) -> telling.Report:
    """A report on four questions: those not named agree."""
    every = {each.id: judged.get(each.id, Judged(each.id, "agrees", key="k", own="k")) for each in ASKED}
    places = (Place("unit", "Jedinica", "model.py", 6, "model.py:6"),)
    return telling.reported("lab4", ASKED, frozenset(), Examined(places=places, judged=every, causes=causes), 1.0)


def test_the_students_own_number_is_told_where_it_differs() -> None:
    found = told(q1=Judged("q1", "differs", "bez pristranosti", key="9312", own="9280"))
    assert telling.beside(found, Q1, same=True) == "Tvoj kôd: 9280."
    assert telling.beside(found, Q1, same=False) == "Tvoj kôd: ovdje se razlikuje od ključa."


def test_of_an_open_question_the_cause_is_told_whatever_its_numbers_are() -> None:
    found = told(SUM, q6=Judged("q6", "differs", "točke 1 i 2", key="", own="točke 1 i 2"))
    assert telling.beside(found, Q6, same=False) == "Tvoj kôd: gubitak se zbraja."


def test_the_same_number_made_in_another_way_is_told_by_its_sentence() -> None:
    found = told(q1=Judged("q1", "differs", "slojevi su redom Conv2d i ReLU", key="9312", own="9312"))
    assert telling.beside(found, Q1, same=True) == "Tvoj kôd: slojevi su redom Conv2d i ReLU."


def test_what_agrees_or_was_not_checked_is_not_told() -> None:
    found = told(q2=Judged("q2", "unchecked", missing="model"))
    assert [telling.beside(found, each, same=True) for each in (Q2, Q9)] == ["", ""]


def test_practice_tells_it_after_the_answer(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "du.py").write_text(FLAT, encoding="utf-8")
    said = quizlab("practice", "q20", "--code", str(tmp_path), "--seed", "1", "--plain", typed="a\n").stdout
    assert said.count("Tvoj kôd: ") == 1
    assert "krivo" not in said.partition("Tvoj kôd: ")[2].partition("\n")[0]


@pytest.mark.stress
def test_practice_is_told_where_a_part_is(quizlab: Run, tmp_path: Path) -> None:
    named = FLAT.replace("IdentityModel", "Slika").replace("get_features", "forward")
    (tmp_path / "du.py").write_text(named, encoding="utf-8")
    asked = ("practice", "q20", "--code", str(tmp_path), "--seed", "1", "--plain")
    assert "nema koda vježbe lab4" in quizlab(*asked, typed="a\n").stdout
    said = quizlab(*asked, "--part", "identity=du.py:Slika", "--part", "vocab=nema.py:Nema", typed="a\n").stdout
    assert said.count("Tvoj kôd: ") == 1
    assert "nema.py" not in said


def test_a_part_without_code_is_bad_input(quizlab: Run) -> None:
    ran = quizlab("practice", "q20", "--part", "identity=du.py:Slika", typed="a\n")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--code" in ran.stderr


def test_a_path_that_is_not_there_is_said_before_anything_is_asked(quizlab: Run, tmp_path: Path) -> None:
    ran = quizlab("practice", "q1", "--code", str(tmp_path / "nema"), typed="1\n")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "nema" in ran.stderr


@pytest.mark.stress
def test_a_folder_without_the_lab_is_said_once(tmp_path: Path) -> None:
    with Beside(tmp_path, ASKED) as beside:
        first, second = (beside.line(each, wait=True) for each in (Q1, Q2))
    assert "nema koda vježbe lab4" in first
    assert second == ""


def test_a_bank_of_another_lab_has_nothing_to_ask_a_students_code() -> None:
    with pytest.raises(QuizlabError, match="own_unknown_lab"):
        Beside(Path(), ())


def test_the_end_of_a_session_ends_the_students_code(tmp_path: Path) -> None:
    (tmp_path / "du.py").write_text(
        "from torch import nn\n\n\nclass IdentityModel(nn.Module):\n    def get_features(self, img):\n"
        "        while True:\n            pass\n",
        encoding="utf-8",
    )
    beside = Beside(tmp_path, questions("lab4", "q20"))
    with beside:
        time.sleep(0.5)
        assert beside.line(Q1, wait=False) == ""
    assert not beside._thread.is_alive()
    assert CLOSING < 5


def test_without_code_nothing_of_it_loads() -> None:
    code = "import sys, quizlab.commands.practice; print([m for m in sys.modules if m.startswith('quizlab.own')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
