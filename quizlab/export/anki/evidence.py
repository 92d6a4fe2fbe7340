"""The proof on the back of a card: tables, pictures, notes, claims, and code that computes it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizlab.export.anki.text import plain, verbatim
from quizlab.model import Claim, Plot, Snippet, Table
from quizlab.telling.account import Account
from quizlab.telling.blocks import as_text, shown, sign, spoken
from quizlab.telling.words import capital, sentence
from quizlab.telling.words import snippet as title

Draw = Callable[[Plot], str]
"""How a plot is shown: as an image where the format carries images, otherwise in words."""


def proof(told: Account, draw: Draw) -> str:
    """All that was computed, or why there is nothing."""
    if told.snippet is None:
        reasons = " ".join(told.problems) or (
            "Pitanje ga nema." if told.verdict == "unproved" else "Pri izvozu nije izračunat."
        )
        return f'<p class="manjka">Dokaz nedostaje. {plain(reasons)}</p>'
    blocks = (shown(each, table, draw, lambda note: f"<p>{plain(sentence(note.text))}</p>") for each in told.blocks)
    claims = "".join(f"<li>{outcome(claim)}</li>" for claim in told.claims)
    beside = f'<ul class="popis">{claims}</ul>' if claims else ""
    said = f"<p>{plain(capital(told.recorded))}</p>" if told.recorded else ""
    return f"{said}{''.join(blocks)}{beside}{_snippet(told.snippet)}"


def outcome(claim: Claim) -> str:
    """What was measured of a claim, behind a sign of whether it holds."""
    return f"{sign(claim)} {plain(claim.says)}"


def table(block: Table) -> str:
    """A table under its title, with its marked rows and its total set apart; a wide one scrolls."""
    text = as_text(block)
    caption = f"<caption>{plain(text.title)}</caption>" if text.title else ""
    head = _cells("th", text.head, text.numeric)
    rows = []
    for row in text.rows:
        style = ' class="zbroj"' if row.total else ' class="istaknut"' if row.marked else ""
        rows.append(f"<tr{style}>{_cells('td', row.cells, text.numeric)}</tr>")
    inside = f"{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="tablica"><table>{inside}</table></div>'


def _cells(tag: str, cells: Sequence[str], numeric: Sequence[bool]) -> str:
    styles = (' class="broj"' if number else "" for number in numeric)
    return "".join(f"<{tag}{style}>{plain(cell)}</{tag}>" for style, cell in zip(styles, cells, strict=True))


def _snippet(snippet: Snippet) -> str:
    return (
        f"<details><summary>{title(snippet)}</summary>"
        f"<pre>{verbatim(snippet.code)}</pre><p>Ispis:</p><pre>{verbatim(snippet.prints)}</pre></details>"
    )


def in_words(plot: Plot) -> str:
    """A plot described, where no image can be carried."""
    says = "".join(f"<li>{plain(each)}</li>" for each in spoken(plot))
    axes = f"(vodoravno {plain(plot.x_label)}, okomito {plain(plot.y_label)})"
    return f"<p>Slika: {plain(plot.title)} {axes}.</p><ul>{says}</ul>"
