"""The cheat sheet as a page: read on a phone as it is, printed on one side of A4 a lab by its own style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.document import Document, Exported
from quizlab.export.headings import by_bank
from quizlab.export.html.assets import sheet_shell, sheet_style
from quizlab.export.html.page import digest, filled
from quizlab.export.html.text import answer, plain, rich
from quizlab.export.sheet import Look, Page, page
from quizlab.telling.words import capital, one_line

HTML = Look(
    lambda text: rich(one_line(text)),
    lambda text: plain(one_line(text)),
    answer,
    answer,
    lambda text: f"<strong>{text}</strong>" if text else "",
)


def document(title: str, entries: Sequence[Exported]) -> Document:
    """One file without scripts that fetches nothing."""
    style = sheet_style()
    slots = {
        "policy": f"default-src 'none'; style-src {digest(style)}; img-src data:; base-uri 'none'; form-action 'none'",
        "title": plain(title),
        "style": style,
        "labs": "".join(_lab(page(group, HTML)) for group in by_bank(entries)),
    }
    return Document(tuple(filled(sheet_shell(), slots)))


def _lab(made: Page) -> str:
    return f"<section>\n<h2>{made.heading}</h2>\n<div>\n{''.join(_topics(made))}</div>\n</section>\n"


def _topics(made: Page) -> Iterator[str]:
    for topic, rows in made.topics:
        yield f"<h3>{capital(topic)}</h3>\n<ul>\n"
        yield from (f"<li>{asked} <span>→</span> {answer}</li>\n" for asked, answer in rows)
        yield "</ul>\n"
    if made.traps:
        yield '<h3>Zamke</h3>\n<ul class="traps">\n'
        yield from (
            f"<li>{one.id}: <span>✗</span> <b>{one.answer}</b>{f' – {one.says}' if one.says else ''}</li>\n"
            for one in made.traps
        )
        yield "</ul>\n"
