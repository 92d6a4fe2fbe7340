"""The whole page: shell, guide, data and scripts in one file that fetches nothing and runs only what is its own."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from quizlab.export.document import Document, Exported
from quizlab.export.headings import bank_heading
from quizlab.export.html.assets import scripts, shell, style
from quizlab.export.html.data import all_formulas, data
from quizlab.export.html.guide import anchor, contents, guide
from quizlab.export.html.mathml import mathml
from quizlab.export.html.proofs import Pictures, proof
from quizlab.export.html.text import plain
from quizlab.model import Finding
from quizlab.telling import words
from quizlab.telling.account import kind

SLOT = re.compile(r"<!--slot:(\w+)-->")
MANY = 300
"""From so many questions on a browser is to lay out only those in sight."""


def html(title: str, entries: Sequence[Exported]) -> Document:
    """The page: a guide that reads without scripts, and what they need to search it and to practise."""
    pictures, latex = Pictures(), all_formulas(entries)
    code = scripts()
    slots: dict[str, str] = {
        "policy": policy(code, style()),
        "title": plain(title),
        "style": style(),
        "size": "many" if len(entries) >= MANY else "few",
        "summary": plain(summary(entries)),
        **_choices(entries),
        "contents": "".join(contents(entries)),
        "guide": "".join(guide(entries, pictures)),
        "proofs": "".join(_proofs(entries, pictures)),
        "formulas": "".join(mathml(each) for each in latex),
        "data": data(title, entries, latex),
        "scripts": "".join(f"<script>{each}</script>\n" for each in code),
    }
    return Document(tuple(filled(shell(), slots)))


def filled(text: str, slots: Mapping[str, str]) -> Iterator[str]:
    """The shell with its slots filled; what a slot holds is never looked into."""
    for at, part in enumerate(SLOT.split(text)):
        yield slots[part] if at % 2 else part


def policy(code: Sequence[str], styles: str) -> str:
    """What a browser may do with this page: run these scripts, use these styles, show images that are in it."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(digest, code))}",
            f"style-src {digest(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def digest(text: str) -> str:
    """The text of an element as a content-security policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def summary(entries: Sequence[Exported]) -> str:
    """How many questions there are and how the proofs came out."""
    said = f"{words.capital(words.questions(len(entries)))}."
    proved = [each.finding for each in entries if each.finding.evidence is not None]
    if not proved:
        return f"{said} Izvezeno bez dokaza."
    confirmed = sum(each.verdict == "confirmed" for each in proved)
    judged = [one.verdict for each in proved for one in each.recollections if one.verdict != "unanswered"]
    doubtful = sum(verdict != "confirmed" for verdict in judged)
    return (
        f"{said} Potvrđenih ključeva: {words.count(confirmed)}. Krivo ili nepotpuno zapamćenih odgovora: "
        f"{words.count(doubtful)} od {words.count(len(judged))}. "
        f"{words.sentence(f'Dokazi su izračunati pokretanjem koda vježbe{_recorded(proved)}')}"
    )


def _recorded(proved: Sequence[Finding]) -> str:
    """What proofs that were not computed live are called, in brackets; nothing where all were."""
    said = next((words.recorded(each.recorded) for each in proved if each.recorded), "")
    return f" ({words.phrase(said)})" if said else ""


def _choices(entries: Sequence[Exported]) -> dict[str, str]:
    """What the questions can be filtered by."""
    verdicts = [each for each in words.VERDICTS if any(one.finding.verdict == each for one in entries)]
    return {
        "banks": _options({each.bank.name: bank_heading(each) for each in entries}),
        "topics": _options({each.question.topic: each.question.topic for each in entries}),
        "kinds": _options({kind(each.question): kind(each.question) for each in entries}),
        "verdicts": _options({each: words.VERDICTS[each] for each in verdicts}),
    }


def _options(names: Mapping[str, str]) -> str:
    return "".join(f'<option value="{plain(value)}">{plain(said)}</option>' for value, said in names.items())


def _proofs(entries: Sequence[Exported], pictures: Pictures) -> Iterator[str]:
    """The proofs of variants, out of sight until one is asked."""
    for entry in entries:
        for number, variant in enumerate(entry.variants):
            yield f'<template id="{plain(anchor(entry))}-v{number}">'
            yield from proof(variant.told, pictures)
            yield "</template>"
