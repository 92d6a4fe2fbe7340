"""JSON for programs: one object on standard output, nothing else. The fields are documented in the guide."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from quizlab.model import Atom, Case, Claim, Finding, Recorded, Ruled, Value
from quizlab.question.grading import Graded
from quizlab.telling.sentences import say
from quizlab.unseen import in_json


class ExportedOption(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one option."""

    letter: str
    text: str
    verdict: Ruled


class ExportedMistake(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one mistake."""

    tag: str
    answer: str
    verdict: Ruled
    value: Value | None


class ExportedForm(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one accepted form."""

    answer: str
    verdict: Ruled


class ExportedRecollection(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict on one remembered answer."""

    group: str
    answer: str
    verdict: Ruled
    value: Value | None
    note: str


class ExportedProblem(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a key is not confirmed."""

    code: str
    field: str
    sentence: str


class ExportedFinding(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``quizlab verify --json`` says of one question; without evidence ``snippet`` and ``prints`` are null."""

    id: str
    verdict: Literal["confirmed", "refuted", "disputed", "error", "unproved"]
    key: str
    value: Value | None
    parameters: dict[str, Atom]
    cases: tuple[Case, ...]
    claims: tuple[Claim, ...]
    options: tuple[ExportedOption, ...]
    mistakes: tuple[ExportedMistake, ...]
    accepted: tuple[ExportedForm, ...]
    recollections: tuple[ExportedRecollection, ...]
    snippet: str | None
    prints: str | None
    problems: tuple[ExportedProblem, ...]
    seconds: float
    recorded: Recorded | None
    """With which torch and when, where evidence was recorded and not computed live."""


class ExportedFindings(Struct, frozen=True):
    """What ``quizlab verify --json`` says, and of which versions."""

    findings: tuple[ExportedFinding, ...]
    versions: dict[str, str]


def encode(data: object) -> str:
    """One indented JSON object with a line break at its end."""
    return in_json(msgspec.json.format(msgspec.json.encode(data), indent=2).decode()) + "\n"


def findings(found: Iterable[Finding], versions: Mapping[str, str]) -> ExportedFindings:
    """What ``verify --json`` prints."""
    return ExportedFindings(tuple(map(finding, found)), dict(versions))


def finding(one: Finding) -> ExportedFinding:
    """One finding as plain data."""
    evidence = one.evidence
    return ExportedFinding(
        id=one.id,
        verdict=one.verdict,
        key=one.key.text,
        value=finite(one.value),
        parameters=one.parameters,
        cases=tuple(msgspec.structs.replace(each, value=finite(each.value)) for each in evidence.cases)
        if evidence
        else (),
        claims=evidence.claims if evidence else (),
        options=tuple(ExportedOption(each.name, each.answer, each.verdict) for each in one.options),
        mistakes=tuple(
            ExportedMistake(each.name, each.answer, each.verdict, finite(each.value)) for each in one.mistakes
        ),
        accepted=tuple(ExportedForm(each.answer, each.verdict) for each in one.accepted),
        recollections=tuple(
            ExportedRecollection(each.group, each.answer, each.verdict, finite(each.value), each.note)
            for each in one.recollections
        ),
        snippet=evidence.snippet.code if evidence else None,
        prints=evidence.snippet.prints if evidence else None,
        problems=tuple(ExportedProblem(each.code, each.field, say(each.code, each.args)) for each in one.problems),
        seconds=round(one.seconds, 4),
        recorded=one.recorded,
    )


def finite(value: Value | None) -> Value | None:
    """A value as JSON can hold it: an infinite end of an interval, for which JSON has no number, is "inf" or "-inf"."""
    if isinstance(value, tuple):
        return tuple(tuple(map(_finite, each)) if isinstance(each, tuple) else _finite(each) for each in value)
    return None if value is None else _finite(value)


def _finite(value: Atom) -> Atom:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def graded(name: str, typed: str, outcome: Graded, explain: str) -> dict[str, Any]:
    """What ``answer --json`` prints of a graded answer."""
    return {
        "id": name,
        "outcome": outcome.outcome,
        "typed": typed,
        "understood": outcome.understood,
        "key": outcome.key,
        "tag": outcome.tag,
        "says": outcome.says,
        "special": outcome.special,
        "missing": list(outcome.missing),
        "explain": explain,
    }


def unreadable(name: str, typed: str, code: str, sentence: str) -> dict[str, Any]:
    """What ``answer --json`` prints of an answer that could not be read."""
    return {"id": name, "outcome": "unreadable", "typed": typed, "code": code, "says": sentence}
