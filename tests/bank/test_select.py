"""Choosing questions by the names of banks, ids and aliases; banks that are added."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.cli import run
from quizlab.errors import USAGE, QuizlabError
from quizlab.model import Bank
from tests.bank.small import CHOICE, HEAD, NUMBER, OPEN, bounded, write


@pytest.fixture
def two(tmp_path: Path) -> tuple[Bank, Bank]:
    one = write(tmp_path, HEAD + NUMBER + CHOICE, "Prva.yaml")
    return bank.load(one), bank.load(write(tmp_path, HEAD + OPEN, "druga.yaml"))


NAMES = {
    "n1": "n1",
    "c1": "c1",
    "c1-staro": "c1",
    "o1": "o1",
    "prva": "n1 c1",
    "druga": "o1",
    "DRUGA": "o1",
    " N1 ": "n1",
}


@bounded(80)
@given(st.lists(st.sampled_from([*NAMES, "nema", "", "c2"]), max_size=5))
def test_select_against_a_table(two, names):
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        with pytest.raises(QuizlabError) as caught:
            bank.select(two, names)
        assert [(each.code, each.args["name"]) for each in caught.value.problems] == [
            ("unknown_question", name) for name in unknown
        ]
        assert caught.value.status == USAGE
    else:
        found = bank.select(two, names)
        wanted = {one for name in names for one in NAMES[name].split()} or {"n1", "c1", "o1"}
        assert isinstance(found, tuple)
        assert [question.id for question in found] == [name for name in ("n1", "c1", "o1") if name in wanted]


def test_find_knows_ids_and_aliases(two):
    assert {name: getattr(bank.find(two, name), "id", None) for name in ("n1", "c1-staro", "o1", "prva", "x")} == {
        "n1": "n1",
        "c1-staro": "c1",
        "o1": "o1",
        "prva": None,
        "x": None,
    }
    assert bank.select((), []) == ()


def test_an_added_bank_joins_the_shipped_ones(quizlab, tmp_path):
    path = write(tmp_path, (HEAD + CHOICE).replace("c1", "zz-c1"))
    listed = quizlab("list", "mala", "--bank", str(path), "--plain")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "zz-c1: Što je istina?" in listed.stdout
    assert quizlab("show", "zz-c1-staro", "--bank", str(path), "--plain").stdout.startswith(
        "zz-c1, arhitektura, izbor."
    )
    assert quizlab("list", "mala").returncode == 2


def test_clashes_between_added_banks_name_each_name(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("QUIZLAB_HOME", str(tmp_path / "dom"))
    text = (HEAD + CHOICE).replace("c1", "zz-c1")
    paths = [write(tmp_path, text, "jedna.yaml"), write(tmp_path, text.replace("zz-c1\n", "zz-c2\n"), "druga.yaml")]
    paths.append(write(tmp_path, HEAD + OPEN.replace("o1", "zz-o1").replace("kind", "knid"), "treća.yaml"))
    assert run(["list", *[word for path in paths for word in ("--bank", str(path))]]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert sorted(line.split(": ", 1)[1] for line in heard.err.splitlines()) == [
        "zz-c1-staro: id: Pitanje „zz-c1-staro” postoji i u banci jedna. Promijeni jednu oznaku.",
        "zz-o1: kind: Nedostaje polje „kind”. Dodaj ga.",
    ]
