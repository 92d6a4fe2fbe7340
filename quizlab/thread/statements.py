"""From a raw thread to its statements: each with its question and the judged answer, joined to what came before."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from quizlab.model import AnyQuestion
from quizlab.thread import cues
from quizlab.thread.asking import TELLING, another, asks, of_the_course, opens_list
from quizlab.thread.find import Match, likely
from quizlab.thread.joining import (
    NEAR,
    Known,
    answering,
    by_letters,
    corrected,
    denies,
    leans,
    linked,
    made,
    numbered,
    referred,
    same_sizes,
)
from quizlab.thread.judging import judge
from quizlab.thread.lines import lines
from quizlab.thread.model import Judged, Statement, Thread
from quizlab.thread.prompts import Prompts
from quizlab.thread.split import pieces
from quizlab.thread.units import Unit, units

UNSURE = 0.5
"""Below this a statement is no question: «ne znam»."""

HEAVY = 7.0
"""Weight from which a question is meant whatever number the statement refers to."""


def read(text: str, questions: Sequence[AnyQuestion]) -> Thread:
    """The statements of a thread, judged with the keys of these questions."""
    known = {question.id: question for question in questions}
    prompts = Prompts(questions)
    found: list[Statement] = []
    for unit in units(lines(text)):
        if own := prompts.nearest(unit.text):
            found.append(made(unit, own.id, own.confidence, judge(known[own.id], unit.text, unit.choices)))
        else:
            found += _of_unit(unit, known, found)
    statements = linked(found)
    mentioned = {one.id for one in statements}
    return Thread(tuple(statements), tuple(question.id for question in questions if question.id not in mentioned))


def _of_unit(unit: Unit, known: Known, before: Sequence[Statement]) -> list[Statement]:
    if lettered := by_letters(unit, known, before):
        return lettered
    parts = [msgspec.structs.replace(unit, text=piece.text) for piece in pieces(unit.text)]
    return [statement for part in parts if (statement := _statement(part, known, before))]


def _statement(unit: Unit, known: Known, before: Sequence[Statement]) -> Statement | None:
    """The statement of a unit; None for talk."""
    if denied := corrected(unit, known, before):
        return denied
    match = likely(unit.text) or likely("\n".join([unit.text, *(choice.text for choice in unit.choices)]))
    other = match is not None and match.id in known and another(unit.text, match.id)
    if match and match.id in known and not other and (one := _of_bank(unit, match, known, before)):
        return one
    new = match is not None and (other or match.id not in known)
    sure = new and match is not None and match.confidence >= UNSURE and not denies(unit.text)
    if not (sure and not referred(unit, before, explicit=True)) and (answer := answering(unit, known, before)):
        return answer
    return _unknown(unit, match, before, new=new, other=other)


def _of_bank(unit: Unit, match: Match, known: Known, before: Sequence[Statement]) -> Statement | None:
    """The statement as the question of its match; None if that is not sure, or its number points to another one."""
    named = referred(unit, before, explicit=True)
    elsewhere = named and named.id != match.id and match.weight <= HEAVY
    if match.confidence < UNSURE or elsewhere or leans(unit.text, before):
        return None
    one = _judged(unit, match, known, before)
    return one if match.confidence >= TELLING or one.judged.verdict != "none" or asks(unit) else None


def _judged(unit: Unit, match: Match, known: Known, before: Sequence[Statement]) -> Statement:
    family = cues.entries()[match.id].counts_as
    judged = judge(known[match.id], unit.text, unit.choices, same_sizes(unit.text, family or match.id, before))
    if family in known:
        return made(unit, family, match.confidence, msgspec.structs.replace(judged, posed=match.id))
    return made(unit, match.id, match.confidence, judged)


def _unknown(
    unit: Unit, match: Match | None, before: Sequence[Statement], *, new: bool, other: bool
) -> Statement | None:
    """The statement of a unit whose question is not known; None for talk."""
    if opens_list(unit.text, match):
        return None
    if labelled := numbered(unit, before):
        return made(unit, labelled.id, NEAR, Judged())
    confidence = match.confidence if match else 0.0
    near = (match.id,) if match and (other or not new) else ()
    return made(unit, None, confidence, Judged(), near) if new or of_the_course(unit, match, before) else None
