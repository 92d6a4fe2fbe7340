"""The proof behind an answer as HTML: tables, images, what was put to the test, and code that computes it again."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial

from quizlab.export import images
from quizlab.export.html.text import plain
from quizlab.model import Claim, Note, Plot, Snippet, Table
from quizlab.telling.account import Account
from quizlab.telling.blocks import as_text, first, role, shown, sign, spoken
from quizlab.telling.words import capital, one_line, phrase, safe
from quizlab.telling.words import snippet as title

PROOF, FIRST = "data-proof", "data-first"
"""By these the page's script finds a proof, and in it the first table with its title or the first image, to show it
again: written a second time, proofs would make half of the page."""

WHOLE = 34
"""A name of a row up to this long, a formula say, stays on one line: where there is no room its table scrolls."""

MISSING = "U ovoj datoteci nema izračuna za ovo pitanje: izvezena je bez dokaza."


class Pictures:
    """The images of a page. Each is written once; where it comes again, its number stands for it."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}

    def attributes(self, plot: Plot) -> str:
        """Where an image comes from, as attributes: its data, or the number of one that is there already."""
        data = images.svg(plot)
        known = self._numbers.get(data)
        if known is not None:
            return f'data-same="{known}"'
        self._numbers[data] = number = len(self._numbers)
        return f'data-picture="{number}" src="data:image/svg+xml;base64,{base64.b64encode(data).decode()}"'


def proof(told: Account, pictures: Pictures) -> Iterator[str]:
    """All evidence of one question; where there is none, that it is missing and why."""
    yield f'<div class="proof" {PROOF}>'
    for each in told.problems or ([] if told.snippet else [MISSING]):
        yield f'<p class="missing">{plain(each)}</p>'
    if told.recorded:
        yield f'<p class="recorded" {FIRST}>{plain(capital(told.recorded))}</p>'
    for at, block in enumerate(told.blocks):
        mark = f" {FIRST}" if at == first(told.blocks) else ""
        yield from shown(block, partial(_table, mark), partial(_plot, mark, pictures), _note)
    if told.claims:
        yield '<ul class="claims">'
        yield from (f"<li>{outcome(claim)}</li>" for claim in told.claims)
        yield "</ul>"
    if told.snippet:
        yield from _snippet(told.snippet)
    yield "</div>"


def outcome(claim: Claim) -> str:
    """What was measured; a claim that does not hold is a true sentence as well: it speaks against."""
    said = f'<span class="unseen">{role(claim)}: </span>{plain(one_line(claim.says))}'
    return f'<span aria-hidden="true">{sign(claim)}</span> {said}'


def _note(block: Note) -> Iterator[str]:
    yield f'<p class="note">{plain(one_line(block.text))}</p>'


def _plot(mark: str, pictures: Pictures, block: Plot) -> Iterator[str]:
    """A plot as an image, and what is on it in words; only those where no image can be drawn."""
    names = ", ".join(one_line(series.name) for series in block.series)
    title = phrase(block.title)
    axes = f"vodoravno {one_line(block.x_label)}, okomito {one_line(block.y_label)}"
    alt = f"{title}. {axes}. Nizovi: {names}." if names else f"{title}. {axes}."
    if not images.drawable():
        yield f"<div{mark}><p>Slika: {plain(alt)}</p><ul>"
        yield "".join(f"<li>{plain(one_line(sentence))}</li>" for sentence in spoken(block))
        yield "</ul></div>"
        return
    yield f'<figure class="plot"{mark}>'
    yield f'<img {pictures.attributes(block)} alt="{plain(alt)}" width="640" height="400">'
    if said := list(spoken(block)):
        yield '<details class="spoken"><summary>Slika riječima</summary><ul>'
        yield "".join(f"<li>{plain(one_line(sentence))}</li>" for sentence in said)
        yield "</ul></details>"
    yield "</figure>"


def _table(mark: str, block: Table) -> Iterator[str]:
    """A table whose first column names its rows."""
    text = as_text(block)
    title = plain(text.title)
    yield f'<p class="title"{mark}>{title}</p>' if title else ""
    yield f'<div class="scroll" role="group" tabindex="0" aria-label="{title or "Tablica"}"{mark}><table>'
    heads = (_cell(name, "col", numeric=numeric) for name, numeric in zip(text.head, text.numeric, strict=True))
    yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
    for row in text.rows:
        yield "</tbody><tfoot>" if row.total else ""
        yield '<tr class="marked">' if row.marked else "<tr>"
        for at, (cell, numeric) in enumerate(zip(row.cells, text.numeric, strict=True)):
            yield _cell(cell, "" if at else "row", numeric=numeric, marked=row.marked and not at)
        yield "</tr>"
    yield "</tfoot></table></div>" if block.total else "</tbody></table></div>"


def _cell(text: str, scope: str, *, numeric: bool, marked: bool = False) -> str:
    """A cell; one with a scope is a heading, unless it is empty."""
    tag, where = ("th", f' scope="{scope}"') if scope and text else ("td", "")
    said = '<span class="unseen">istaknuto: </span>' if marked else ""
    whole = scope == "row" and len(text) <= WHOLE
    look = ' class="number"' if numeric else ' class="whole"' if whole else ""
    return f"<{tag}{where}{look}>{said}{plain(text)}</{tag}>"


def _snippet(snippet: Snippet) -> Iterator[str]:
    yield f'<div class="snippet"><p>{title(snippet)} (bez quizlaba):</p>'
    yield _verbatim("Isječak koda", "code", safe(snippet.code).strip("\n"))
    yield "<p>Ispis:</p>"
    yield _verbatim("Ispis isječka", "samp", safe(snippet.prints).rstrip())
    yield "</div>"


def _verbatim(label: str, tag: str, text: str) -> str:
    """Text as it is, however long its lines: a keyboard can scroll it."""
    return f'<pre tabindex="0" role="group" aria-label="{label}"><{tag}>{plain(text)}</{tag}></pre>'
