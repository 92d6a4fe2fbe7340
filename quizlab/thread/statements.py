"""From a raw thread to its statements: each with its question and the judged answer, joined to what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from quizlab.model import AnyQuestion
from quizlab.thread import cues
from quizlab.thread.find import Match, likely
from quizlab.thread.fold import plain
from quizlab.thread.joining import Known, answering, by_letters, corrected, denies, linked, made, referred, same_sizes
from quizlab.thread.judging import judge
from quizlab.thread.lines import lines
from quizlab.thread.model import Judged, Statement, Thread
from quizlab.thread.prompts import Prompts
from quizlab.thread.said import asks_only
from quizlab.thread.split import pieces
from quizlab.thread.units import Unit, units
from quizlab.thread.words import concepts, lexicon

UNSURE = 0.5
"""Below this a statement is no question: «ne znam»."""

HEAVY = 7.0
"""Weight from which a question is meant whatever number the statement refers to."""

_ASKING = re.compile(r"\?|\b(?:mo[zg][eu] li|da li|[sš]t[oa]|kak\w*|kol\w*|koj\w*|za[sš]to|[cč]emu|pit\w+)\b|->|→|=")
_WHY = re.compile(r"\W*(?:q:\s*|(?:i|a|te|meni|jos|onda|pitanje)\W+)*(?:zasto|why|zbog cega)\b")
_WHAT_IF = re.compile(
    r"\b(?:sto|sta|kaj|what) (?:ako|if|bi bilo|bi se (?:dogodilo|desilo)|bude ako|se dogodi ako|bude kad)\b|"
    r"\b(?:ako|kad bi)\b[^?.:=]*\b(?:sto|sta|kaj|kako) (?:ce|bi)\b"
)
_CHANGED = frozenset({"shuffle", "larger", "unbounded", "appear"})
_REASONS = frozenset({"why", "purpose", "explain", "what", "changes", "can"})
_NUMBERED = re.compile(r"^\W*[0-9]{1,2}\W+")
_CODE = re.compile(r"`[^`]+`|\b(?:torch|nn)\.\w+|\w_\w")


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
    reason = match is not None and match.id in known and _reason(unit.text, match.id)
    if match and match.confidence >= UNSURE and match.id in known and not reason:
        named = referred(unit, before, explicit=True)
        if not named or named.id == match.id or match.weight > HEAVY:
            return _judged(unit, match, known, before)
    new = match is not None and (reason or match.id not in known)
    sure = new and match is not None and match.confidence >= UNSURE and not denies(unit.text)
    if not (sure and not referred(unit, before, explicit=True)) and (answer := answering(unit, known, before)):
        return answer
    if match and new:
        return made(unit, None, match.confidence, Judged(), near=(match.id,) if reason else ())
    if not _ASKING.search(unit.text) or not (match or _technical(unit)):
        return None
    return made(unit, None, match.confidence if match else 0.0, Judged(), near=(match.id,) if match else ())


def _reason(text: str, id: str) -> bool:
    """Whether a text asks why, and the question like it does not: that is another question."""
    asked = {name for cue in cues.entries()[id].asked for term in cue.terms for name in term.names}
    folded = plain(text).strip()
    return bool(_WHY.match(folded) and not asked & _REASONS) or bool(_WHAT_IF.search(folded) and not asked & _CHANGED)


def _judged(unit: Unit, match: Match, known: Known, before: Sequence[Statement]) -> Statement:
    family = cues.entries()[match.id].counts_as
    judged = judge(known[match.id], unit.text, unit.choices, same_sizes(unit.text, family or match.id, before))
    if family in known:
        return made(unit, family, match.confidence, msgspec.structs.replace(judged, posed=match.id))
    return made(unit, match.id, match.confidence, judged)


def _technical(unit: Unit) -> bool:
    """Whether it speaks of the course: a question in one of its words, anything else in two, or a name from code."""
    said = {one.first for one in concepts(unit.text) if one.name not in lexicon().talk and one.name[0] != "#"}
    return len(said) >= (1 if asks_only(_NUMBERED.sub("", unit.text)) else 2) or bool(_CODE.search(unit.text))
