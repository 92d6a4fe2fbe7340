"""What is said after an answer, as HTML: why, how the proof came out, and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizlab.export.items.markup import Markup, escaped
from quizlab.model import AnyQuestion, Claim, FormulaQuestion, Table, TupleQuestion
from quizlab.telling import words
from quizlab.telling.account import Account
from quizlab.telling.blocks import as_text, sign

MOST_ROWS = 12
EQUAL_FORMS = (
    "Točan je i svaki drugi jednak zapis formule. Ovdje se odgovori uspoređuju znak po znak, pa zapis kojeg nema na "
    "popisu priznaje nastavnik."
)


def general(question: AnyQuestion, told: Account, mark: Markup) -> str:
    """What everyone reads after answering: the explanation, the verdict on the key, and a table of the proof."""
    parts = [f"<p>{mark(told.explain)}</p>"]
    if told.points:
        parts += ["<p>Što treba reći:</p>", _list(mark(each.text) for each in told.points)]
    if _symbolic(question):
        parts.append(f"<p>{EQUAL_FORMS}</p>")
    tables = [each for each in told.blocks if isinstance(each, Table)]
    return "".join([*parts, *_verdict(question, told), *(_table(tables[0]) if tables else ())])


def graders(question: AnyQuestion, told: Account, mark: Markup) -> str:
    """What the grader of an essay reads: the key points, each with what was measured for it."""
    points = (f"{mark(each.text)}{_measured(each.claim)}" for each in told.points)
    return "".join(["<p>Što treba reći i što je za to izmjereno:</p>", _list(points), *_verdict(question, told)])


def _measured(claim: Claim | None) -> str:
    return f" <em>{sign(claim)} {escaped(claim.says)}</em>" if claim else ""


def _symbolic(question: AnyQuestion) -> bool:
    """Whether an answer is a formula with symbols, which can be written in many ways."""
    if isinstance(question, TupleQuestion):
        return any(part.kind == "formula" and part.symbols for part in question.parts)
    return isinstance(question, FormulaQuestion) and bool(question.symbols)


def _verdict(question: AnyQuestion, told: Account) -> Iterator[str]:
    """The verdict with what decided it; without evidence, which evidence is missing and why."""
    verdict = words.VERDICTS[told.verdict]
    if told.snippet is None:
        missing = escaped(question.verify.hook)
        yield f"<p>Nedostaje dokaz <code>{missing}</code> ({verdict}): ključ nije provjeren pokretanjem koda.</p>"
    else:
        short = escaped(words.phrase(told.short))
        yield f"<p>Presuda: <strong>{verdict}</strong>{f' ({short})' if short else ''}.</p>"
        if told.recorded:
            yield f"<p>{escaped(words.capital(told.recorded))}</p>"
    yield from (f"<p>{escaped(each)}</p>" for each in told.problems)


def _table(block: Table) -> Iterator[str]:
    """The table of a proof, its marked rows and its total in bold; a long one is cut and says so."""
    text = as_text(block)
    rows = text.rows if len(text.rows) <= MOST_ROWS else (*text.rows[: MOST_ROWS - 1], text.rows[-1])
    yield '<table class="table table-sm w-auto">'
    if text.title:
        yield f'<caption class="small">{escaped(text.title)}</caption>'
    styles = [' class="text-right"' if number else "" for number in text.numeric]
    head = (f"<th{style}>{escaped(name)}</th>" for style, name in zip(styles, text.head, strict=True))
    yield f"<thead><tr>{''.join(head)}</tr></thead><tbody>"
    for row in rows:
        cells = list(map(escaped, row.cells))
        if row.marked or row.total:
            cells = [f"<strong>{cell}</strong>" if cell else "" for cell in cells]
        found = (f"<td{style}>{cell}</td>" for style, cell in zip(styles, cells, strict=True))
        yield f"<tr>{''.join(found)}</tr>"
    yield "</tbody></table>"
    if left := len(text.rows) - len(rows):
        yield f"<p>Izostavljeno: {words.counted(left, 'redak', 'retka', 'redaka')}.</p>"


def _list(texts: Iterable[str]) -> str:
    return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"
