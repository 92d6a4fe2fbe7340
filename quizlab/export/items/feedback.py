"""What is said after an answer, as HTML: why, how the proof came out, and what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.export.items.markup import Markup, escaped
from quizlab.model import AnyQuestion, Finding, FormulaQuestion, OpenQuestion, Table, TupleQuestion
from quizlab.question.texts import fill
from quizlab.telling import sentences, words
from quizlab.telling.blocks import as_text, sign
from quizlab.view.finding import in_short, measured

MOST_ROWS = 12
EQUAL_FORMS = (
    "Točan je i svaki drugi jednak zapis formule. Ovdje se odgovori uspoređuju znak po znak, pa zapis kojeg nema na "
    "popisu priznaje nastavnik."
)


def general(question: AnyQuestion, finding: Finding, mark: Markup) -> str:
    """What everyone reads after answering: the explanation, the verdict on the key, and a table of the proof."""
    parts = [f"<p>{mark(fill(question.explain, question.params))}</p>"]
    if isinstance(question, OpenQuestion):
        parts += ["<p>Što treba reći:</p>", _list(mark(fill(each.text, question.params)) for each in question.points)]
    if _symbolic(question):
        parts.append(f"<p>{EQUAL_FORMS}</p>")
    tables = [each for each in finding.evidence.blocks if isinstance(each, Table)] if finding.evidence else []
    return "".join([*parts, *_verdict(question, finding), *(_table(tables[0]) if tables else ())])


def graders(question: OpenQuestion, finding: Finding, mark: Markup) -> str:
    """What the grader of an essay reads: the key points, each with what was measured for it."""
    points = []
    for point in question.points:
        claim = measured(finding, point.claim)
        found = f" <em>{sign(claim)} {escaped(claim.says)}</em>" if claim else ""
        points.append(f"{mark(fill(point.text, question.params))}{found}")
    return "".join(["<p>Što treba reći, s time što je izmjereno:</p>", _list(points), *_verdict(question, finding)])


def against(finding: Finding, claim: str) -> str:
    """What was measured against an option that a claim decides."""
    found = measured(finding, claim)
    return f" Izmjereno: {escaped(found.says)}." if found and not found.holds else ""


def _symbolic(question: AnyQuestion) -> bool:
    """Whether an answer is a formula with symbols, which can be written in many ways."""
    if isinstance(question, TupleQuestion):
        return any(part.kind == "formula" and part.symbols for part in question.parts)
    return isinstance(question, FormulaQuestion) and bool(question.symbols)


def _verdict(question: AnyQuestion, finding: Finding) -> Iterator[str]:
    """The verdict with what decided it; without evidence, which evidence is missing and why."""
    verdict = words.VERDICTS[finding.verdict]
    if finding.evidence is None:
        missing = escaped(question.verify.hook)
        yield f"<p>Nedostaje dokaz <code>{missing}</code> ({verdict}): ključ nije provjeren pokretanjem koda.</p>"
    else:
        short = escaped(words.phrase(in_short(question, finding)))
        yield f"<p>Presuda: <strong>{verdict}</strong>{f' ({short})' if short else ''}.</p>"
    for problem in finding.problems:
        yield f"<p>{escaped(sentences.say(problem.code, problem.args))}</p>"


def _table(block: Table) -> Iterator[str]:
    """The table of a proof, its marked rows and its total in bold; a long one is cut and says so."""
    text = as_text(block)
    rows = text.rows if len(text.rows) <= MOST_ROWS else (*text.rows[: MOST_ROWS - 1], text.rows[-1])
    yield "<table>"
    if text.title:
        yield f"<caption>{escaped(text.title)}</caption>"
    yield f"<thead><tr>{''.join(f'<th>{escaped(name)}</th>' for name in text.head)}</tr></thead><tbody>"
    for row in rows:
        cells = list(map(escaped, row.cells))
        if row.marked or row.total:
            cells = [f"<strong>{cell}</strong>" if cell else "" for cell in cells]
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"
    if left := len(text.rows) - len(rows):
        yield f"<p>Izostavljeno: {words.counted(left, 'redak', 'retka', 'redaka')}.</p>"


def _list(texts: Iterator[str] | list[str]) -> str:
    return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"
