"""The text for Anki, imported by Anki through its own header lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlab.export.anki import anki_csv
from tests import samples
from tests.export import helpers
from tests.export.cards import Anki
from tests.export.test_anki import HOSTILE, entry, harmless, hostile, two, unproved


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Anki]:
    pytest.importorskip("anki")
    found = Anki(tmp_path / "anki")
    yield found
    found.col.close()


def test_the_header_says_what_the_columns_are() -> None:
    document = anki_csv("Vodič", helpers.entries())
    lines = document.text(str).splitlines()
    assert lines[:7] == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype:Basic",
        "#deck column:4",
        "#tags column:5",
        "#columns:guid\tFront\tBack\tDeck\tTags",
    ]
    assert document.images == {}
    assert document == anki_csv("drugi naslov", helpers.entries())
    rows = list(csv.reader(lines[7:], delimiter="\t"))
    assert all(
        len(row) == 5 for row in csv.reader(document.text(str).split("\n", 7)[7].splitlines(True), delimiter="\t")
    )
    assert rows


def test_anki_takes_it_as_its_header_says(student: Anki) -> None:
    assert student.take_text(helpers.entries()) == {"new": 4}
    first, second, *_ = student.notes()
    assert student.decks() == {"quizlab::Lab 4 · Metričko *ugrađivanje*", "quizlab::Lab 3 · RNN"}
    assert second.tags == ["quizlab::lab4::učenje_i_još"]
    front, back = student.sides(first)
    assert "Koliko ih ima za c = 32 u a_b?" in front.text
    assert "9312" not in front.text
    for said in ("9312", "potvrđeno", "Moguće pogreške", "Što se pamtilo", "Dokaz", "9248"):
        assert said in back.text
    assert "Slika: Gubitak $x$ < 3 & više (vodoravno d(a,n), okomito gubitak)." in back.text
    assert "m: 0 → 1; 1 → 0." in back.text
    assert "img" not in back.tags


def test_a_changed_answer_updates_the_card_and_keeps_the_schedule(student: Anki) -> None:
    student.take_text(two())
    assert student.take_text(two()) == {"duplicate": 2}
    note = student.notes()[0]
    learned = student.review(note)
    assert student.take_text(two("9*c*c + 4*c")) == {"updated": 1, "duplicate": 1}
    (changed,) = student.notes("9344")
    assert (changed.id, student.schedule(changed)) == (note.id, learned)


def test_hostile_text_is_only_text(student: Anki) -> None:
    assert student.take_text([hostile()]) == {"new": 1}
    (note,) = student.notes()
    for page in student.sides(note):
        harmless(page, [])
        assert HOSTILE.split(" ", 1)[0] in page.text


def test_variants_and_missing_proofs_arrive(student: Anki) -> None:
    question = samples.number(prompt="Koliko za {c}?", variants={"c": (32, 64)})
    assert student.take_text([entry(question, {"c": 64}), unproved(samples.oral())]) == {"new": 3}
    assert len(student.notes("tag:quizlab::varijante")) == 1
    assert "Dokaz nedostaje. Za živi dokaz treba PyTorch" in student.sides(student.notes("Što treba reći")[0])[1].text
