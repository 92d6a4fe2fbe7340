"""The proof behind an answer in Markdown: what was computed, and code that computes it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from quizlab.export import images
from quizlab.export.document import Entry
from quizlab.export.escaping import escaped
from quizlab.export.tables import table
from quizlab.model import Claim, Finding, Plot, Snippet
from quizlab.telling import sentences
from quizlab.telling.blocks import shown, sign
from quizlab.telling.words import safe
from quizlab.view.finding import unquoted


def proof(entry: Entry, made: dict[str, bytes]) -> Iterator[str]:
    """The evidence of one question; the images it needs are added to ``made``."""
    question, finding = entry.question, entry.finding
    if finding.evidence is None:
        yield from (f"**Dokaz nije izračunat.** {escaped(_reason(finding))}".rstrip(), "")
        return
    yield "**Dokaz**"
    yield ""
    for index, block in enumerate(finding.evidence.blocks):
        draw = partial(_plot, name=f"{question.id}-{index + 1}.svg", made=made)
        yield from shown(block, table, draw, lambda note: iter((escaped(note.text), "")))
    beside = unquoted(question, finding)
    for claim in beside:
        yield f"- {outcome(claim)}"
    if beside:
        yield ""
    yield from _snippet(finding.evidence.snippet)


def _reason(finding: Finding) -> str:
    """Why there is no evidence."""
    return sentences.say(finding.problems[0].code, finding.problems[0].args) if finding.problems else ""


def _plot(block: Plot, name: str, made: dict[str, bytes]) -> Iterator[str]:
    """An image, of which ``name`` is the file."""
    made[name] = images.svg(block)
    return iter((f"![{escaped(block.title)}][{name}]", ""))


def outcome(claim: Claim) -> str:
    """What was measured of a claim, behind a sign of whether it holds."""
    return f"{sign(claim)} {escaped(claim.says)}"


def _snippet(snippet: Snippet) -> Iterator[str]:
    yield "Isječak koji ispisuje istu vrijednost:"
    yield ""
    yield from _fenced(snippet.code, "python")
    yield "Ispis:"
    yield ""
    yield from _fenced(snippet.prints, "text")


def _fenced(code: str, language: str) -> Iterator[str]:
    """A code block whose fence is longer than any run of backticks in it."""
    text = safe(code)
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield fence + language
    yield from text.rstrip("\n").split("\n")
    yield fence
    yield ""
