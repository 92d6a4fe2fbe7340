"""Judge one question on a student's lab: does the key hold in it, too?"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from quizlab.errors import said
from quizlab.hooks import registry
from quizlab.hooks.owned import MissingPartError
from quizlab.model import AnyQuestion, Evidence
from quizlab.proof import binding
from quizlab.proof.judge import judge as judge_key
from quizlab.question.key import key_of, shown

Outcome = Literal["agrees", "differs", "unchecked"]


class Judgement(Struct, frozen=True):
    """What came of a question on a student's lab: the outcome, a sentence, and both values."""

    id: str
    outcome: Outcome
    says: str = ""
    key: str = ""
    own: str = ""
    missing: str = ""
    evidence: Evidence | None = None


def judge(question: AnyQuestion, lab: Any) -> Judgement:
    """Run a question's proof on a student's lab and compare it with the key."""
    key = key_of(question).text
    try:
        evidence = registry.hook(question.verify.hook)(lab, **binding.bind(question))
    except MissingPartError as error:
        return Judgement(question.id, "unchecked", missing=error.part)
    except BaseException as error:
        return Judgement(question.id, "unchecked", said(error), key)
    finding = judge_key(question, evidence)
    outcome: Outcome = "agrees" if finding.verdict in ("confirmed", "disputed") else "differs"
    return Judgement(question.id, outcome, "", key, shown(finding.value), evidence=evidence)
