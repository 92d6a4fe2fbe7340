"""The proof on the back of a card: tables, pictures, notes, claims, and code that computes it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quizlab.export.anki.text import plain, verbatim
from quizlab.model import AnyQuestion, Atom, Block, Claim, Finding, Plot, Snippet, Table
from quizlab.telling import sentences
from quizlab.telling.words import sentence
from quizlab.view.finding import unquoted
from quizlab.view.tables import cell_text, numeric_columns, rows_of

Draw = Callable[[Plot], str]
"""How a plot is shown: as an image where the format carries images, otherwise in words."""


def proof(question: AnyQuestion, finding: Finding, draw: Draw) -> str:
    """All that was computed, or why there is nothing."""
    return "".join(_proof(question, finding, draw))


def _proof(question: AnyQuestion, finding: Finding, draw: Draw) -> Iterator[str]:
    if finding.evidence is None:
        reasons = [sentences.say(each.code, each.args) for each in finding.problems]
        yield f'<p class="manjka">Dokaz nedostaje. {plain(" ".join(reasons) or "Pri izvozu nije izračunat.")}</p>'
        return
    for block in finding.evidence.blocks:
        yield _block(block, draw)
    beside = unquoted(question, finding)
    if beside:
        items = "".join(f"<li>{outcome(claim)}</li>" for claim in beside)
        yield f'<ul class="popis">{items}</ul>'
    yield _snippet(finding.evidence.snippet)


def outcome(claim: Claim) -> str:
    """What was measured of a claim, behind a sign of whether it holds."""
    return f"{'✓' if claim.holds else '○'} {plain(claim.says)}"


def _block(block: Block, draw: Draw) -> str:
    if isinstance(block, Table):
        return table(block)
    return draw(block) if isinstance(block, Plot) else f"<p>{plain(sentence(block.text))}</p>"


def table(block: Table) -> str:
    """A table under its title, with its marked rows and its total set apart; a wide one scrolls."""
    right = numeric_columns(block)
    caption = f"<caption>{plain(block.title)}</caption>" if block.title else ""
    head = "".join(_cell("th", name, number) for name, number in zip(block.columns, right, strict=True))
    rows = []
    for index, row in enumerate(rows_of(block)):
        style = ' class="zbroj"' if index == len(block.rows) else ' class="istaknut"' if index in block.marked else ""
        cells = "".join(_cell("td", cell, number) for cell, number in zip(row, right, strict=True))
        rows.append(f"<tr{style}>{cells}</tr>")
    inside = f"{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="tablica"><table>{inside}</table></div>'


def _cell(tag: str, cell: Atom, number: bool) -> str:
    style = ' class="broj"' if number else ""
    return f"<{tag}{style}>{plain(cell_text(cell))}</{tag}>"


def _snippet(snippet: Snippet) -> str:
    return (
        "<details><summary>Isječak koji ispisuje istu vrijednost</summary>"
        f"<pre>{verbatim(snippet.code)}</pre><p>Ispis:</p><pre>{verbatim(snippet.prints)}</pre></details>"
    )


def in_words(plot: Plot) -> str:
    """A plot described, where no image can be carried."""
    from quizlab.view.plots import spoken

    says = "".join(f"<li>{plain(each)}</li>" for each in spoken(plot))
    axes = f"(vodoravno {plain(plot.x_label)}, okomito {plain(plot.y_label)})"
    return f"<p>Slika: {plain(plot.title)} {axes}.</p><ul>{says}</ul>"
