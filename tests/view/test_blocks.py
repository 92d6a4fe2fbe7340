"""Evidence: what is shown of it, claims and notes under their signs."""

from __future__ import annotations

import pytest

from quizlab.model import Claim, Evidence, Note, Plot, Series, Snippet, Table
from quizlab.view import blocks
from tests.view.shown import WIDTHS, lines, squeezed, widest

TABLE = Table(("tenzor", "elemenata"), (("conv.weight", 9216),))


@pytest.mark.parametrize("width", WIDTHS)
def test_claims_and_notes_wrap_under_themselves(width: int) -> None:
    said = "riječ " * 30
    for shown in (
        lines(blocks.claims, [Claim("x", True, said)], width=width),
        lines(blocks.note, Note(said), width=width),
    ):
        assert widest(shown) <= width
        assert shown[0][:5] in ("  ✓  ", "  ·  ")
        assert all(line.startswith("     riječ") for line in shown[1:])
        assert squeezed("".join(shown))[1:] == squeezed(said)


def test_plain_claims_say_their_outcome_first() -> None:
    found = [Claim("x", True, "izmjereno 2"), Claim("y", False, "izmjereno 3")]
    assert lines(blocks.claims, found, plain=True) == ["Dokaz: izmjereno 2.", "Protudokaz: izmjereno 3."]
    assert [line[2] for line in lines(blocks.claims, found)] == ["✓", "○"]


def test_part_of_evidence_is_its_first_table_or_plot() -> None:
    plot = Plot("t", "x", "y", (Series("a", (0, 1), (0, 1)),))
    found = Evidence(Snippet("", ""), blocks=(Note("bilješka"), plot, TABLE))
    assert any("│" in line for line in lines(blocks.evidence, found, whole=False))
    assert not any("tenzor" in line or "bilješka" in line for line in lines(blocks.evidence, found, whole=False))
    whole = "\n".join(lines(blocks.evidence, found, whole=True))
    assert "bilješka" in whole
    assert "tenzor" in whole
    assert lines(blocks.evidence, Evidence(Snippet("", ""), blocks=(Note("n"),)), whole=False) == []


def test_plain_evidence_has_no_empty_lines_and_no_drawing() -> None:
    plot = Plot("Slika", "x", "y", (Series("krivulja", (0, 1), (5, 6)), Series("7", (), ())))
    cloud = Plot("Oblak", "x", "y", (Series("7", (0, 1), (5, 6)),), style="scatter")
    shown = lines(blocks.evidence, Evidence(Snippet("", ""), blocks=(plot, TABLE, cloud)), whole=True, plain=True)
    assert shown[:3] == [
        "Slika: Slika (vodoravno x, okomito y).",
        "krivulja: 0 → 5; 1 → 6.",
        "7: nema točaka koje se mogu prikazati.",
    ]
    assert shown[-1] == "7: 2 točke, u sredini (0,5; 5,5)."
    assert all(shown)
    assert not set("".join(shown)) & set("│┤─└┬\x1b\u2800")
