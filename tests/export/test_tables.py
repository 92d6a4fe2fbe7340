"""Tables, as a page shows them and as they stand in the source."""

from __future__ import annotations

from msgspec.structs import replace

from quizlab.export import FORMATS, Exported
from quizlab.model import JudgedRecollection, Recollection
from tests import samples
from tests.export import helpers


def test_tables_are_whole(guide: str) -> None:
    found = helpers.tables(guide)
    # a table of evidence in each of the three proofs, and one ledger
    assert len(found) == 4
    for table in found:
        assert len({len(row) for row in table}) == 1
    assert found[1] == [
        ["tenzor", "uloga | zašto", "broj"],
        ["conv.weight", helpers.HOSTILE, "9216"],
        ["conv.bias", "", "32"],
        ["ukupno", "", "9248"],
    ]


def test_ledger_names_its_sources(guide: str) -> None:
    assert helpers.tables(guide)[0] == [
        ["izvor", "odgovor", "presuda", "napomena"],
        ["bilješke, 2. 6. 2024.", "9312", "potvrđeno", ""],
        ["forum", "9*c*c*c = 294\u202f912", "opovrgnuto", "krivo | množenje"],
        ["forum", "", "bez odgovora", ""],
    ]


def test_a_column_without_notes_is_left_out() -> None:
    question = samples.number(recollections=(Recollection("A", "9312"),))
    judged = (JudgedRecollection("A", "9312", "confirmed"),)
    entry = Exported(helpers.bank(question), question, replace(helpers.finding(question), recollections=judged))
    for form in ("md", "html"):
        text = FORMATS[form]("t", [entry]).text(str)
        assert "presuda" in text.split("Što se pamtilo", 1)[1]
        assert "napomena" not in text
    assert len(helpers.tables(FORMATS["md"]("t", [entry]).text(str))[0][0]) == 3


def test_tables_stand_straight_in_the_source(guide: str) -> None:
    ledger = guide[guide.index("| izvor") :].split("\n\n", maxsplit=1)[0].split("\n")
    assert len({line.index("|", 2) for line in ledger}) == 1
