"""What the page's script works with: the questions as they may be posed, as JSON inside the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from quizlab.export.document import Exported
from quizlab.export.headings import bank_heading
from quizlab.export.html.guide import anchor
from quizlab.export.html.text import CODE, for_script, formulas
from quizlab.export.web import answers
from quizlab.model import AnyQuestion, Bank, Claim
from quizlab.question.texts import FORMULA
from quizlab.telling.account import kind, seen
from quizlab.telling.blocks import role, sign
from quizlab.telling.remembered import advice
from quizlab.telling.sentences import HINTS, UNREADABLE
from quizlab.telling.words import one_line, safe
from quizlab.unseen import in_json

UNUSED = ("verify", "recollections", "requires", "shows", "variants", "mark")
"""Fields of a question that neither asking nor grading it needs."""
DANGEROUS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""In a script element, «</script>» and «<!--» would end the JSON or hide what follows it."""


def data(title: str, entries: Sequence[Exported], latex: Sequence[str]) -> str:
    """The JSON of a page; ``latex`` are the formulas whose MathML stands in the page, in that order."""
    found = {
        "title": safe(title),
        "banks": _safe({each.bank.name: bank_heading(each) for each in entries}),
        "questions": _safe([_question(each) for each in entries]),
        "formulas": _safe(list(latex)),
        "patterns": {"maths": for_script(FORMULA), "code": for_script(CODE)},
        "sentences": {"unreadable": UNREADABLE, "hints": HINTS},
    }
    text = in_json(msgspec.json.encode(found).decode())
    for character, escaped in DANGEROUS.items():
        text = text.replace(character, escaped)
    return text


def _safe(value: Any) -> Any:
    """Plain data whose texts have nothing in them that nobody sees: the script shows them as they are."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {safe(name): _safe(each) for name, each in value.items()}
    return list(map(_safe, value)) if isinstance(value, list | tuple) else value


def _question(entry: Exported) -> dict[str, Any]:
    """A question as it stands in its bank, and what differs from that in each of its variants."""
    question = _plain(entry.question, entry.bank)
    return {
        "at": anchor(entry),
        "bank": entry.bank.name,
        "kind": kind(entry.question),
        "seen": seen(entry.question, entry.bank.groups) if entry.question.recollections else "",
        "question": question,
        "measured": [_measured(each.claim) for each in entry.told.points],
        "variants": [_changes(question, _plain(each.question, entry.bank)) for each in entry.variants],
    }


def _measured(claim: Claim | None) -> dict[str, str] | None:
    """What was measured of a key point, as the script shows it beside the point."""
    return {"sign": sign(claim), "role": role(claim), "says": one_line(claim.says)} if claim else None


def _plain(question: AnyQuestion, bank: Bank) -> dict[str, Any]:
    """What the script needs of a question; to the explanation belongs what to mark on the quiz."""
    explained = " ".join(filter(None, (question.explain, advice(question, bank))))
    return {**_used(answers.plain(question)), "explain": explained}


def _used(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in UNUSED}


def _changes(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in other.items() if one.get(name) != value or name not in one}


def all_formulas(entries: Sequence[Exported]) -> list[str]:
    """Every formula that the script may have to show, each once."""
    found: dict[str, None] = {}
    for entry in entries:
        for question in (entry.question, *(each.question for each in entry.variants)):
            for text in _texts(_used(msgspec.to_builtins(question))):
                found.update(dict.fromkeys(formulas(text, question.params)))
    return list(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
