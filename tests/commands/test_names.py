"""Names as people type them: understood where they have one meaning, with a suggestion where they have none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.commands import _names
from quizlab.errors import QuizlabError
from quizlab.model import Place
from quizlab.view import listing
from tests import samples
from tests.conftest import Run
from tests.view.shown import lines

BANKS = tuple(bank.load(path) for path in bank.shipped())
LAB4 = [each.id for found in BANKS if found.name == "lab4" for each in found.questions]
LSTM, NETWORK = (
    [each.id for found in BANKS for each in found.questions if each.topic == topic]
    for topic in ("LSTM i GRU", "građa mreže")
)
TOPIC = [each.id for found in BANKS for each in found.questions if each.topic == "arhitektura"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["lab4"], ["lab4"]),
        (["lab", "4"], ["lab4"]),
        (["lab04"], ["lab4"]),
        (["LAB-4"], ["lab4"]),
        (["q1,q2"], ["q1", "q2"]),
        (["q1,", "q2"], ["q1", "q2"]),
        (["q01"], ["q1"]),
        (["27"], ["q27"]),
        (["arhitektura"], TOPIC),
        (["Arh"], TOPIC),
        (["\u0430rhit\u0435ktur\u0430"], TOPIC),  # Cyrillic
        (["lstm_i_gru"], LSTM),
        (["l\u0430b4"], ["lab4"]),
        (["gra\u00d0a mreže"], NETWORK),
        (["q9", "lab", "3", "Q10"], ["q9", "lab3", "q10"]),
        ([], []),
    ],
)
def test_what_has_one_meaning_is_understood(typed: list[str], meant: list[str]) -> None:
    assert list(_names.meant(BANKS, typed)) == meant


@pytest.mark.parametrize("topic", sorted({each.topic for found in BANKS for each in found.questions}))
def test_every_topic_is_a_name_in_quotes_or_without(topic: str) -> None:
    mine = [each.id for found in BANKS for each in found.questions if each.topic == topic]
    for typed in ([topic], topic.split(), [topic.replace(" ", "-")]):
        assert list(_names.meant(BANKS, typed)) == mine


@pytest.mark.parametrize(
    ("typed", "near"), [("4", "lab4 ili q4"), ("arhitektra", "arhitektura"), ("lba4", "lab4"), ("q99", ""), ("xyz", "")]
)
def test_what_means_nothing_certain_gets_a_suggestion_or_none(typed: str, near: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        _names.meant(BANKS, [typed])
    (problem,) = caught.value.problems
    assert problem.args.get("near", "") == near
    assert problem.code == ("unknown_question_near" if near else "unknown_question")


@given(st.lists(st.sampled_from(["q1", "lab4", "q99", "4", ",", "arh", "lab", "x" * 30, "", " "]), max_size=5))
def test_a_name_is_understood_or_refused_and_nothing_is_lost(typed: list[str]) -> None:
    certain = [each for each in typed if each in ("q1", "lab4", "arh")]
    found = _names.meant(BANKS, certain)
    assert {each for each in typed if each in ("q1", "lab4")} <= set(found)
    assert bank.select(BANKS, found) is not None
    if {"q99", "x" * 30} & set(typed):
        with pytest.raises(QuizlabError):
            _names.meant(BANKS, typed)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["practise", "lab4"], "Misliš li na „quizlab practice”?"),
        (["lab4"], "Misliš li na „quizlab practice lab4”?"),
        (["stat"], "Misliš li na „quizlab stats”?"),
        (["list", "--topc", "x"], "Misliš li na --topic?"),
        (["list", "4"], "Misliš li na lab4 ili q4?"),
        (["show", "arhitektra"], "Misliš li na arhitektura?"),
    ],
)
def test_what_was_meant_is_said_in_one_sentence(quizlab: Run, arguments: list[str], said: str) -> None:
    done = quizlab(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_topics_may_be_shortened(quizlab: Run) -> None:
    whole, short = (quizlab("list", "--topic", each).stdout for each in ("arhitektura", "arh"))
    assert whole == short == quizlab("list", "arhitektura").stdout
    assert "Teme su:" in quizlab("list", "--topic", "nema").stderr


def test_one_question_by_its_number(quizlab: Run) -> None:
    assert quizlab("show", "4").stdout == quizlab("show", "q4").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of a POSIX shell")
def test_a_reader_that_leaves_early_hears_nothing(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m quizlab list | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_an_own_question_has_no_empty_table_and_no_long_path(quizlab: Run) -> None:
    shown = quizlab("show", "q58").stdout
    assert "Ovo pitanje nije zapamćeno ni s jednog blica." in shown
    assert "izvor" not in shown
    assert "lab3.yaml:" in shown.splitlines()[-1]


def test_a_bank_is_shown_where_it_is_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    question = samples.number()
    monkeypatch.chdir(tmp_path)
    places = {
        tmp_path / "moja.yaml": "moja.yaml:7",
        Path("/mapa/moja.yaml"): "/mapa/moja.yaml:7",
        Path("/venv/lib/python3.11/site-packages/questions/lab3.yaml"): "lab3.yaml:7",
    }
    for file, said in places.items():
        shown = lines(listing.whole, question, {}, Place(str(file), 7, 9), plain=True)
        assert f"Datoteka: {said}" in shown
