"""Headings of the guide: what they say and where links to them lead."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence

from quizlab.export.document import Entry
from quizlab.export.escaping import escaped
from quizlab.view.words import one_line
from quizlab.wording import fill


def by_bank(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries of each bank, in their order."""
    for _, group in itertools.groupby(entries, key=lambda each: each.bank.name):
        yield list(group)


def bank_heading(entry: Entry) -> str:
    """«lab4 · Metričko ugrađivanje»."""
    return f"{entry.bank.name} · {entry.bank.title}"


def heading(entry: Entry) -> str:
    """«q1 · arhitektura»."""
    return f"{entry.question.id} · {entry.question.topic}"


def asked(entry: Entry) -> str:
    """The question with its numbers."""
    return fill(entry.question.prompt, entry.finding.parameters)


def contents(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    """The table of contents; it counts the anchors as GitHub does, one after another."""
    seen: dict[str, int] = {}
    anchor(title, seen)
    for group in by_bank(entries):
        yield f"- [{escaped(bank_heading(group[0]))}](#{anchor(bank_heading(group[0]), seen)})"
        for entry in group:
            yield f"  - [{escaped(entry.question.id)}](#{anchor(heading(entry), seen)}) {escaped(asked(entry))}"
    yield ""


def anchor(text: str, seen: dict[str, int]) -> str:
    """The anchor that GitHub makes of a heading; one that was there before gets a number."""
    kept = (
        sign
        for sign in one_line(text).lower()
        if sign in "- " or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) in ("Nd", "Pc")
    )
    made = "".join(kept).replace(" ", "-")
    times = seen.get(made, 0)
    seen[made] = times + 1
    return f"{made}-{times}" if times else made
