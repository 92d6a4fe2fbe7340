"""What the forum had wrong: every remembered answer that did not hold, beside what is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.document import Exported
from quizlab.export.escaping import escaped, formula, remembered, rich
from quizlab.export.headings import FORUM, Plan, link
from quizlab.telling import words
from quizlab.telling.account import Account, Remembered


def forum(entries: Sequence[Exported], plan: Plan) -> Iterator[str]:
    """The summary: a question with what was remembered wrong or incompletely, and what is right."""
    yield f"## {FORUM}"
    yield ""
    for told in (each.told for each in entries):
        if told.doubtful:
            yield f"- {link(told.id, plan.questions[told.id])} {rich(told.prompt)}"
            yield from (f"  - {_remembered(each)}" for each in told.doubtful)
            what = "izračun podupire" if told.verdict == "disputed" else "točno"
            yield f"  - {what}: {right(told)}{_others(told)}"
    yield ""


def right(told: Account, sign: str = "") -> str:
    """The right answer in one line; that of an open question is only begun."""
    if told.points:
        return rich(told.points[0].text) + (" …" if len(told.points) > 1 else "")
    return (
        "; ".join(rich(each.text, sign) for each in told.right) if told.options else f"{sign}{formula(told.key)}{sign}"
    )


def _remembered(one: Remembered) -> str:
    note = words.phrase(one.note)
    because = f": {rich(note)}" if note else ""
    return f"{remembered(one.answer)} ({escaped(one.source)}) – **{words.VERDICTS[one.verdict]}**{because}"


def _others(told: Account) -> str:
    """Who remembered it right: there the sources contradict each other."""
    names = dict.fromkeys(each.source for each in told.remembered if each.verdict == "confirmed")
    return f" – tako je zapamtio i netko drugi ({escaped('; '.join(names))})" if names else ""
