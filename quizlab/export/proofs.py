"""The proof behind an answer in Markdown: what was computed, and code that computes it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from quizlab.export import images
from quizlab.export.escaping import escaped
from quizlab.export.tables import table
from quizlab.model import Claim, Plot, Snippet
from quizlab.telling.account import Account
from quizlab.telling.blocks import shown, sign, spoken
from quizlab.telling.words import safe
from quizlab.telling.words import snippet as title


def proof(told: Account, made: dict[str, bytes]) -> Iterator[str]:
    """The evidence of one question; the images it needs are added to ``made``."""
    if told.snippet is None:
        if told.verdict == "unproved":
            yield from ("**Nedokazano**: pitanje nema dokaza.", "")
            return
        yield from (f"**Dokaz nije izračunat.** {escaped(next(iter(told.problems), ''))}".rstrip(), "")
        return
    yield f"**Dokaz** ({escaped(told.recorded)})" if told.recorded else "**Dokaz**"
    yield ""
    for index, block in enumerate(told.blocks, 1):
        draw = partial(_plot, name=f"{told.id}-{index}.svg", made=made)
        yield from shown(block, table, draw, lambda note: iter((escaped(note.text), "")))
    for claim in told.claims:
        yield f"- {outcome(claim)}"
    if told.claims:
        yield ""
    yield from _snippet(told.snippet)


def _plot(block: Plot, name: str, made: dict[str, bytes]) -> Iterator[str]:
    """An image, of which ``name`` is the file; where none can be drawn, what would be seen on it."""
    if not images.drawable():
        axes = f"vodoravno {block.x_label}, okomito {block.y_label}"
        said = "".join(f"\n- {escaped(each)}" for each in spoken(block))
        return iter((f"Slika: {escaped(block.title)} ({escaped(axes)}).\n{said}", ""))
    made[name] = images.svg(block)
    return iter((f"![{escaped(block.title)}][{name}]", ""))


def outcome(claim: Claim) -> str:
    """What was measured of a claim, behind a sign of whether it holds."""
    return f"{sign(claim)} {escaped(claim.says)}"


def _snippet(snippet: Snippet) -> Iterator[str]:
    yield f"{title(snippet)}:"
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
