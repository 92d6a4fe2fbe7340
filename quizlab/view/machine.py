"""JSON for programs: one object on standard output, nothing else. The fields are documented in the guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from quizlab.model import Finding
from quizlab.question.grading import Graded
from quizlab.telling import sentences


def encode(data: object) -> str:
    """One indented JSON object with a line break at its end."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def findings(found: Sequence[Finding], versions: Mapping[str, str]) -> dict[str, Any]:
    """What ``verify --json`` prints."""
    return {"findings": [finding(one) for one in found], "versions": dict(versions)}


def finding(one: Finding) -> dict[str, Any]:
    """One finding as plain data."""
    evidence = one.evidence
    return {
        "id": one.id,
        "verdict": one.verdict,
        "key": one.key.text,
        "value": one.value,
        "parameters": one.parameters,
        "cases": list(evidence.cases) if evidence else [],
        "claims": list(evidence.claims) if evidence else [],
        "options": [
            {"letter": judged.name, "text": judged.answer, "verdict": judged.verdict} for judged in one.options
        ],
        "mistakes": [
            {"tag": judged.name, "answer": judged.answer, "verdict": judged.verdict, "value": judged.value}
            for judged in one.mistakes
        ],
        "accepted": [{"answer": judged.answer, "verdict": judged.verdict} for judged in one.accepted],
        "recollections": [
            {
                "group": judged.group,
                "answer": judged.answer,
                "verdict": judged.verdict,
                "value": judged.value,
                "note": judged.note,
            }
            for judged in one.recollections
        ],
        "snippet": evidence.snippet.code if evidence else None,
        "prints": evidence.snippet.prints if evidence else None,
        "problems": [
            {"code": problem.code, "field": problem.field, "sentence": sentences.say(problem.code, problem.args)}
            for problem in one.problems
        ],
        "seconds": round(one.seconds, 4),
    }


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
